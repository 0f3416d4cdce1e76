// Which parts of an experiment its algorithms use: what the control panel shows, and what can alter training. For every
// lab that compares algorithms.
import type { ComparisonExperiment } from './comparison-experiment.ts';
import type { AlgorithmId, AppliesTo } from './experiment.ts';

const includes = ({ algorithms }: ComparisonExperiment, ...ids: AlgorithmId[]) =>
  algorithms.some((id) => ids.includes(id));
const applies = (to: AppliesTo, e: ComparisonExperiment) =>
  to === 'all' || (to === 'rmaml' && includes(e, 'rmaml'));

export const usesInnerSteps = (e: ComparisonExperiment) => includes(e, 'maml', 'fomaml', 'rmaml', 'random');
/** Whether some algorithm follows a meta-gradient (of joint training, where there is no inner loop). */
export const usesMetaGradient = (e: ComparisonExperiment) =>
  includes(e, 'maml', 'fomaml', 'rmaml', 'pretrained', 'oracle');
export const usesReptile = (e: ComparisonExperiment) => includes(e, 'reptile');
export const learnsAlpha = (e: ComparisonExperiment) => applies(e.adaptiveAlpha, e);
export const replays = (e: ComparisonExperiment) => applies(e.taskBuffer, e);
export const hasNoiseTasks = (e: { readonly noiseTaskShare: number }) => e.noiseTaskShare > 0;
