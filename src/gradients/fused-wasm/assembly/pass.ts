// One forward and one backward pass of an MLP over N points (plain back-propagation, written out by hand; the float64
// version is models/mlp-pass.ts). What the loss is, head.ts says: it stands between the two passes.
import { activate, listActive, scaleBySlope } from './activation';
import { backRow, backRowOfFour, backRowOfTwo } from './back-rows';
import { combine } from './combine';
import { dot } from './dot';
import {
  CHUNK,
  LAYER_BIAS_AT,
  LAYER_INPUTS,
  LAYER_OUTPUTS,
  LAYER_ROW_STRIDE,
  LAYER_WEIGHTS_AT,
  LEVEL_DELTAS,
  LEVEL_LIST_STRIDE,
  LEVEL_LISTS,
  LEVEL_MASKS,
  LEVEL_STRIDE,
  LEVEL_VALUE_GRADIENTS,
  LEVEL_VALUES,
  NET_ACTIVATION,
  NET_LAYERS,
  NET_ONE,
  NET_ZEROS,
  PASS_POINT_LIST,
  PASS_POINTS,
  RELU,
} from './fields';
import { hasHinges, hingeBackward, hingeForward } from './hinges';
import { field, layerOf, levelOf, noFloor } from './records';
import { clear } from './vectors';

/** Runs the points in level 0 through the net; the result is the last level's values. */
export function forward(net: usize, pass: usize, params: usize): void {
  const last = field(net, NET_LAYERS) - 1;
  const activation = field(net, NET_ACTIVATION);
  const points = field(pass, PASS_POINTS);
  const floor = activation === RELU ? f32x4.splat(0) : noFloor();
  let l: usize = 0;
  if (hasHinges(pass)) {
    hingeForward(net, pass, params);
    if (last > 2) listActive(levelOf(pass, 2), points);
    l = 2;
  }
  for (; l < last; l++) {
    const level = levelOf(pass, l + 1);
    forwardHidden(layerOf(net, l), levelOf(pass, l), level, points, params, floor);
    if (activation !== RELU) activate(activation, level, points);
    // The last layer reads whole rows, in which what is off is 0.
    else if (l + 1 < last) listActive(level, points);
  }
  forwardOutput(layerOf(net, last), levelOf(pass, last), levelOf(pass, last + 1), points, params);
}

/** z = aW + b, cut at `floor`. */
function forwardHidden(
  layer: usize,
  from: usize,
  to: usize,
  points: usize,
  params: usize,
  floor: v128,
): void {
  const weights = params + field(layer, LAYER_WEIGHTS_AT);
  const bias = params + field(layer, LAYER_BIAS_AT);
  const rowStride = field(layer, LAYER_ROW_STRIDE);
  const listStride = field(from, LEVEL_LIST_STRIDE);
  const inStride = field(from, LEVEL_STRIDE);
  const outStride = field(to, LEVEL_STRIDE);
  let list = field(from, LEVEL_LISTS);
  let a = field(from, LEVEL_VALUES);
  let z = field(to, LEVEL_VALUES);
  for (let n: usize = 0; n < points; n++) {
    combine(list, a, 4, weights, rowStride, bias, z, floor, outStride);
    list += listStride;
    a += inStride;
    z += outStride;
  }
}

/** f = aW + b of the linear last layer, whose weights lie transposed: one row per output. */
function forwardOutput(layer: usize, from: usize, to: usize, points: usize, params: usize): void {
  const outputs = field(layer, LAYER_OUTPUTS);
  const bias = params + field(layer, LAYER_BIAS_AT);
  const rowStride = field(layer, LAYER_ROW_STRIDE);
  let a = field(from, LEVEL_VALUES);
  let f = field(to, LEVEL_VALUES);
  for (let n: usize = 0; n < points; n++) {
    let row = params + field(layer, LAYER_WEIGHTS_AT);
    for (let o: usize = 0; o < outputs; o++) {
      store<f32>(f, load<f32>(bias + (o << 2)) + dot(a, row, rowStride));
      row += rowStride;
      f += 4;
    }
    a += rowStride;
  }
}

