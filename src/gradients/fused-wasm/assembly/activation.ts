// The hidden units' activations on whole levels: value and slope f′, curvature f″, and for ReLU which units are active.
import { sigmoid, softplus, tanh } from './exponentials';
import {
  CHUNK,
  LEVEL_DELTAS,
  LEVEL_LIST_STRIDE,
  LEVEL_LISTS,
  LEVEL_MASKS,
  LEVEL_R_DELTAS,
  LEVEL_R_SUMS,
  LEVEL_R_VALUES,
  LEVEL_SLOPES,
  LEVEL_STRIDE,
  LEVEL_UNITS,
  LEVEL_VALUE_GRADIENTS,
  LEVEL_VALUES,
  RELU,
  SIGMOID,
  TANH,
} from './fields';

/**
 * For each of the 16 sets of active lanes the lanes in order: four 32-bit numbers, of which as many count as the set
 * has members.
 */
const LANES = memory.data<u32>(
  [
    0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 2, 0, 0, 0, 0, 2, 0, 0, 1, 2, 0, 0, 0, 1, 2, 0, 3, 0, 0,
    0, 0, 3, 0, 0, 1, 3, 0, 0, 0, 1, 3, 0, 2, 3, 0, 0, 0, 2, 3, 0, 1, 2, 3, 0, 0, 1, 2, 3,
  ],
  16,
);

/** ReLU, whose negative values combine's floor has cut already: lists the active units of each point. */
export function listActive(level: usize, points: usize): void {
  const bytes = <usize>load<u32>(level, LEVEL_STRIDE);
  const listStride = <usize>load<u32>(level, LEVEL_LIST_STRIDE);
  let row = <usize>load<u32>(level, LEVEL_VALUES);
  let list = <usize>load<u32>(level, LEVEL_LISTS);
  for (let n: usize = 0; n < points; n++) {
    const start = list + 4;
    let to = start;
    let units = i32x4.splat(0);
    for (let at: usize = 0; at < bytes; at += 16) {
      // "Not equal" holds for NaN too: a diverged run is judged by its numbers, so they may not be dropped.
      const active = i32x4.bitmask(f32x4.ne(v128.load(row + at), f32x4.splat(0)));
      v128.store(to, i32x4.add(units, v128.load(LANES + (active << 4))));
      units = i32x4.add(units, i32x4.splat(4));
      to += (<usize>popcnt(active)) << 2;
    }
    store<u32>(list, <u32>((to - start) >> 2));
    row += bytes;
    list += listStride;
  }
  maskActive(level, points);
}

/** The same by units: bit n of a unit's word tells whether point n of the chunk has it active. */
function maskActive(level: usize, points: usize): void {
  const bytes = <usize>load<u32>(level, LEVEL_STRIDE);
  let rows = <usize>load<u32>(level, LEVEL_VALUES);
  let masks = <usize>load<u32>(level, LEVEL_MASKS);
  for (let first: usize = 0; first < points; first += CHUNK) {
    const count = min<usize>(CHUNK, points - first);
    const end = rows + count * bytes;
    for (let at: usize = 0; at < bytes; at += 32) {
      let bit = i32x4.splat(1);
      let even = i32x4.splat(0);
      let odd = i32x4.splat(0);
      for (let row = rows + at; row < end; row += bytes) {
        even = v128.or(even, v128.and(bit, f32x4.ne(v128.load(row), f32x4.splat(0))));
        odd = v128.or(odd, v128.and(bit, f32x4.ne(v128.load(row, 16), f32x4.splat(0))));
        bit = i32x4.add(bit, bit);
      }
      v128.store(masks + at, even);
      v128.store(masks + at, odd, 16);
    }
    rows = end;
    masks += bytes;
  }
}

/** Replaces the pre-activations in the level's values by f(z) and writes f′(z) to its slopes. Not for ReLU. */
export function activate(activation: usize, level: usize, points: usize): void {
  const stride = <usize>load<u32>(level, LEVEL_STRIDE);
  const values = <usize>load<u32>(level, LEVEL_VALUES);
  const slopes = <usize>load<u32>(level, LEVEL_SLOPES);
  const bytes = points * stride;
  const one = f32x4.splat(1);
  if (activation === TANH) {
    for (let at: usize = 0; at < bytes; at += 16) {
      const a = tanh(v128.load(values + at));
      v128.store(values + at, a);
      v128.store(slopes + at, f32x4.sub(one, f32x4.mul(a, a)));
    }
    return;
  }
  if (activation === SIGMOID) {
    for (let at: usize = 0; at < bytes; at += 16) {
      const a = sigmoid(v128.load(values + at));
      v128.store(values + at, a);
      v128.store(slopes + at, f32x4.mul(a, f32x4.sub(one, a)));
    }
  } else {
    for (let at: usize = 0; at < bytes; at += 16) {
      const z = v128.load(values + at);
      v128.store(values + at, softplus(z));
      v128.store(slopes + at, sigmoid(z));
    }
  }
  clearPadding(values, (<usize>load<u32>(level, LEVEL_UNITS)) << 2, stride, points);
}

