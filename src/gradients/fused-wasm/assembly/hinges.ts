// The first two layers of a ReLU network with one input, without a loop over points × units. Each first-layer unit is a
// hinge, a_i(x) = max(w_i x + b_i, 0), and on points sorted by x it is active on a run of them that begins (w_i < 0) or
// ends (w_i ≥ 0) with the whole row. A sum over the active points of anything linear in x is then one running sum, read
// where the run ends: Σ_n a_i(x_n) δ_n = w_i Σ x_n δ_n + b_i Σ δ_n. What cost units × points costs units + points.

import {
  LAYER_BIAS_AT,
  LAYER_INPUTS,
  LAYER_ROW_STRIDE,
  LAYER_WEIGHTS_AT,
  LEVEL_DELTAS,
  LEVEL_R_DELTAS,
  LEVEL_R_SUMS,
  LEVEL_VALUES,
  PASS_POINTS,
  PASS_SLOTS,
  PASS_SUMS,
} from './fields';
import { hingeBackRow, hingeTangentBackRow } from './hinge-rows';
import { field, layerOf, levelOf, noFloor } from './records';
import { runningSums, sumsToPoints } from './running-sums';

/** Whether the pass computes its first two layers here; its points must then be sorted. */
export function hasHinges(pass: usize): bool {
  return field(pass, PASS_SLOTS) !== 0;
}

/** From the points to level 2, cut at 0. */
export function hingeForward(net: usize, pass: usize, params: usize): void {
  const first = layerOf(net, 0);
  const second = layerOf(net, 1);
  const bytes = field(second, LAYER_ROW_STRIDE);
  const w = params + field(first, LAYER_WEIGHTS_AT);
  const b = params + field(first, LAYER_BIAS_AT);
  findSlots(pass, w, b, field(first, LAYER_ROW_STRIDE), bytes << 2);
  const slots = field(pass, PASS_SLOTS);
  const sums = field(pass, PASS_SUMS) + SPARE;
  clearSums(pass, bytes);
  let row = params + field(second, LAYER_WEIGHTS_AT);
  const units = field(second, LAYER_INPUTS) << 2;
  for (let i: usize = 0; i < units; i += 4) {
    const slot = sums + <usize>load<u32>(slots + i);
    addHinge(slot, row, bytes, v128.load_splat<f32>(w + i), v128.load_splat<f32>(b + i));
    row += bytes;
  }
  const bias = params + field(second, LAYER_BIAS_AT);
  const z = field(levelOf(pass, 2), LEVEL_VALUES);
  sumsToPoints(sums, pointsOf(pass), field(pass, PASS_POINTS), bytes, bias, z, f32x4.splat(0));
}

/** R{z} of level 2. */
export function hingeTangentForward(net: usize, pass: usize, params: usize, vector: usize): void {
  const first = layerOf(net, 0);
  const second = layerOf(net, 1);
  const bytes = field(second, LAYER_ROW_STRIDE);
  const wAt = field(first, LAYER_WEIGHTS_AT);
  const bAt = field(first, LAYER_BIAS_AT);
  const slots = field(pass, PASS_SLOTS);
  const sums = field(pass, PASS_SUMS) + SPARE;
  clearSums(pass, bytes);
  let row = field(second, LAYER_WEIGHTS_AT);
  const units = field(second, LAYER_INPUTS) << 2;
  for (let i: usize = 0; i < units; i += 4) {
    addHingeTangent(
      sums + <usize>load<u32>(slots + i),
      params + row,
      vector + row,
      bytes,
      v128.load_splat<f32>(params + wAt + i),
      v128.load_splat<f32>(params + bAt + i),
      v128.load_splat<f32>(vector + wAt + i),
      v128.load_splat<f32>(vector + bAt + i),
    );
    row += bytes;
  }
  const bias = vector + field(second, LAYER_BIAS_AT);
  const rz = field(levelOf(pass, 2), LEVEL_R_SUMS);
  sumsToPoints(sums, pointsOf(pass), field(pass, PASS_POINTS), bytes, bias, rz, noFloor());
}

/** From level 2's deltas to the gradients of the first two layers. */
export function hingeBackward(net: usize, pass: usize, params: usize, gradient: usize): void {
  const first = layerOf(net, 0);
  const second = layerOf(net, 1);
  const bytes = field(second, LAYER_ROW_STRIDE);
  const wAt = field(first, LAYER_WEIGHTS_AT);
  const bAt = field(first, LAYER_BIAS_AT);
  const slots = field(pass, PASS_SLOTS);
  const sums = field(pass, PASS_SUMS);
  const points = field(pass, PASS_POINTS);
  runningSums(sums, pointsOf(pass), points, bytes, field(levelOf(pass, 2), LEVEL_DELTAS));
  copySum(sums + points * (bytes << 2), gradient + field(second, LAYER_BIAS_AT), bytes);
  let row = field(second, LAYER_WEIGHTS_AT);
  const units = field(second, LAYER_INPUTS) << 2;
  for (let i: usize = 0; i < units; i += 4) {
    const both = hingeBackRow(
      params + row,
      gradient + row,
      bytes,
      v128.load_splat<f32>(params + wAt + i),
      v128.load_splat<f32>(params + bAt + i),
      sums + <usize>load<u32>(slots + i),
    );
    store<f32>(gradient + wAt + i, f32x4.extract_lane(both, 0) + f32x4.extract_lane(both, 1));
    store<f32>(gradient + bAt + i, f32x4.extract_lane(both, 2) + f32x4.extract_lane(both, 3));
    row += bytes;
  }
}

