// The product of the loss's Hessian with a vector, exactly and without forming the Hessian: Pearlmutter's R-operator
// ("Fast exact multiplication by the Hessian", 1994) applied to mlp-pass.ts. R{q} = d/dr q(θ + r v) at r = 0.
import { curvature } from '../../models/activation.ts';
import type { Level, MlpPass } from '../../models/mlp-pass.ts';

/** The R-counterpart of one level: buffers [N, size] like the level's own, set for active units only. */
interface TangentLevel {
  /** R{z} */
  readonly preActivations: Float64Array;
  /** R{a}; 0 for the input, which does not depend on θ. */
  readonly values: Float64Array;
  /** R{∂loss/∂z} */
  readonly deltas: Float64Array;
}

/** Buffers of one R-pass; may serve any pass of the same shape and number of points. */
export interface TangentPass {
  readonly levels: readonly TangentLevel[];
}

/** Buffers for products over passes like `pass`. */
export function createTangentPass(pass: MlpPass): TangentPass {
  const levels = pass.levels.map(
    ({ values }): TangentLevel => ({
      preActivations: new Float64Array(values.length),
      values: new Float64Array(values.length),
      deltas: new Float64Array(values.length),
    }),
  );
  return { levels };
}

/**
 * Adds ∇²L(θ) v to `product` [P], for the loss, θ and points of the last forwardPass and backwardPass of `pass`;
 * `params` is that θ. Both passes must have run: their values, slopes and deltas are read.
 */
export function addHessianVectorProduct(
  pass: MlpPass,
  tangent: TangentPass,
  vectors: { params: Float64Array; vector: Float64Array },
  product: Float64Array,
): void {
  const { layers, points } = pass;
  const { params, vector } = vectors;
  const last = layers.length - 1;
  for (let l = 0; l <= last; l++) {
    for (let n = 0; n < points; n++) forwardRow({ pass, tangent, params, vector, l, n });
  }
  const output = tangent.levels[last + 1]!;
  const scale = 2 / output.values.length;
  for (let at = 0; at < output.values.length; at++) output.deltas[at] = scale * output.values[at]!;
  for (let l = last; l >= 0; l--) {
    for (let n = 0; n < points; n++) backwardRow({ pass, tangent, params, vector, l, n }, product);
  }
}

interface Row {
  readonly pass: MlpPass;
  readonly tangent: TangentPass;
  readonly params: Float64Array;
  readonly vector: Float64Array;
  readonly l: number;
  readonly n: number;
}

/** R{z} = a V + R{a} W + R{b}, R{a} = f′(z) R{z} of the level above layer l, for point n. */
function forwardRow({ pass, tangent, params, vector, l, n }: Row): void {
  const layer = pass.layers[l]!;
  const from = pass.levels[l]!;
  const to = pass.levels[l + 1]!;
  const rFrom = tangent.levels[l]!.values;
  const rZ = tangent.levels[l + 1]!.preActivations;
  const rA = tangent.levels[l + 1]!.values;
  const fromAt = n * from.size;
  const toAt = n * to.size;
  const fromEnd = fromAt + from.activeCounts[n]!;
  const toEnd = toAt + to.activeCounts[n]!;
  const toActive = to.active;
  for (let r = toAt; r < toEnd; r++) {
    const j = toActive[r]!;
    rZ[toAt + j] = vector[layer.biasAt + j]!;
  }
  for (let q = fromAt; q < fromEnd; q++) {
    const i = from.active[q]!;
    const a = from.values[fromAt + i]!;
    const ra = rFrom[fromAt + i]!;
    const w = layer.weightsAt + i * to.size;
    for (let r = toAt; r < toEnd; r++) {
      const j = toActive[r]!;
      rZ[toAt + j]! += a * vector[w + j]! + ra * params[w + j]!;
    }
  }
  for (let r = toAt; r < toEnd; r++) {
    const at = toAt + toActive[r]!;
    rA[at] = to.slopes[at]! * rZ[at]!;
  }
}

/** Adds R{weight gradients} of layer l from point n, and sets R{deltas} of the level below. */
function backwardRow({ pass, tangent, params, vector, l, n }: Row, product: Float64Array): void {
  const layer = pass.layers[l]!;
  const from = pass.levels[l]!;
  const to = pass.levels[l + 1]!;
  const rFrom = tangent.levels[l]!.values;
  const rDeltas = tangent.levels[l + 1]!.deltas;
  const deltas = to.deltas;
  const fromAt = n * from.size;
  const toAt = n * to.size;
  const fromEnd = fromAt + from.activeCounts[n]!;
  const toEnd = toAt + to.activeCounts[n]!;
  const toActive = to.active;
  for (let r = toAt; r < toEnd; r++) {
    const j = toActive[r]!;
    product[layer.biasAt + j]! += rDeltas[toAt + j]!;
  }
  for (let q = fromAt; q < fromEnd; q++) {
    const i = from.active[q]!;
    const a = from.values[fromAt + i]!;
    const ra = rFrom[fromAt + i]!;
    const w = layer.weightsAt + i * to.size;
    let sum = 0;
    for (let r = toAt; r < toEnd; r++) {
      const j = toActive[r]!;
      const delta = deltas[toAt + j]!;
      const rDelta = rDeltas[toAt + j]!;
      product[w + j]! += ra * delta + a * rDelta;
      sum += rDelta * params[w + j]! + delta * vector[w + j]!;
    }
    if (l > 0) setTangentDelta(pass, from, tangent.levels[l]!, { at: fromAt + i, sum });
  }
}

/** R{f′(z) ∂loss/∂a} = f′(z) R{∂loss/∂a} + f″(z) R{z} ∂loss/∂a. */
function setTangentDelta(
  pass: MlpPass,
  level: Level,
  tangent: TangentLevel,
  unit: { at: number; sum: number },
): void {
  const { at, sum } = unit;
  const slope = level.slopes[at]!;
  const bend = curvature(pass.shape.activation, level.values[at]!, slope);
  tangent.deltas[at] = slope * sum + bend * tangent.preActivations[at]! * level.valueGradients[at]!;
}
