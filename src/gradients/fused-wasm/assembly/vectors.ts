// Parameter vectors: between the flat layout [W1, b1, W2, b2, …] and the kernels' padded one, and sums of whole vectors.
// Padded: rows filled up with zeros, the last layer's weights transposed. `bytes` is a multiple of 32.
import { sumLanes } from './dot';
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
      else copyRow(flat, weights + i * stride, outBytes);
      flat += outBytes;
    }
    copyRow(flat, padded + field(layer, LAYER_BIAS_AT), outBytes);
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
      else copyRow(weights + i * stride, flat, outBytes);
      flat += outBytes;
    }
    copyRow(padded + field(layer, LAYER_BIAS_AT), flat, outBytes);
    flat += outBytes;
  }
}

function copyRow(from: usize, to: usize, bytes: usize): void {
  const vectors = bytes & ~15;
  let at: usize = 0;
  for (; at < vectors; at += 16) v128.store(to + at, v128.load(from + at));
  for (; at < bytes; at += 4) store<f32>(to + at, load<f32>(from + at));
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

/** v ← factor · v */
export function scaleBy(v: usize, factor: f32, bytes: usize): void {
  const factors = f32x4.splat(factor);
  for (let at: usize = 0; at < bytes; at += 16) v128.store(v + at, f32x4.mul(factors, v128.load(v + at)));
}

/** sum += a */
export function addTo(sum: usize, a: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(sum + at, f32x4.add(v128.load(sum + at), v128.load(a + at)));
  }
}

/** sum += a∘b */
export function addProduct(sum: usize, a: usize, b: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) {
    const product = f32x4.mul(v128.load(a + at), v128.load(b + at));
    v128.store(sum + at, f32x4.add(v128.load(sum + at), product));
  }
}

/** sum −= a∘b */
export function subtractProduct(sum: usize, a: usize, b: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) {
    const product = f32x4.mul(v128.load(a + at), v128.load(b + at));
    v128.store(sum + at, f32x4.sub(v128.load(sum + at), product));
  }
}

/** ‖a‖² */
export function squaredNorm(a: usize, bytes: usize): f32 {
  let even = f32x4.splat(0);
  let odd = f32x4.splat(0);
  for (let at: usize = 0; at < bytes; at += 32) {
    const first = v128.load(a + at);
    const second = v128.load(a + at, 16);
    even = f32x4.add(even, f32x4.mul(first, first));
    odd = f32x4.add(odd, f32x4.mul(second, second));
  }
  return sumLanes(f32x4.add(even, odd));
}

/** Sets to 0. Not memory.fill, whose call costs as much as a row's work. */
export function clear(target: usize, bytes: usize): void {
  const zero = i32x4.splat(0);
  for (let at: usize = 0; at < bytes; at += 32) {
    v128.store(target + at, zero);
    v128.store(target + at, zero, 16);
  }
}

/** First byte of the memory that belongs to the caller. */
export function arenaStart(): usize {
  return __heap_base;
}
