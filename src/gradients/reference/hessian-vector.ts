// The product of the loss's Hessian with a vector, exactly and without forming the Hessian: Pearlmutter's R-operator
// ("Fast exact multiplication by the Hessian", 1994) applied to mlp-pass.ts. R{q} = d/dr q(θ + r v) at r = 0.
import { curvature } from '../../models/activation.ts';
import type { MlpPass } from '../../models/mlp-pass.ts';

/** The R-counterpart of one level: buffers [N, size], in the order of the level's active units. */
interface TangentLevel {
  /** R{z} */
  readonly preActivations: Float64Array;
  /** R{a}; 0 for the input, which does not depend on θ. */
  readonly values: Float64Array;
  /** R{∂loss/∂z}; on the way there R{∂loss/∂a}. */
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
  vectors: Vectors,
  product: Float64Array,
): void {
  tangentForward(pass, tangent, vectors);
  const output = tangent.levels[pass.layers.length]!;
  const scale = 2 / output.values.length;
  for (let at = 0; at < output.values.length; at++) output.deltas[at] = scale * output.values[at]!;
  tangentBackward(pass, tangent, vectors, product);
}

/** R{a} of every level from v, after a forwardPass: the last one's values are R{f} = ∂f/∂θ · v. */
export function tangentForward(pass: MlpPass, tangent: TangentPass, vectors: Vectors): void {
  const { layers, points } = pass;
  for (let n = 0; n < points; n++) firstLayerForward(pass, tangent, vectors.vector, n);
  activateTangent(pass, tangent, 1);
  for (let l = 1; l < layers.length; l++) {
    for (let n = 0; n < points; n++) forwardRow(pass, tangent, vectors, l, n);
    activateTangent(pass, tangent, l + 1);
  }
}

/**
 * Adds R{gradient} to `product` [P], for the loss whose R{∂loss/∂f} the caller has put in the last level's deltas of
 * `tangent`. Needs the passes of tangentForward and, in `pass`, those of the gradient itself.
 */
export function tangentBackward(
  pass: MlpPass,
  tangent: TangentPass,
  vectors: Vectors,
  product: Float64Array,
): void {
  const { layers, points } = pass;
  for (let l = layers.length - 1; l > 0; l--) {
    const row = { pass, tangent, vectors, l };
    for (let n = 0; n < points; n++) backwardRow(row, product, n);
    bendDeltas(pass, tangent, l);
  }
  for (let n = 0; n < points; n++) firstLayerBackward(pass, tangent, product, n);
}

/** What a product multiplies: v, at the parameters θ. */
export interface Vectors {
  readonly params: Float64Array;
  readonly vector: Float64Array;
}

/** R{z} = x V + R{b} of the first hidden level, for point n: the input has no tangent. */
function firstLayerForward(pass: MlpPass, tangent: TangentPass, vector: Float64Array, n: number): void {
  const { weightsAt, biasAt, inputSize, outputSize } = pass.layers[0]!;
  const { values } = pass.levels[0]!;
  const { active, activeCounts } = pass.levels[1]!;
  const rZ = tangent.levels[1]!.preActivations;
  const at = n * outputSize;
  const end = at + activeCounts[n]!;
  for (let r = at; r < end; r++) {
    const j = active[r]!;
    let sum = vector[biasAt + j]!;
    for (let i = 0; i < inputSize; i++) {
      sum += values[n * inputSize + i]! * vector[weightsAt + i * outputSize + j]!;
    }
    rZ[r] = sum;
  }
}

/** R{z} = a V + R{a} W + R{b} of the level above layer l > 0, for point n; four active units at a time. */
function forwardRow(pass: MlpPass, tangent: TangentPass, vectors: Vectors, l: number, n: number): void {
  const { params, vector } = vectors;
  const { weightsAt, biasAt, outputSize } = pass.layers[l]!;
  const { values, active, activeCounts, size } = pass.levels[l]!;
  const toActive = pass.levels[l + 1]!.active;
  const rFrom = tangent.levels[l]!.values;
  const rZ = tangent.levels[l + 1]!.preActivations;
  const toEnd = n * outputSize + pass.levels[l + 1]!.activeCounts[n]!;
  const start = n * size;
  const end = start + activeCounts[n]!;
  let r = n * outputSize;
  for (; r + 3 < toEnd; r += 4) {
    const j0 = toActive[r]!;
    const j1 = toActive[r + 1]!;
    const j2 = toActive[r + 2]!;
    const j3 = toActive[r + 3]!;
    let z0 = vector[biasAt + j0]!;
    let z1 = vector[biasAt + j1]!;
    let z2 = vector[biasAt + j2]!;
    let z3 = vector[biasAt + j3]!;
    for (let q = start; q < end; q++) {
      const a = values[q]!;
      const ra = rFrom[q]!;
      const w = weightsAt + active[q]! * outputSize;
      z0 += a * vector[w + j0]! + ra * params[w + j0]!;
      z1 += a * vector[w + j1]! + ra * params[w + j1]!;
      z2 += a * vector[w + j2]! + ra * params[w + j2]!;
      z3 += a * vector[w + j3]! + ra * params[w + j3]!;
    }
    rZ[r] = z0;
    rZ[r + 1] = z1;
    rZ[r + 2] = z2;
    rZ[r + 3] = z3;
  }
  for (; r < toEnd; r++) {
    const j = toActive[r]!;
    let z = vector[biasAt + j]!;
    for (let q = start; q < end; q++) {
      const at = weightsAt + active[q]! * outputSize + j;
      z += values[q]! * vector[at]! + rFrom[q]! * params[at]!;
    }
    rZ[r] = z;
  }
}

