// Parameter vectors: between the flat layout [W1, b1, W2, b2, …] and the kernels' padded one, and sums of whole vectors.
// Padded: rows filled up with zeros, the last layer's weights transposed. `bytes` is a multiple of 32.
import {
  LAYER_BIAS_AT,
  LAYER_INPUTS,
  LAYER_OUTPUTS,
  LAYER_ROW_STRIDE,
  LAYER_WEIGHTS_AT,
  NET_LAYERS,
} from './fields';
import { field, layerOf } from './records';

/** Writes the flat vector into the padded one, whose padding must be 0 already. */
export function packParams(net: usize, flat: usize, padded: usize): void {
  const layers = field(net, NET_LAYERS);
  for (let l: usize = 0; l < layers; l++) {
    const layer = layerOf(net, l);
    const inputs = field(layer, LAYER_INPUTS);
    const outBytes = field(layer, LAYER_OUTPUTS) << 2;
    const stride = field(layer, LAYER_ROW_STRIDE);
    const weights = padded + field(layer, LAYER_WEIGHTS_AT);
    for (let i: usize = 0; i < inputs; i++) {
      if (l === layers - 1) copyStrided(flat, 4, weights + (i << 2), stride, outBytes);
      else memory.copy(weights + i * stride, flat, outBytes);
      flat += outBytes;
    }
    memory.copy(padded + field(layer, LAYER_BIAS_AT), flat, outBytes);
    flat += outBytes;
  }
}

/** The inverse of packParams. */
export function unpackParams(net: usize, padded: usize, flat: usize): void {
  const layers = field(net, NET_LAYERS);
  for (let l: usize = 0; l < layers; l++) {
    const layer = layerOf(net, l);
    const inputs = field(layer, LAYER_INPUTS);
    const outBytes = field(layer, LAYER_OUTPUTS) << 2;
    const stride = field(layer, LAYER_ROW_STRIDE);
    const weights = padded + field(layer, LAYER_WEIGHTS_AT);
    for (let i: usize = 0; i < inputs; i++) {
      if (l === layers - 1) copyStrided(weights + (i << 2), stride, flat, 4, outBytes);
      else memory.copy(flat, weights + i * stride, outBytes);
      flat += outBytes;
    }
    memory.copy(flat, padded + field(layer, LAYER_BIAS_AT), outBytes);
    flat += outBytes;
  }
}

function copyStrided(from: usize, fromStride: usize, to: usize, toStride: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 4) {
    store<f32>(to, load<f32>(from));
    from += fromStride;
    to += toStride;
  }
}

/** next = θ − α∘g */
export function descend(params: usize, alpha: usize, gradient: usize, next: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) {
    const step = f32x4.mul(v128.load(alpha + at), v128.load(gradient + at));
    v128.store(next + at, f32x4.sub(v128.load(params + at), step));
  }
}

/** u = −α∘v */
export function scaleNegative(alpha: usize, v: usize, u: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(u + at, f32x4.neg(f32x4.mul(v128.load(alpha + at), v128.load(v + at))));
  }
}

/** sum += a */
export function addTo(sum: usize, a: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(sum + at, f32x4.add(v128.load(sum + at), v128.load(a + at)));
  }
}

/** sum += a − b */
export function addDifference(sum: usize, a: usize, b: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) {
    const difference = f32x4.sub(v128.load(a + at), v128.load(b + at));
    v128.store(sum + at, f32x4.add(v128.load(sum + at), difference));
  }
}

/** sum −= a∘b */
export function subtractProduct(sum: usize, a: usize, b: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) {
    const product = f32x4.mul(v128.load(a + at), v128.load(b + at));
    v128.store(sum + at, f32x4.sub(v128.load(sum + at), product));
  }
}

/** ‖a‖²; four float32 sums per lane pair, added in float64. */
export function squaredNorm(a: usize, bytes: usize): f64 {
  let even = f64x2.splat(0);
  let odd = f64x2.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    const row = v128.load(a + at);
    const low = f64x2.promote_low_f32x4(row);
    const high = f64x2.promote_low_f32x4(i64x2.shuffle(row, row, 1, 0));
    even = f64x2.add(even, f64x2.mul(low, low));
    odd = f64x2.add(odd, f64x2.mul(high, high));
  }
  const sum = f64x2.add(even, odd);
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

/** First byte of the memory that belongs to the caller. */
export function arenaStart(): usize {
  return __heap_base;
}
