// Parameter layout of a multi-layer perceptron: one flat vector [W1 (in × out, row-major), b1, W2, b2, …].
// Hidden layers share one activation, the output is linear. Shapes only; apply() lives in mlp-arrays / mlp-tensors.
import type { Activation } from '../experiment/experiment.ts';

export interface MlpShape {
  /** Layer widths, input first, output last; at least two. */
  readonly sizes: readonly number[];
  readonly activation: Activation;
}

/** Where one layer's parameters lie in the flat vector. */
export interface LayerRange {
  readonly inputSize: number;
  readonly outputSize: number;
  readonly weightsAt: number;
  readonly biasAt: number;
  /** One past the layer's last entry. */
  readonly end: number;
}

/** The ranges of all layers, in order. */
export function layerRanges(shape: MlpShape): LayerRange[] {
  const ranges: LayerRange[] = [];
  let at = 0;
  for (let layer = 1; layer < shape.sizes.length; layer++) {
    const inputSize = shape.sizes[layer - 1] as number;
    const outputSize = shape.sizes[layer] as number;
    const biasAt = at + inputSize * outputSize;
    ranges.push({ inputSize, outputSize, weightsAt: at, biasAt, end: biasAt + outputSize });
    at = biasAt + outputSize;
  }
  return ranges;
}

/** P, the length of the flat parameter vector. */
export function parameterCount(shape: MlpShape): number {
  return layerRanges(shape).at(-1)?.end ?? 0;
}