/** f(0) ≠ 0 must not leak from the padding into the next layer's weight gradients. */
function clearPadding(values: usize, used: usize, stride: usize, points: usize): void {
  for (let n: usize = 0; n < points; n++) {
    for (let at = used; at < stride; at += 4) store<f32>(values + n * stride + at, 0);
  }
}

/** From ∂loss/∂a to ∂loss/∂z of a level. With ReLU they share a buffer, and only what is off is set to 0. */
export function scaleBySlope(activation: usize, level: usize, points: usize): void {
  const bytes = points * <usize>load<u32>(level, LEVEL_STRIDE);
  const deltas = <usize>load<u32>(level, LEVEL_DELTAS);
  if (activation === RELU) {
    keepActive(<usize>load<u32>(level, LEVEL_VALUES), deltas, bytes);
    return;
  }
  const slopes = <usize>load<u32>(level, LEVEL_SLOPES);
  const gradients = <usize>load<u32>(level, LEVEL_VALUE_GRADIENTS);
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(deltas + at, f32x4.mul(v128.load(slopes + at), v128.load(gradients + at)));
  }
}

/** R{a} = f′(z) R{z} of a level. */
export function activateTangent(activation: usize, level: usize, points: usize): void {
  const bytes = points * <usize>load<u32>(level, LEVEL_STRIDE);
  const sums = <usize>load<u32>(level, LEVEL_R_SUMS);
  const rValues = <usize>load<u32>(level, LEVEL_R_VALUES);
  if (activation === RELU) {
    keepActive(<usize>load<u32>(level, LEVEL_VALUES), rValues, bytes);
    return;
  }
  const slopes = <usize>load<u32>(level, LEVEL_SLOPES);
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(rValues + at, f32x4.mul(v128.load(slopes + at), v128.load(sums + at)));
  }
}

/** From R{∂loss/∂a} to R{∂loss/∂z} of a level: f′(z) R{∂loss/∂a} + f″(z) R{z} ∂loss/∂a, in place. */
export function bendDeltas(activation: usize, level: usize, points: usize): void {
  const bytes = points * <usize>load<u32>(level, LEVEL_STRIDE);
  const values = <usize>load<u32>(level, LEVEL_VALUES);
  const rDeltas = <usize>load<u32>(level, LEVEL_R_DELTAS);
  if (activation === RELU) {
    keepActive(values, rDeltas, bytes);
    return;
  }
  const slopes = <usize>load<u32>(level, LEVEL_SLOPES);
  const sums = <usize>load<u32>(level, LEVEL_R_SUMS);
  const gradients = <usize>load<u32>(level, LEVEL_VALUE_GRADIENTS);
  for (let at: usize = 0; at < bytes; at += 16) {
    const slope = v128.load(slopes + at);
    const bend = curvature(activation, v128.load(values + at), slope);
    const second = f32x4.mul(f32x4.mul(bend, v128.load(sums + at)), v128.load(gradients + at));
    v128.store(rDeltas + at, f32x4.add(f32x4.mul(slope, v128.load(rDeltas + at)), second));
  }
}

/** f″ from value and slope. */
function curvature(activation: usize, value: v128, slope: v128): v128 {
  if (activation === TANH) return f32x4.mul(f32x4.splat(-2), f32x4.mul(value, slope));
  const one = f32x4.splat(1);
  if (activation === SIGMOID) return f32x4.mul(slope, f32x4.sub(one, f32x4.add(value, value)));
  return f32x4.mul(slope, f32x4.sub(one, slope));
}

/** Sets to 0 what belongs to units that the ReLU has switched off. */
function keepActive(values: usize, target: usize, bytes: usize): void {
  const zero = f32x4.splat(0);
  for (let at: usize = 0; at < bytes; at += 32) {
    v128.store(target + at, v128.and(v128.load(target + at), f32x4.ne(v128.load(values + at), zero)));
    v128.store(
      target + at,
      v128.and(v128.load(target + at, 16), f32x4.ne(v128.load(values + at, 16), zero)),
      16,
    );
  }
}
