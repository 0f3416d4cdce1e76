// Which parts of an experiment its algorithms use: what the control panel shows, and what can alter training. For every
// lab that compares algorithms.
import type { AlgorithmId, AppliesTo } from './experiment.ts';

/** What decides it. */
export interface Comparison {
  readonly algorithms: readonly AlgorithmId[];
  readonly adaptiveAlpha: AppliesTo;
  readonly taskBuffer: AppliesTo;
}

const includes = ({ algorithms }: Pick<Comparison, 'algorithms'>, ...ids: AlgorithmId[]) =>
  algorithms.some((id) => ids.includes(id));
const applies = (to: AppliesTo, e: Comparison) => to === 'all' || (to === 'rmaml' && includes(e, 'rmaml'));

export const usesInnerSteps = (e: Comparison) => includes(e, 'maml', 'fomaml', 'rmaml', 'random');
/** Whether some algorithm follows a meta-gradient (of joint training, where there is no inner loop). */
export const usesMetaGradient = (e: Comparison) =>
  includes(e, 'maml', 'fomaml', 'rmaml', 'pretrained', 'oracle');
export const usesReptile = (e: Comparison) => includes(e, 'reptile');
export const learnsAlpha = (e: Comparison) => applies(e.adaptiveAlpha, e);
export const replays = (e: Comparison) => applies(e.taskBuffer, e);
export const hasNoiseTasks = (e: { readonly noiseTaskShare: number }) => e.noiseTaskShare > 0;
