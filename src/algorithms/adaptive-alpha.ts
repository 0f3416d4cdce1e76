// RMAML's adaptive inner learning rate: α ← clamp(α − α₀ meanᵢ ∂Qᵢ/∂α), for one number, one per layer or one
// per parameter ([RMAML] §4.1). Always the mean over tasks, whatever the meta-loss sums.
import type { AlgorithmId, SinusoidExperiment } from '../experiment/experiment.ts';
import type { FloatArray } from '../math/arrays.ts';
import type { InnerLearningRate } from '../models/inner-learning-rate.ts';
import { layerRanges, type MlpShape, parameterCount } from '../models/mlp-shape.ts';

/** α as a run carries it: float32, so that checkpoints are exact. */
export type RunAlpha = InnerLearningRate & { readonly values: Float32Array };

/** Whether this run learns its α. 'random' learns nothing. */
export function usesAdaptiveAlpha(experiment: SinusoidExperiment, algorithm: AlgorithmId): boolean {
  if (algorithm === 'random') return false;
  return experiment.adaptiveAlpha === 'all' || experiment.adaptiveAlpha === algorithm;
}

/** α before the first meta-iteration; a run that does not learn it has a scalar. */
export function createAlpha(
  experiment: SinusoidExperiment,
  algorithm: AlgorithmId,
  shape: MlpShape,
): RunAlpha {
  const mode = usesAdaptiveAlpha(experiment, algorithm) ? experiment.alphaMode : 'scalar';
  const length = { scalar: 1, layer: layerRanges(shape).length, parameter: parameterCount(shape) }[mode];
  return { mode, values: new Float32Array(length).fill(experiment.innerLearningRate) };
}

/** The next α; `gradient` is meanᵢ ∂Qᵢ/∂α in the layout of α's values. */
export function updateAlpha(alpha: RunAlpha, gradient: FloatArray, experiment: SinusoidExperiment): RunAlpha {
  const { alphaLearningRate, alphaMin, alphaMax } = experiment;
  const values = new Float32Array(alpha.values.length);
  for (let i = 0; i < values.length; i++) {
    const next = alpha.values[i]! - alphaLearningRate * gradient[i]!;
    values[i] = Math.min(alphaMax, Math.max(alphaMin, next));
  }
  return { mode: alpha.mode, values };
}
