// The network of one run: the experiment's hidden layers between the algorithm's inputs and one output.
import type { AlgorithmId, SinusoidExperiment } from '../experiment/experiment.ts';
import type { MlpShape } from '../models/mlp-shape.ts';
import { inputSizeOf, type PointSettings } from '../tasks/sinusoid.ts';

/** What the model is shown: the oracle sees the task's amplitude and phase, everyone else only x. */
export function inputsOf(algorithm: AlgorithmId): PointSettings['inputs'] {
  return algorithm === 'oracle' ? 'task' : 'x';
}

/** Layer sizes and activation of `algorithm`'s network. */
export function shapeFor(experiment: SinusoidExperiment, algorithm: AlgorithmId): MlpShape {
  const sizes = [inputSizeOf(inputsOf(algorithm)), ...experiment.hiddenWidths, 1];
  return { sizes, activation: experiment.activation };
}