/**
 * The gradient of the loss at the last forward pass, written to `gradient` (all of it, padding included), from the
 * output's deltas. Leaves every level's deltas and ∂loss/∂a for the R-operator.
 */
export function backward(net: usize, pass: usize, params: usize, gradient: usize): void {
  const last = field(net, NET_LAYERS) - 1;
  const activation = field(net, NET_ACTIVATION);
  const points = field(pass, PASS_POINTS);
  backwardOutput(net, pass, params, gradient);
  for (let l = last; l > 0; l--) {
    const level = levelOf(pass, l);
    if (l === last || activation !== RELU) scaleBySlope(activation, level, points);
    if (l === 2 && hasHinges(pass)) {
      hingeBackward(net, pass, params, gradient);
      return;
    }
    const layer = layerOf(net, l - 1);
    if (l > 1) backwardHidden(net, pass, params, gradient, l - 1);
    else firstLayerGradient(net, pass, layer, gradient);
    biasGradient(net, pass, level, gradient + field(layer, LAYER_BIAS_AT));
  }
}

/** Σ_n δ_n of a hidden level. */
function biasGradient(net: usize, pass: usize, level: usize, to: usize): void {
  const stride = field(level, LEVEL_STRIDE);
  const one = net + NET_ONE;
  const deltas = field(level, LEVEL_DELTAS);
  combine(field(pass, PASS_POINT_LIST), one, 0, deltas, stride, field(net, NET_ZEROS), to, noFloor(), stride);
}

/** The last layer's gradients, and ∂loss/∂a of the level below where there is one with parameters. */
function backwardOutput(net: usize, pass: usize, params: usize, gradient: usize): void {
  const last = field(net, NET_LAYERS) - 1;
  const layer = layerOf(net, last);
  const from = levelOf(pass, last);
  const outputs = field(layer, LAYER_OUTPUTS);
  const outBytes = outputs << 2;
  const points = field(pass, PASS_POINTS);
  const stride = field(layer, LAYER_ROW_STRIDE);
  const zeros = field(net, NET_ZEROS);
  const a = field(from, LEVEL_VALUES);
  const deltas = field(levelOf(pass, last + 1), LEVEL_DELTAS);
  const pointList = field(pass, PASS_POINT_LIST);
  for (let o: usize = 0; o < outputs; o++) {
    const at = o << 2;
    const row = gradient + field(layer, LAYER_WEIGHTS_AT) + o * stride;
    combine(pointList, deltas + at, outBytes, a, stride, zeros, row, noFloor(), stride);
    let sum: f32 = 0;
    for (let n: usize = 0; n < points; n++) sum += load<f32>(deltas + at + n * outBytes);
    store<f32>(gradient + field(layer, LAYER_BIAS_AT) + at, sum);
  }
  if (last === 0) return;
  const list = field(levelOf(pass, last + 1), LEVEL_LISTS);
  const weights = params + field(layer, LAYER_WEIGHTS_AT);
  let to = field(from, LEVEL_VALUE_GRADIENTS);
  for (let n: usize = 0; n < points; n++) {
    combine(list, deltas + n * outBytes, 4, weights, stride, zeros, to, noFloor(), stride);
    to += stride;
  }
}

/** Weight gradients of the first layer of several: nobody needs the input's deltas. */
function firstLayerGradient(net: usize, pass: usize, layer: usize, gradient: usize): void {
  const x = levelOf(pass, 0);
  const level = levelOf(pass, 1);
  const inputs = field(layer, LAYER_INPUTS);
  const stride = field(layer, LAYER_ROW_STRIDE);
  const list = field(pass, PASS_POINT_LIST);
  const deltas = field(level, LEVEL_DELTAS);
  const zeros = field(net, NET_ZEROS);
  let row = gradient + field(layer, LAYER_WEIGHTS_AT);
  for (let i: usize = 0; i < inputs; i++) {
    const values = field(x, LEVEL_VALUES) + (i << 2);
    combine(list, values, field(x, LEVEL_STRIDE), deltas, stride, zeros, row, noFloor(), stride);
    row += stride;
  }
}

