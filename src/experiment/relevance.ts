// Which parts of an experiment its algorithms use: what the control panel shows, and what can alter training.
import type { AppliesTo, SinusoidExperiment } from './experiment.ts';

const trains = (experiment: SinusoidExperiment, ...ids: SinusoidExperiment['algorithms']) =>
  experiment.algorithms.some((id) => ids.includes(id));
const applies = (to: AppliesTo, experiment: SinusoidExperiment) =>
  to === 'all' || (to === 'rmaml' && trains(experiment, 'rmaml'));

export const usesInnerSteps = (e: SinusoidExperiment) => trains(e, 'maml', 'fomaml', 'rmaml');
export const usesMetaLearningRate = (e: SinusoidExperiment) =>
  trains(e, 'maml', 'fomaml', 'rmaml', 'pretrained', 'oracle');
export const usesReptile = (e: SinusoidExperiment) => trains(e, 'reptile');
export const learnsAlpha = (e: SinusoidExperiment) => applies(e.adaptiveAlpha, e);
export const replays = (e: SinusoidExperiment) => applies(e.taskBuffer, e);
export const hasNoiseTasks = (e: SinusoidExperiment) => e.noiseTaskShare > 0;
