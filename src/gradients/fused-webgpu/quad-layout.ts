// How parameters lie on the GPU: in quads (vec4<f32>), every row of a layer padded with zeros to whole quads, so that a
// thread loads four weights at once. A layer is its in rows of W and, as one row more, its bias. All sizes in quads.
import type { FloatArray } from '../../math/arrays.ts';
import type { InnerLearningRate } from '../../models/inner-learning-rate.ts';
import { layerRanges, type MlpShape } from '../../models/mlp-shape.ts';

export interface QuadLayer {
  /** Rows of W; the bias is row `inputs`. */
  readonly inputs: number;
  readonly outputs: number;
  /** Quads per row. */
  readonly stride: number;
  /** First quad of the layer. */
  readonly at: number;
  /** Where the layer starts in the flat vector. */
  readonly flatAt: number;
}

export interface QuadLayout {
  readonly layers: readonly QuadLayer[];
  /** Quads of a parameter vector. */
  readonly size: number;
}

export function quadLayout(shape: MlpShape): QuadLayout {
  let at = 0;
  const layers = layerRanges(shape).map(({ inputSize, outputSize, weightsAt }): QuadLayer => {
    const stride = quads(outputSize);
    const layer = { inputs: inputSize, outputs: outputSize, stride, at, flatAt: weightsAt };
    at += (inputSize + 1) * stride;
    return layer;
  });
  return { layers, size: at };
}

/** Quads that hold `floats` numbers. */
export function quads(floats: number): number {
  return Math.ceil(floats / 4);
}

/** Writes a flat vector [P] to `out` from float `outAt` on; the padding is left as it is. */
export function packParams(layout: QuadLayout, flat: FloatArray, out: Float32Array, outAt: number): void {
  forEachRow(layout, (flatAt, paddedAt, length) => {
    for (let j = 0; j < length; j++) out[outAt + paddedAt + j] = flat[flatAt + j]!;
  });
}

/** Writes the vector in quads at float `fromAt` of `from` to `flat` [P], from entry `flatFrom` on. */
export function unpackParams(
  layout: QuadLayout,
  from: Float32Array,
  fromAt: number,
  flat: Float32Array,
  flatFrom = 0,
): void {
  forEachRow(layout, (flatAt, paddedAt, length) => {
    for (let j = 0; j < length; j++) flat[flatFrom + flatAt + j] = from[fromAt + paddedAt + j]!;
  });
}

function forEachRow(
  layout: QuadLayout,
  visit: (flatAt: number, paddedAt: number, length: number) => void,
): void {
  for (const { inputs, outputs, stride, at, flatAt } of layout.layers) {
    for (let row = 0; row <= inputs; row++) visit(flatAt + row * outputs, 4 * (at + row * stride), outputs);
  }
}

/** Writes α to `out` from float `outAt` on, one entry for every parameter: the kernels know no other α. */
export function packAlpha(
  layout: QuadLayout,
  alpha: InnerLearningRate,
  out: Float32Array,
  outAt: number,
): void {
  if (alpha.mode === 'parameter') {
    packParams(layout, alpha.values, out, outAt);
    return;
  }
  layout.layers.forEach(({ inputs, stride, at }, l) => {
    const value = alpha.values[alpha.mode === 'layer' ? l : 0]!;
    out.fill(value, outAt + 4 * at, outAt + 4 * (at + (inputs + 1) * stride));
  });
}

/** α's values out of what packAlpha has written and a kernel changed. */
export function unpackAlpha(
  layout: QuadLayout,
  alpha: InnerLearningRate,
  from: Float32Array,
  fromAt: number,
): Float32Array {
  const values = new Float32Array(alpha.values.length);
  if (alpha.mode === 'parameter') unpackParams(layout, from, fromAt, values);
  else for (let l = 0; l < values.length; l++) values[l] = from[fromAt + 4 * layout.layers[l]!.at]!;
  return values;
}

/** ∂/∂α in the layout of α from its share per parameter, in quads: summed over what shares an α. */
export function gatherAlphaGradient(
  layout: QuadLayout,
  alpha: InnerLearningRate,
  from: Float32Array,
  fromAt: number,
): Float32Array {
  const gathered = new Float32Array(alpha.values.length);
  if (alpha.mode === 'parameter') {
    unpackParams(layout, from, fromAt, gathered);
    return gathered;
  }
  layout.layers.forEach(({ inputs, stride, at }, l) => {
    let sum = 0;
    for (let i = 4 * at; i < 4 * (at + (inputs + 1) * stride); i++) sum += from[fromAt + i]!;
    gathered[alpha.mode === 'layer' ? l : 0]! += sum;
  });
  return gathered;
}
