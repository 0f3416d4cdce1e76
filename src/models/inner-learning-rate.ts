// α, the inner step size: one number, one per layer, or one per parameter.
import type { AlphaMode } from '../experiment/experiment.ts';
import type { FloatArray } from '../math/arrays.ts';

/** `values` has length 1 (scalar), number of layers (a layer's W and b share one), or P (parameter). */
export interface InnerLearningRate {
  readonly mode: AlphaMode;
  readonly values: FloatArray;
}
