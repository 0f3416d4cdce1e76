// One forward and backward pass of an MLP over N points in float64, with buffers that are made once and reused.
// Not an autodiff: the gradient of the mean squared error is written out by hand (plain back-propagation).
// Units that a ReLU has switched off are skipped: the loops run over lists of active units.
import type { FloatArray } from '../math/arrays.ts';
import { activate } from './activation.ts';
import { type LayerRange, layerRanges, type MlpShape } from './mlp-shape.ts';

/** The buffers of one level of units: level 0 is the input, the last one the output. */
export interface Level {
  readonly size: number;
  /** a [N, size]; for level 0 the points themselves. */
  readonly values: Float64Array;
  /** f′(z) [N, size]. */
  readonly slopes: Float64Array;
  /** ∂loss/∂a [N, size], set for active units only. */
  readonly valueGradients: Float64Array;
  /** ∂loss/∂z [N, size], set for active units only. */
  readonly deltas: Float64Array;
  /** [N, size]: row n starts with the indices of the `activeCounts[n]` active units of point n. */
  readonly active: Int32Array;
  readonly activeCounts: Int32Array;
}

/** Buffers of one pass; owned by whoever made it, overwritten by every forwardPass. */
export interface MlpPass {
  readonly shape: MlpShape;
  readonly layers: readonly LayerRange[];
  readonly levels: readonly Level[];
  /** N */
  readonly points: number;
}

/** Buffers for passes over exactly `points` points. */
export function createPass(shape: MlpShape, points: number): MlpPass {
  const levels = shape.sizes.map((size): Level => {
    const active = Int32Array.from({ length: points * size }, (_, at) => at % size);
    return {
      size,
      values: new Float64Array(points * size),
      slopes: new Float64Array(points * size).fill(1),
      valueGradients: new Float64Array(points * size),
      deltas: new Float64Array(points * size),
      active,
      activeCounts: new Int32Array(points).fill(size),
    };
  });
  return { shape, layers: layerRanges(shape), levels, points };
}

/** Runs the points `x[xAt …]` ([N, in], row-major) through the net; the result is the last level's values. */
export function forwardPass(pass: MlpPass, params: Float64Array, x: FloatArray, xAt = 0): void {
  const { levels, layers, points } = pass;
  const input = levels[0]!;
  for (let at = 0; at < input.values.length; at++) input.values[at] = x[xAt + at]!;
  for (let l = 0; l < layers.length; l++) {
    const layer = layers[l]!;
    const from = levels[l]!;
    const to = levels[l + 1]!;
    const isHidden = l < layers.length - 1;
    for (let n = 0; n < points; n++) {
      affineRow(layer, params, from, to, n);
      if (isHidden) {
        activate(pass.shape.activation, to.values, to.slopes, { start: n * to.size, end: (n + 1) * to.size });
      }
    }
    if (isHidden && pass.shape.activation === 'relu') listActiveUnits(to, points);
  }
}

/**
 * Adds the gradient of the loss at the last forwardPass to `gradient` [P] and returns the loss: the mean over
 * points and outputs of (f(x) − y)², y in `y[yAt …]` [N, out]. Without points the loss is 0.
 */
export function backwardPass(
  pass: MlpPass,
  params: Float64Array,
  target: { y: FloatArray; yAt?: number },
  gradient: Float64Array,
): number {
  const output = pass.levels[pass.levels.length - 1]!;
  const { y, yAt = 0 } = target;
  const entries = output.values.length;
  let loss = 0;
  for (let at = 0; at < entries; at++) {
    const difference = output.values[at]! - y[yAt + at]!;
    loss += difference * difference;
    output.deltas[at] = (2 / entries) * difference;
  }
  for (let l = pass.layers.length - 1; l >= 0; l--) {
    for (let n = 0; n < pass.points; n++) backwardRow(pass, params, gradient, l, n);
  }
  return entries === 0 ? 0 : loss / entries;
}

/** The loss alone at the last forwardPass; see backwardPass. */
export function meanSquaredError(pass: MlpPass, y: FloatArray, yAt = 0): number {
  const { values } = pass.levels[pass.levels.length - 1]!;
  let loss = 0;
  for (let at = 0; at < values.length; at++) {
    const difference = values[at]! - y[yAt + at]!;
    loss += difference * difference;
  }
  return values.length === 0 ? 0 : loss / values.length;
}

/** z = aW + b for one point, four active inputs at a time. */
function affineRow(layer: LayerRange, params: Float64Array, from: Level, to: Level, n: number): void {
  const { values: input, active } = from;
  const output = to.values;
  const width = to.size;
  const inputAt = n * from.size;
  const outputAt = n * width;
  const end = inputAt + from.activeCounts[n]!;
  for (let j = 0; j < width; j++) output[outputAt + j] = params[layer.biasAt + j]!;
  let q = inputAt;
  for (; q + 3 < end; q += 4) {
    const i0 = active[q]!;
    const i1 = active[q + 1]!;
    const i2 = active[q + 2]!;
    const i3 = active[q + 3]!;
    const a0 = input[inputAt + i0]!;
    const a1 = input[inputAt + i1]!;
    const a2 = input[inputAt + i2]!;
    const a3 = input[inputAt + i3]!;
    const w0 = layer.weightsAt + i0 * width;
    const w1 = layer.weightsAt + i1 * width;
    const w2 = layer.weightsAt + i2 * width;
    const w3 = layer.weightsAt + i3 * width;
    for (let j = 0; j < width; j++) {
      output[outputAt + j]! +=
        a0 * params[w0 + j]! + a1 * params[w1 + j]! + a2 * params[w2 + j]! + a3 * params[w3 + j]!;
    }
  }
  for (; q < end; q++) {
    const i = active[q]!;
    const a = input[inputAt + i]!;
    const w = layer.weightsAt + i * width;
    for (let j = 0; j < width; j++) output[outputAt + j]! += a * params[w + j]!;
  }
}

function listActiveUnits(level: Level, points: number): void {
  const { size, values, active, activeCounts } = level;
  for (let n = 0; n < points; n++) {
    const rowAt = n * size;
    let count = 0;
    for (let j = 0; j < size; j++) {
      // Written so that NaN counts as active and spreads.
      if (values[rowAt + j] !== 0) active[rowAt + count++] = j;
    }
    activeCounts[n] = count;
  }
}

/** Weight gradients of layer l from point n, and the deltas of the level below. */
function backwardRow(
  pass: MlpPass,
  params: Float64Array,
  gradient: Float64Array,
  l: number,
  n: number,
): void {
  const layer = pass.layers[l]!;
  const from = pass.levels[l]!;
  const to = pass.levels[l + 1]!;
  const fromAt = n * from.size;
  const toAt = n * to.size;
  const fromEnd = fromAt + from.activeCounts[n]!;
  const toEnd = toAt + to.activeCounts[n]!;
  const deltas = to.deltas;
  const toActive = to.active;
  for (let r = toAt; r < toEnd; r++) {
    const j = toActive[r]!;
    gradient[layer.biasAt + j]! += deltas[toAt + j]!;
  }
  for (let q = fromAt; q < fromEnd; q++) {
    const i = from.active[q]!;
    const a = from.values[fromAt + i]!;
    const w = layer.weightsAt + i * to.size;
    let sum = 0;
    for (let r = toAt; r < toEnd; r++) {
      const j = toActive[r]!;
      const delta = deltas[toAt + j]!;
      gradient[w + j]! += a * delta;
      sum += delta * params[w + j]!;
    }
    from.valueGradients[fromAt + i] = sum;
    from.deltas[fromAt + i] = sum * from.slopes[fromAt + i]!;
  }
}
