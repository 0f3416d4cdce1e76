// A policy net's parameter vectors: between the flat layout [W1, b1, W2, b2, …] in float64 and the policy kernels' padded
// one in float32, in which rows are filled up with zeros and the weights of all layers but the first follow once more,
// transposed.
import {
  BIAS_AT,
  POLICY_LAYERS,
  TRANSPOSED_AT,
  TRANSPOSED_STRIDE,
  WEIGHTS_AT,
  WEIGHTS_INPUTS,
  WEIGHTS_OUTPUTS,
  WEIGHTS_STRIDE,
} from './policy-fields';
import { policyLayer } from './policy-pass';
import { field } from './records';

/** Writes the flat vector into the padded one, whose padding must be 0 already. */
export function policyPack(net: usize, flat: usize, padded: usize): void {
  const layers = field(net, POLICY_LAYERS);
  for (let l: usize = 0; l < layers; l++) {
    const layer = policyLayer(net, l);
    const inputs = field(layer, WEIGHTS_INPUTS);
    const outputs = field(layer, WEIGHTS_OUTPUTS);
    const stride = field(layer, WEIGHTS_STRIDE);
    const weights = padded + field(layer, WEIGHTS_AT);
    for (let i: usize = 0; i < inputs; i++) {
      narrow(flat, weights + i * stride, outputs);
      flat += outputs << 3;
    }
    if (l > 0) {
      const to = padded + field(layer, TRANSPOSED_AT);
      transpose(weights, stride, inputs, outputs, to, field(layer, TRANSPOSED_STRIDE));
    }
    narrow(flat, padded + field(layer, BIAS_AT), outputs);
    flat += outputs << 3;
  }
}

/** The net's part of the padded sums as a flat vector. */
export function policyUnpack(net: usize, padded: usize, flat: usize): void {
  const layers = field(net, POLICY_LAYERS);
  for (let l: usize = 0; l < layers; l++) {
    const layer = policyLayer(net, l);
    const inputs = field(layer, WEIGHTS_INPUTS);
    const outputs = field(layer, WEIGHTS_OUTPUTS);
    const stride = field(layer, WEIGHTS_STRIDE);
    let from = padded + field(layer, WEIGHTS_AT);
    for (let i: usize = 0; i < inputs; i++) {
      widen(from, flat, outputs);
      flat += outputs << 3;
      from += stride;
    }
    widen(padded + field(layer, BIAS_AT), flat, outputs);
    flat += outputs << 3;
  }
}

/** float64 to float32. */
function narrow(from: usize, to: usize, count: usize): void {
  let at: usize = 0;
  for (; at + 4 <= count; at += 4) {
    const low = f32x4.demote_f64x2_zero(v128.load(from + (at << 3)));
    const high = f32x4.demote_f64x2_zero(v128.load(from + (at << 3), 16));
    v128.store(to + (at << 2), i64x2.shuffle(low, high, 0, 2));
  }
  for (; at < count; at++) store<f32>(to + (at << 2), <f32>load<f64>(from + (at << 3)));
}

/** float32 to float64. */
function widen(from: usize, to: usize, count: usize): void {
  let at: usize = 0;
  for (; at + 4 <= count; at += 4) {
    const four = v128.load(from + (at << 2));
    v128.store(to + (at << 3), f64x2.promote_low_f32x4(four));
    v128.store(to + (at << 3), f64x2.promote_low_f32x4(i64x2.shuffle(four, four, 1, 0)), 16);
  }
  for (; at < count; at++) store<f64>(to + (at << 3), <f64>load<f32>(from + (at << 2)));
}

/** Rows to columns, 4 × 4 numbers at a time where they are there. */
function transpose(
  from: usize,
  fromStride: usize,
  inputs: usize,
  outputs: usize,
  to: usize,
  toStride: usize,
): void {
  const fours = outputs & ~3;
  let i: usize = 0;
  for (; i + 4 <= inputs; i += 4) {
    const row = from + i * fromStride;
    const column = to + (i << 2);
    for (let o: usize = 0; o < fours; o += 4)
      transposeFour(row + (o << 2), fromStride, column + o * toStride, toStride);
    for (let k: usize = 0; k < 4; k++) {
      scatter(row + k * fromStride, fours, outputs, column + (k << 2), toStride);
    }
  }
  for (; i < inputs; i++) scatter(from + i * fromStride, 0, outputs, to + (i << 2), toStride);
}

/** The row's numbers first … last − 1 to one column. */
function scatter(row: usize, first: usize, last: usize, column: usize, stride: usize): void {
  for (let o = first; o < last; o++) store<f32>(column + o * stride, load<f32>(row + (o << 2)));
}

function transposeFour(from: usize, fromStride: usize, to: usize, toStride: usize): void {
  const a = v128.load(from);
  from += fromStride;
  const b = v128.load(from);
  from += fromStride;
  const c = v128.load(from);
  from += fromStride;
  const d = v128.load(from);
  const abLow = i32x4.shuffle(a, b, 0, 4, 1, 5);
  const abHigh = i32x4.shuffle(a, b, 2, 6, 3, 7);
  const cdLow = i32x4.shuffle(c, d, 0, 4, 1, 5);
  const cdHigh = i32x4.shuffle(c, d, 2, 6, 3, 7);
  v128.store(to, i64x2.shuffle(abLow, cdLow, 0, 2));
  to += toStride;
  v128.store(to, i64x2.shuffle(abLow, cdLow, 1, 3));
  to += toStride;
  v128.store(to, i64x2.shuffle(abHigh, cdHigh, 0, 2));
  to += toStride;
  v128.store(to, i64x2.shuffle(abHigh, cdHigh, 1, 3));
}
