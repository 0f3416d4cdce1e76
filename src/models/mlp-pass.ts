// One forward and backward pass of an MLP over N points in float64, with buffers that are made once and reused.
// Not an autodiff: the gradient of the mean squared error is written out by hand (plain back-propagation).
// Units that a ReLU has switched off are skipped: each row holds its active units alone, next to a list of which they
// are. Rows of weights are taken four at a time, so that every delta and index is read once for four products.
import type { FloatArray } from '../math/arrays.ts';
import { activate } from './activation.ts';
import { type LayerRange, layerRanges, type MlpShape } from './mlp-shape.ts';

/**
 * The buffers of one level of units: level 0 is the input, the last one the output. All are [N, size]; row n starts
 * with the `activeCounts[n]` active units of point n, in the order of `active`. At input and output all are active.
 */
export interface Level {
  readonly size: number;
  /** a; for level 0 the points themselves. */
  readonly values: Float64Array;
  /** f′(z) */
  readonly slopes: Float64Array;
  /** ∂loss/∂a; not set at the input. */
  readonly valueGradients: Float64Array;
  /** ∂loss/∂z; not set at the input. */
  readonly deltas: Float64Array;
  /** Which units the entries of a row belong to. */
  readonly active: Int32Array;
  /** [N] */
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
  const { activation } = pass.shape;
  const input = levels[0]!;
  for (let at = 0; at < input.values.length; at++) input.values[at] = x[xAt + at]!;
  for (let l = 0; l < layers.length; l++) {
    const layer = layers[l]!;
    const from = levels[l]!;
    const to = levels[l + 1]!;
    for (let n = 0; n < points; n++) affineRow(layer, params, from, to, n);
    if (l === layers.length - 1) return;
    if (activation === 'relu') keepPositive(to, points);
    else activate(activation, to.values, to.slopes);
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
  backwardFromDeltas(pass, params, gradient);
  return entries === 0 ? 0 : loss / entries;
}

/**
 * The half of backwardPass that knows no loss: adds to `gradient` [P] the gradient of the loss whose derivatives
 * ∂loss/∂f the caller has put in the last level's deltas, and sets the deltas of the levels below.
 */
export function backwardFromDeltas(pass: MlpPass, params: Float64Array, gradient: Float64Array): void {
  for (let l = pass.layers.length - 1; l > 0; l--) {
    const rows = { pass, params, gradient, l };
    for (let n = 0; n < pass.points; n++) backwardRow(rows, n);
  }
  for (let n = 0; n < pass.points; n++) firstLayerRow(pass, gradient, n);
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

/** z = aW + b for one point, eight units at a time. */
function affineRow(layer: LayerRange, params: Float64Array, from: Level, to: Level, n: number): void {
  const { values: input, active } = from;
  const output = to.values;
  const width = to.size;
  const inputAt = n * from.size;
  const outputAt = n * width;
  const end = inputAt + from.activeCounts[n]!;
  let j = 0;
  for (; j + 7 < width; j += 8) {
    let z0 = params[layer.biasAt + j]!;
    let z1 = params[layer.biasAt + j + 1]!;
    let z2 = params[layer.biasAt + j + 2]!;
    let z3 = params[layer.biasAt + j + 3]!;
    let z4 = params[layer.biasAt + j + 4]!;
    let z5 = params[layer.biasAt + j + 5]!;
    let z6 = params[layer.biasAt + j + 6]!;
    let z7 = params[layer.biasAt + j + 7]!;
    for (let q = inputAt; q < end; q++) {
      const a = input[q]!;
      const w = layer.weightsAt + active[q]! * width + j;
      z0 += a * params[w]!;
      z1 += a * params[w + 1]!;
      z2 += a * params[w + 2]!;
      z3 += a * params[w + 3]!;
      z4 += a * params[w + 4]!;
      z5 += a * params[w + 5]!;
      z6 += a * params[w + 6]!;
      z7 += a * params[w + 7]!;
    }
    output[outputAt + j] = z0;
    output[outputAt + j + 1] = z1;
    output[outputAt + j + 2] = z2;
    output[outputAt + j + 3] = z3;
    output[outputAt + j + 4] = z4;
    output[outputAt + j + 5] = z5;
    output[outputAt + j + 6] = z6;
    output[outputAt + j + 7] = z7;
  }
  for (; j < width; j++) {
    let z = params[layer.biasAt + j]!;
    for (let q = inputAt; q < end; q++) z += input[q]! * params[layer.weightsAt + active[q]! * width + j]!;
    output[outputAt + j] = z;
  }
}

/** ReLU: moves the units that it lets through to the start of every row. Their slope is 1 from the beginning. */
function keepPositive(level: Level, points: number): void {
  const { size, values, active, activeCounts } = level;
  for (let n = 0; n < points; n++) {
    const rowAt = n * size;
    let to = rowAt;
    for (let j = 0; j < size; j++) {
      const z = values[rowAt + j]!;
      // What stays of a unit that is off is overwritten by the next: cheaper than a branch that is hard to foresee.
      values[to] = z;
      active[to] = j;
      // Written so that NaN passes: a diverged run is judged by its numbers, so they may not be hidden here.
      to += z <= 0 ? 0 : 1;
    }
    activeCounts[n] = to - rowAt;
  }
}

interface LayerRows {
  readonly pass: MlpPass;
  readonly params: Float64Array;
  readonly gradient: Float64Array;
  readonly l: number;
}

/** Weight gradients of layer l > 0 from point n, and the deltas of the level below. */
function backwardRow(rows: LayerRows, n: number): void {
  const { pass, params, gradient, l } = rows;
  const { weightsAt, biasAt, outputSize } = pass.layers[l]!;
  const { values, active, size } = pass.levels[l]!;
  const { deltas, active: toActive } = pass.levels[l + 1]!;
  const toAt = n * outputSize;
  const toEnd = toAt + pass.levels[l + 1]!.activeCounts[n]!;
  const end = n * size + pass.levels[l]!.activeCounts[n]!;
  let q = n * size;
  for (; q + 3 < end; q += 4) {
    const a0 = values[q]!;
    const a1 = values[q + 1]!;
    const a2 = values[q + 2]!;
    const a3 = values[q + 3]!;
    const w0 = weightsAt + active[q]! * outputSize;
    const w1 = weightsAt + active[q + 1]! * outputSize;
    const w2 = weightsAt + active[q + 2]! * outputSize;
    const w3 = weightsAt + active[q + 3]! * outputSize;
    let sum0 = 0;
    let sum1 = 0;
    let sum2 = 0;
    let sum3 = 0;
    for (let r = toAt; r < toEnd; r++) {
      const j = toActive[r]!;
      const delta = deltas[r]!;
      gradient[w0 + j]! += a0 * delta;
      gradient[w1 + j]! += a1 * delta;
      gradient[w2 + j]! += a2 * delta;
      gradient[w3 + j]! += a3 * delta;
      sum0 += delta * params[w0 + j]!;
      sum1 += delta * params[w1 + j]!;
      sum2 += delta * params[w2 + j]!;
      sum3 += delta * params[w3 + j]!;
    }
    setDelta(pass.levels[l]!, q, sum0);
    setDelta(pass.levels[l]!, q + 1, sum1);
    setDelta(pass.levels[l]!, q + 2, sum2);
    setDelta(pass.levels[l]!, q + 3, sum3);
  }
  for (; q < end; q++) backwardUnit(rows, n, q);
  for (let r = toAt; r < toEnd; r++) gradient[biasAt + toActive[r]!]! += deltas[r]!;
}

/** backwardRow for the one unit at `q` of the level below. */
function backwardUnit({ pass, params, gradient, l }: LayerRows, n: number, q: number): void {
  const { weightsAt, outputSize } = pass.layers[l]!;
  const { values, active } = pass.levels[l]!;
  const { deltas, active: toActive, activeCounts } = pass.levels[l + 1]!;
  const a = values[q]!;
  const w = weightsAt + active[q]! * outputSize;
  const toEnd = n * outputSize + activeCounts[n]!;
  let sum = 0;
  for (let r = n * outputSize; r < toEnd; r++) {
    const at = w + toActive[r]!;
    gradient[at]! += a * deltas[r]!;
    sum += deltas[r]! * params[at]!;
  }
  setDelta(pass.levels[l]!, q, sum);
}

/** ∂loss/∂a and ∂loss/∂z of the unit at `at`. */
function setDelta(level: Level, at: number, valueGradient: number): void {
  level.valueGradients[at] = valueGradient;
  level.deltas[at] = valueGradient * level.slopes[at]!;
}

/** Weight gradients of layer 0 from point n; nobody needs the input's deltas. */
function firstLayerRow(pass: MlpPass, gradient: Float64Array, n: number): void {
  const { weightsAt, biasAt, inputSize, outputSize } = pass.layers[0]!;
  const { values } = pass.levels[0]!;
  const { deltas, active, activeCounts } = pass.levels[1]!;
  const at = n * outputSize;
  const end = at + activeCounts[n]!;
  for (let i = 0; i < inputSize; i++) {
    const a = values[n * inputSize + i]!;
    const w = weightsAt + i * outputSize;
    for (let r = at; r < end; r++) gradient[w + active[r]!]! += a * deltas[r]!;
  }
  for (let r = at; r < end; r++) gradient[biasAt + active[r]!]! += deltas[r]!;
}
