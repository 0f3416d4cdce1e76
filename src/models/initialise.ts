// θ before training. Weights by Glorot's rule or [MAML]'s truncated normal; biases start at 0.
import type { Initialisation } from '../experiment/experiment.ts';
import { foldIn, type Key, truncatedNormal, uniform } from '../math/rng.ts';
import { layerRanges, type MlpShape, parameterCount } from './mlp-shape.ts';

const NORMAL_SIGMA = 0.01;
/** Redrawn beyond two standard deviations, as TensorFlow's truncated_normal, which [MAML]'s code uses. */
const NORMAL_CUT = 2;

/**
 * New parameters [P]. glorot: uniform in ±√(6/(in + out)) (Glorot & Bengio 2010); normal: truncated normal with
 * σ = 0.01. Layer l draws from the key folded with l, so a layer's weights do not depend on the layers before.
 */
export function initialiseParams(shape: MlpShape, initialisation: Initialisation, key: Key): Float32Array {
  const params = new Float32Array(parameterCount(shape));
  layerRanges(shape).forEach((layer, index) => {
    const count = layer.inputSize * layer.outputSize;
    const layerKey = foldIn(key, index);
    if (initialisation === 'glorot') {
      const bound = Math.sqrt(6 / (layer.inputSize + layer.outputSize));
      params.set(uniform(layerKey, count, -bound, bound), layer.weightsAt);
    } else {
      const weights = truncatedNormal(layerKey, count, -NORMAL_CUT, NORMAL_CUT);
      params.set(
        weights.map((value) => NORMAL_SIGMA * value),
        layer.weightsAt,
      );
    }
  });
  return params;
}
