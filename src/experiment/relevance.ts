// Which parts of an experiment its algorithms use: what the control panel shows, and what can alter training.
import type { AppliesTo, SinusoidExperiment } from './experiment.ts';

const includes = (experiment: SinusoidExperiment, ...ids: SinusoidExperiment['algorithms']) =>
  experiment.algorithms.some((id) => ids.includes(id));
const applies = (to: AppliesTo, experiment: SinusoidExperiment) =>
  to === 'all' || (to === 'rmaml' && includes(experiment, 'rmaml'));

export const usesInnerSteps = (e: SinusoidExperiment) => includes(e, 'maml', 'fomaml', 'rmaml', 'random');
export const usesMetaLearningRate = (e: SinusoidExperiment) =>
  includes(e, 'maml', 'fomaml', 'rmaml', 'pretrained', 'oracle');
export const usesReptile = (e: SinusoidExperiment) => includes(e, 'reptile');
export const learnsAlpha = (e: SinusoidExperiment) => applies(e.adaptiveAlpha, e);
export const replays = (e: SinusoidExperiment) => applies(e.taskBuffer, e);
export const hasNoiseTasks = (e: SinusoidExperiment) => e.noiseTaskShare > 0;
