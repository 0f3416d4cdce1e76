// RMAML's adaptive inner learning rate: α ← clamp(α − α₀ meanᵢ ∂Qᵢ/∂α), for one number, one per layer or one
// per parameter ([RMAML] §4.1). Always the mean over tasks, whatever the meta-loss sums.
import type { AlgorithmId, AlphaMode, AppliesTo } from '../experiment/experiment.ts';
import type { FloatArray } from '../math/arrays.ts';
import type { InnerLearningRate } from '../models/inner-learning-rate.ts';
import { layerRanges, type MlpShape, parameterCount } from '../models/mlp-shape.ts';

/** α as a run carries it: float32, so that checkpoints are exact. */
export type RunAlpha = InnerLearningRate & { readonly values: Float32Array };

/** The fields that say how α is learned; labs have them alike. */
export interface AlphaSettings {
  readonly innerLearningRate: number;
  readonly adaptiveAlpha: AppliesTo;
  readonly alphaMode: AlphaMode;
  readonly alphaLearningRate: number;
  readonly alphaMin: number;
  readonly alphaMax: number;
}

/** Whether this run learns its α. 'random' learns nothing. */
export function usesAdaptiveAlpha(
  experiment: Pick<AlphaSettings, 'adaptiveAlpha'>,
  algorithm: AlgorithmId,
): boolean {
  if (algorithm === 'random') return false;
  return experiment.adaptiveAlpha === 'all' || experiment.adaptiveAlpha === algorithm;
}

/** α before the first meta-iteration; a run that does not learn it has a scalar. */
export function createAlpha(experiment: AlphaSettings, algorithm: AlgorithmId, shape: MlpShape): RunAlpha {
  const counts = { scalar: 1, layer: layerRanges(shape).length, parameter: parameterCount(shape) };
  return createAlphaOf(experiment, algorithm, (mode) => counts[mode]);
}

/** The same for models of any kind, with `countOf` values in each mode. */
export function createAlphaOf(
  experiment: AlphaSettings,
  algorithm: AlgorithmId,
  countOf: (mode: AlphaMode) => number,
): RunAlpha {
  const mode = usesAdaptiveAlpha(experiment, algorithm) ? experiment.alphaMode : 'scalar';
  return { mode, values: new Float32Array(countOf(mode)).fill(experiment.innerLearningRate) };
}

/** The next α; `gradient` is meanᵢ ∂Qᵢ/∂α in the layout of α's values. */
export function updateAlpha(
  alpha: RunAlpha,
  gradient: FloatArray,
  experiment: Pick<AlphaSettings, 'alphaLearningRate' | 'alphaMin' | 'alphaMax'>,
): RunAlpha {
  const { alphaLearningRate, alphaMin, alphaMax } = experiment;
  const values = new Float32Array(alpha.values.length);
  for (let i = 0; i < values.length; i++) {
    const next = alpha.values[i]! - alphaLearningRate * gradient[i]!;
    values[i] = Math.min(alphaMax, Math.max(alphaMin, next));
  }
  return { mode: alpha.mode, values };
}