/** The same under the R-operator, added to `product`; after hingeBackward of the same pass, whose sums it needs. */
export function hingeTangentBackward(
  net: usize,
  pass: usize,
  params: usize,
  vector: usize,
  product: usize,
): void {
  const first = layerOf(net, 0);
  const second = layerOf(net, 1);
  const bytes = field(second, LAYER_ROW_STRIDE);
  const wAt = field(first, LAYER_WEIGHTS_AT);
  const bAt = field(first, LAYER_BIAS_AT);
  const slots = field(pass, PASS_SLOTS);
  const sums = field(pass, PASS_SUMS);
  const rDeltas = field(levelOf(pass, 2), LEVEL_R_DELTAS);
  const points = field(pass, PASS_POINTS);
  runningSums(sums + SPARE, pointsOf(pass), points, bytes, rDeltas);
  addSum(sums + SPARE + points * (bytes << 2), product + field(second, LAYER_BIAS_AT), bytes);
  let row = field(second, LAYER_WEIGHTS_AT);
  const units = field(second, LAYER_INPUTS) << 2;
  for (let i: usize = 0; i < units; i += 4) {
    const both = hingeTangentBackRow(
      params + row,
      vector + row,
      product + row,
      bytes,
      v128.load_splat<f32>(params + wAt + i),
      v128.load_splat<f32>(params + bAt + i),
      v128.load_splat<f32>(vector + wAt + i),
      v128.load_splat<f32>(vector + bAt + i),
      sums + <usize>load<u32>(slots + i),
    );
    const ofW = f32x4.extract_lane(both, 0) + f32x4.extract_lane(both, 1);
    const ofB = f32x4.extract_lane(both, 2) + f32x4.extract_lane(both, 3);
    store<f32>(product + wAt + i, load<f32>(product + wAt + i) + ofW);
    store<f32>(product + bAt + i, load<f32>(product + bAt + i) + ofB);
    row += bytes;
  }
}

/** Sums for whose sake others are kept: forward's, or the R-operator's. */
const SPARE: usize = 32;

function pointsOf(pass: usize): usize {
  return field(levelOf(pass, 0), LEVEL_VALUES);
}

/**
 * Where each unit finds its sums: `slotBytes` times its number of active points c, if those are the first ones, and
 * times N + 1 + c if they are the last ones. NaN counts as active: a diverged run is judged by its numbers.
 */
function findSlots(pass: usize, w: usize, b: usize, unitBytes: usize, slotBytes: usize): void {
  const points = field(pass, PASS_POINTS);
  const x = pointsOf(pass);
  const end = x + (points << 2);
  const slots = field(pass, PASS_SLOTS);
  const zero = f32x4.splat(0);
  const size = i32x4.splat(<i32>slotBytes);
  const count = i32x4.splat(<i32>points);
  const lastOnes = i32x4.splat(<i32>points + 1);
  for (let at: usize = 0; at < unitBytes; at += 16) {
    const slope = v128.load(w + at);
    const bias = v128.load(b + at);
    // Each comparison that holds is −1.
    let active = count;
    for (let n = x; n < end; n += 4) {
      const z = f32x4.add(bias, f32x4.mul(v128.load_splat<f32>(n), slope));
      active = i32x4.add(active, f32x4.le(z, zero));
    }
    const side = v128.andnot(lastOnes, f32x4.lt(slope, zero));
    v128.store(slots + at, i32x4.mul(i32x4.add(active, side), size));
  }
}

function clearSums(pass: usize, bytes: usize): void {
  const size = ((field(pass, PASS_POINTS) + 1) << 1) * (bytes << 2);
  const zero = i32x4.splat(0);
  const sums = field(pass, PASS_SUMS) + SPARE;
  for (let at = sums; at < sums + size; at += 64) {
    v128.store(at, zero);
    v128.store(at, zero, 16);
  }
}

/** Σ q over all points, out of slot N: a bias's gradient. */
function copySum(slot: usize, to: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) v128.store(to + at, v128.load(slot + (at << 2)));
}

function addSum(slot: usize, to: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(to + at, f32x4.add(v128.load(to + at), v128.load(slot + (at << 2))));
  }
}

/** Adds b W_i and w W_i to a slot: a_i(x) W_i, as a constant and a factor of x. */
function addHinge(slot: usize, row: usize, bytes: usize, w: v128, b: v128): void {
  const end = row + bytes;
  for (; row < end; row += 32) {
    const even = v128.load(row);
    const odd = v128.load(row, 16);
    v128.store(slot, f32x4.add(v128.load(slot), f32x4.mul(b, even)));
    v128.store(slot, f32x4.add(v128.load(slot, 16), f32x4.mul(w, even)), 16);
    v128.store(slot, f32x4.add(v128.load(slot, 64), f32x4.mul(b, odd)), 64);
    v128.store(slot, f32x4.add(v128.load(slot, 80), f32x4.mul(w, odd)), 80);
    slot += 128;
  }
}

/** The same of R{a_i(x) W_i} = a_i V_i + R{a_i} W_i. */
function addHingeTangent(
  slot: usize,
  row: usize,
  tangent: usize,
  bytes: usize,
  w: v128,
  b: v128,
  rw: v128,
  rb: v128,
): void {
  for (let at: usize = 0; at < bytes; at += 16) {
    const weights = v128.load(row + at);
    const vector = v128.load(tangent + at);
    const constant = f32x4.add(f32x4.mul(b, vector), f32x4.mul(rb, weights));
    const factor = f32x4.add(f32x4.mul(w, vector), f32x4.mul(rw, weights));
    v128.store(slot, f32x4.add(v128.load(slot), constant));
    v128.store(slot, f32x4.add(v128.load(slot, 16), factor), 16);
    slot += 64;
  }
}
