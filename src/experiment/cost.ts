// What an experiment asks of the machine, counted rather than measured: enough to refuse what cannot fit and to
// open a stranger's link paused when it would stall the page.
import type { AlgorithmId, SinusoidExperiment } from './experiment.ts';
import { DEFAULT_PRESET_ID, presetById } from './presets.ts';

/** A meta-iteration this many times dearer than the default preset’s is heavy; no preset comes near it. */
const HEAVY_FACTOR = 50;

/** P, the length of θ: weights and biases from `inputs` to `outputs`. The Sinusoid lab's oracle has 3 inputs. */
export function parameterCountOf(hiddenWidths: readonly number[], inputs = 1, outputs = 1): number {
  let count = 0;
  let fanIn = inputs;
  for (const width of [...hiddenWidths, outputs]) {
    count += (fanIn + 1) * width;
    fanIn = width;
  }
  return count;
}

/** Point-wise passes over the parameters per task: about 3 per gradient, twice as many through second order. */
function passes(algorithm: AlgorithmId, e: SinusoidExperiment): number {
  const query = 3 * e.querySize;
  const inner = 3 * e.supportSize * e.innerSteps;
  if (algorithm === 'maml' || algorithm === 'rmaml') return query + 3 * inner;
  if (algorithm === 'fomaml') return query + inner;
  if (algorithm === 'reptile') return 3 * e.supportSize * e.reptileInnerSteps;
  return algorithm === 'random' ? 0 : query;
}

/** Multiply–adds of one lockstep meta-iteration over all algorithms, roughly. */
export function multiplyAddsPerIteration(experiment: SinusoidExperiment): number {
  const perParameter = experiment.algorithms.reduce((sum, id) => sum + passes(id, experiment), 0);
  return perParameter * experiment.metaBatchSize * parameterCountOf(experiment.hiddenWidths);
}

/** Whether a link to this experiment opens paused, so that the user decides to start it. */
export function isHeavy(experiment: SinusoidExperiment): boolean {
  const usual = presetById(DEFAULT_PRESET_ID);
  if (usual === undefined) return true;
  return multiplyAddsPerIteration(experiment) > HEAVY_FACTOR * multiplyAddsPerIteration(usual.experiment);
}