/** Weight gradients of the layer above level l > 0, and that level's ∂loss/∂a where its units are active. */
function backwardHidden(net: usize, pass: usize, params: usize, gradient: usize, l: usize): void {
  const layer = layerOf(net, l);
  const level = levelOf(pass, l);
  const points = field(pass, PASS_POINTS);
  const units = field(layer, LAYER_INPUTS);
  const stride = field(level, LEVEL_STRIDE);
  const to = field(level, LEVEL_VALUE_GRADIENTS);
  // Only the sums of active units are written.
  clear(to, points * stride);
  const deltas = field(levelOf(pass, l + 1), LEVEL_DELTAS);
  const outStride = field(layer, LAYER_ROW_STRIDE);
  const weights = params + field(layer, LAYER_WEIGHTS_AT);
  const rows = gradient + field(layer, LAYER_WEIGHTS_AT);
  const values = field(level, LEVEL_VALUES);
  let masks = field(level, LEVEL_MASKS);
  for (let first: usize = 0; first < points; first += CHUNK) {
    const at = first * stride;
    const d = deltas + first * outStride;
    for (let i: usize = 0; i < units; i++) {
      const w = weights + i * outStride;
      const g = rows + i * outStride;
      const init = first === 0 ? field(net, NET_ZEROS) : g;
      const mask = load<u32>(masks + (i << 2));
      backUnit(mask, w, g, init, outStride, values + at + (i << 2), to + at + (i << 2), stride, d);
    }
    masks += stride;
  }
}

/** One unit of backwardHidden and the points of one chunk that have it active. */
function backUnit(
  mask: u32,
  w: usize,
  g: usize,
  init: usize,
  bytes: usize,
  a: usize,
  s: usize,
  stride: usize,
  deltas: usize,
): void {
  let left = popcnt(mask);
  if (left === 0 && init !== g) clear(g, bytes);
  for (; left >= 4; left -= 4) {
    const n0 = <usize>ctz(mask);
    mask &= mask - 1;
    const n1 = <usize>ctz(mask);
    mask &= mask - 1;
    const n2 = <usize>ctz(mask);
    mask &= mask - 1;
    const n3 = <usize>ctz(mask);
    mask &= mask - 1;
    const sums = backRowOfFour(
      w,
      g,
      init,
      bytes,
      v128.load_splat<f32>(a + n0 * stride),
      v128.load_splat<f32>(a + n1 * stride),
      v128.load_splat<f32>(a + n2 * stride),
      v128.load_splat<f32>(a + n3 * stride),
      deltas + n0 * bytes,
      deltas + n1 * bytes,
      deltas + n2 * bytes,
      deltas + n3 * bytes,
    );
    store<f32>(s + n0 * stride, f32x4.extract_lane(sums, 0));
    store<f32>(s + n1 * stride, f32x4.extract_lane(sums, 1));
    store<f32>(s + n2 * stride, f32x4.extract_lane(sums, 2));
    store<f32>(s + n3 * stride, f32x4.extract_lane(sums, 3));
    init = g;
  }
  if (left >= 2) {
    const n0 = <usize>ctz(mask);
    mask &= mask - 1;
    const n1 = <usize>ctz(mask);
    mask &= mask - 1;
    const sums = backRowOfTwo(
      w,
      g,
      init,
      bytes,
      v128.load_splat<f32>(a + n0 * stride),
      v128.load_splat<f32>(a + n1 * stride),
      deltas + n0 * bytes,
      deltas + n1 * bytes,
    );
    store<f32>(s + n0 * stride, f32x4.extract_lane(sums, 0) + f32x4.extract_lane(sums, 1));
    store<f32>(s + n1 * stride, f32x4.extract_lane(sums, 2) + f32x4.extract_lane(sums, 3));
    init = g;
    left -= 2;
  }
  if (left > 0) {
    const n = <usize>ctz(mask);
    const sum = backRow(w, g, init, bytes, v128.load_splat<f32>(a + n * stride), deltas + n * bytes);
    store<f32>(s + n * stride, sum);
  }
}