/** R{a} = f′(z) R{z} of the level. */
function activateTangent(pass: MlpPass, tangent: TangentPass, level: number): void {
  const { slopes, activeCounts, size } = pass.levels[level]!;
  const { preActivations, values } = tangent.levels[level]!;
  for (let n = 0; n < pass.points; n++) {
    const end = n * size + activeCounts[n]!;
    for (let at = n * size; at < end; at++) values[at] = slopes[at]! * preActivations[at]!;
  }
}

interface LayerRows {
  readonly pass: MlpPass;
  readonly tangent: TangentPass;
  readonly vectors: Vectors;
  readonly l: number;
}

/** Adds R{weight gradients} of layer l > 0 from point n, and sets R{∂loss/∂a} of the level below. */
function backwardRow({ pass, tangent, vectors, l }: LayerRows, product: Float64Array, n: number): void {
  const { params, vector } = vectors;
  const { weightsAt, biasAt, outputSize } = pass.layers[l]!;
  const { values, active, activeCounts, size } = pass.levels[l]!;
  const { deltas, active: toActive } = pass.levels[l + 1]!;
  const rFrom = tangent.levels[l]!.values;
  const rSums = tangent.levels[l]!.deltas;
  const rDeltas = tangent.levels[l + 1]!.deltas;
  const toAt = n * outputSize;
  const toEnd = toAt + pass.levels[l + 1]!.activeCounts[n]!;
  const end = n * size + activeCounts[n]!;
  let q = n * size;
  for (; q + 1 < end; q += 2) {
    const a0 = values[q]!;
    const a1 = values[q + 1]!;
    const ra0 = rFrom[q]!;
    const ra1 = rFrom[q + 1]!;
    const w0 = weightsAt + active[q]! * outputSize;
    const w1 = weightsAt + active[q + 1]! * outputSize;
    let sum0 = 0;
    let sum1 = 0;
    for (let r = toAt; r < toEnd; r++) {
      const j = toActive[r]!;
      const delta = deltas[r]!;
      const rDelta = rDeltas[r]!;
      product[w0 + j]! += ra0 * delta + a0 * rDelta;
      product[w1 + j]! += ra1 * delta + a1 * rDelta;
      sum0 += rDelta * params[w0 + j]! + delta * vector[w0 + j]!;
      sum1 += rDelta * params[w1 + j]! + delta * vector[w1 + j]!;
    }
    rSums[q] = sum0;
    rSums[q + 1] = sum1;
  }
  for (; q < end; q++) {
    const w = weightsAt + active[q]! * outputSize;
    let sum = 0;
    for (let r = toAt; r < toEnd; r++) {
      const at = w + toActive[r]!;
      product[at]! += rFrom[q]! * deltas[r]! + values[q]! * rDeltas[r]!;
      sum += rDeltas[r]! * params[at]! + deltas[r]! * vector[at]!;
    }
    rSums[q] = sum;
  }
  for (let r = toAt; r < toEnd; r++) product[biasAt + toActive[r]!]! += rDeltas[r]!;
}

/** Adds R{weight gradients} of layer 0 from point n. */
function firstLayerBackward(pass: MlpPass, tangent: TangentPass, product: Float64Array, n: number): void {
  const { weightsAt, biasAt, inputSize, outputSize } = pass.layers[0]!;
  const { values } = pass.levels[0]!;
  const { active, activeCounts } = pass.levels[1]!;
  const rDeltas = tangent.levels[1]!.deltas;
  const at = n * outputSize;
  const end = at + activeCounts[n]!;
  for (let i = 0; i < inputSize; i++) {
    const a = values[n * inputSize + i]!;
    const w = weightsAt + i * outputSize;
    for (let r = at; r < end; r++) product[w + active[r]!]! += a * rDeltas[r]!;
  }
  for (let r = at; r < end; r++) product[biasAt + active[r]!]! += rDeltas[r]!;
}

/** From R{∂loss/∂a} to R{∂loss/∂z} of the level: f′(z) R{∂loss/∂a} + f″(z) R{z} ∂loss/∂a. */
function bendDeltas(pass: MlpPass, tangent: TangentPass, level: number): void {
  const { activation } = pass.shape;
  const { values, slopes, valueGradients, activeCounts, size } = pass.levels[level]!;
  const { preActivations, deltas } = tangent.levels[level]!;
  for (let n = 0; n < pass.points; n++) {
    const end = n * size + activeCounts[n]!;
    for (let at = n * size; at < end; at++) {
      const bend = curvature(activation, values[at]!, slopes[at]!);
      deltas[at] = slopes[at]! * deltas[at]! + bend * preActivations[at]! * valueGradients[at]!;
    }
  }
}
