// The product of the loss's Hessian with a vector, exactly: Pearlmutter's R-operator ("Fast exact multiplication by the
// Hessian", 1994) applied to pass.ts. R{q} = d/dr q(θ + r v) at r = 0. Between the two halves head.ts gives R{δ} at the
// output.
import { activateTangent, bendDeltas } from './activation';
import { tangentBackRow, tangentBackRowOfTwo } from './back-rows-tangent';
import { combine } from './combine';
import { combineTwo } from './combine-two';
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
  LEVEL_R_DELTAS,
  LEVEL_R_SUMS,
  LEVEL_R_VALUES,
  LEVEL_STRIDE,
  LEVEL_VALUES,
  NET_ACTIVATION,
  NET_LAYERS,
  NET_ONE,
  NET_ZEROS,
  PASS_POINT_LIST,
  PASS_POINTS,
  RELU,
} from './fields';
import { hasHinges, hingeTangentBackward, hingeTangentForward } from './hinges';
import { field, layerOf, levelOf, noFloor } from './records';
import { clear } from './vectors';

/** R{f} at the last forward pass of `pass`, in the output level's R-values. */
export function tangentForward(net: usize, pass: usize, params: usize, vector: usize): void {
  const last = field(net, NET_LAYERS) - 1;
  const activation = field(net, NET_ACTIVATION);
  const points = field(pass, PASS_POINTS);
  let l: usize = 0;
  if (hasHinges(pass)) {
    hingeTangentForward(net, pass, params, vector);
    activateTangent(activation, levelOf(pass, 2), points);
    l = 2;
  }
  for (; l < last; l++) {
    tangentForwardHidden(layerOf(net, l), levelOf(pass, l), levelOf(pass, l + 1), points, params, vector, l);
    activateTangent(activation, levelOf(pass, l + 1), points);
  }
  tangentForwardOutput(
    layerOf(net, last),
    levelOf(pass, last),
    levelOf(pass, last + 1),
    points,
    params,
    vector,
    last,
  );
}

/** R{z} = a V + R{a} W + R{b}; the input has no tangent. */
function tangentForwardHidden(
  layer: usize,
  from: usize,
  to: usize,
  points: usize,
  params: usize,
  vector: usize,
  l: usize,
): void {
  const weights = params + field(layer, LAYER_WEIGHTS_AT);
  const tangents = vector + field(layer, LAYER_WEIGHTS_AT);
  const bias = vector + field(layer, LAYER_BIAS_AT);
  const rowStride = field(layer, LAYER_ROW_STRIDE);
  const listStride = field(from, LEVEL_LIST_STRIDE);
  const inStride = field(from, LEVEL_STRIDE);
  let list = field(from, LEVEL_LISTS);
  let a = field(from, LEVEL_VALUES);
  let ra = field(from, LEVEL_R_VALUES);
  let rz = field(to, LEVEL_R_SUMS);
  for (let n: usize = 0; n < points; n++) {
    if (l === 0) combine(list, a, 4, tangents, rowStride, bias, rz, noFloor(), rowStride);
    else combineTwo(list, a, 4, tangents, ra, weights, rowStride, bias, rz, rowStride);
    list += listStride;
    a += inStride;
    ra += inStride;
    rz += rowStride;
  }
}

function tangentForwardOutput(
  layer: usize,
  from: usize,
  to: usize,
  points: usize,
  params: usize,
  vector: usize,
  l: usize,
): void {
  const outputs = field(layer, LAYER_OUTPUTS);
  const weightsAt = field(layer, LAYER_WEIGHTS_AT);
  const bias = vector + field(layer, LAYER_BIAS_AT);
  const stride = field(layer, LAYER_ROW_STRIDE);
  let rf = field(to, LEVEL_R_VALUES);
  for (let n: usize = 0; n < points; n++) {
    const a = field(from, LEVEL_VALUES) + n * stride;
    const ra = field(from, LEVEL_R_VALUES) + n * stride;
    for (let o: usize = 0; o < outputs; o++) {
      const row = weightsAt + o * stride;
      let sum = load<f32>(bias + (o << 2)) + dot(a, vector + row, stride);
      if (l > 0) sum += dot(ra, params + row, stride);
      store<f32>(rf, sum);
      rf += 4;
    }
  }
}

/** Adds ∇²L(θ) v to `product`, from R{δ} at the output; after backward and tangentForward of the same pass. */
export function tangentBackward(net: usize, pass: usize, params: usize, vector: usize, product: usize): void {
  const last = field(net, NET_LAYERS) - 1;
  const activation = field(net, NET_ACTIVATION);
  const points = field(pass, PASS_POINTS);
  tangentBackwardOutput(net, pass, params, vector, product);
  for (let l = last; l > 0; l--) {
    const level = levelOf(pass, l);
    const stride = field(level, LEVEL_STRIDE);
    const rDeltas = field(level, LEVEL_R_DELTAS);
    // Below the top, what a ReLU has switched off was never written.
    if (l === last || activation !== RELU) bendDeltas(activation, level, points);
    if (l === 2 && hasHinges(pass)) {
      hingeTangentBackward(net, pass, params, vector, product);
      return;
    }
    const layer = layerOf(net, l - 1);
    if (l > 1) tangentBackwardHidden(net, pass, params, vector, product, l - 1);
    else tangentFirstLayer(pass, layer, product);
    const bias = product + field(layer, LAYER_BIAS_AT);
    combine(field(pass, PASS_POINT_LIST), net + NET_ONE, 0, rDeltas, stride, bias, bias, noFloor(), stride);
  }
}

/** Adds R{gradients} of the last layer, and sets R{∂loss/∂a} of the level below. */
function tangentBackwardOutput(net: usize, pass: usize, params: usize, vector: usize, product: usize): void {
  const last = field(net, NET_LAYERS) - 1;
  const layer = layerOf(net, last);
  const from = levelOf(pass, last);
  const output = levelOf(pass, last + 1);
  const outputs = field(layer, LAYER_OUTPUTS);
  const outBytes = outputs << 2;
  const points = field(pass, PASS_POINTS);
  const stride = field(layer, LAYER_ROW_STRIDE);
  const weightsAt = field(layer, LAYER_WEIGHTS_AT);
  const a = field(from, LEVEL_VALUES);
  const ra = field(from, LEVEL_R_VALUES);
  const deltas = field(output, LEVEL_DELTAS);
  const rDeltas = field(output, LEVEL_R_DELTAS);
  const list = field(pass, PASS_POINT_LIST);
  for (let o: usize = 0; o < outputs; o++) {
    const at = o << 2;
    const g = product + weightsAt + o * stride;
    if (last === 0) combine(list, rDeltas + at, outBytes, a, stride, g, g, noFloor(), stride);
    else combineTwo(list, rDeltas + at, outBytes, a, deltas + at, ra, stride, g, g, stride);
    const bias = product + field(layer, LAYER_BIAS_AT) + at;
    let sum = load<f32>(bias);
    for (let n: usize = 0; n < points; n++) sum += load<f32>(rDeltas + at + n * outBytes);
    store<f32>(bias, sum);
  }
  if (last === 0) return;
  const outputList = field(output, LEVEL_LISTS);
  const zeros = field(net, NET_ZEROS);
  let to = field(from, LEVEL_R_DELTAS);
  for (let n: usize = 0; n < points; n++) {
    const d = deltas + n * outBytes;
    const rd = rDeltas + n * outBytes;
    combineTwo(outputList, rd, 4, params + weightsAt, d, vector + weightsAt, stride, zeros, to, stride);
    to += stride;
  }
}

/** Adds R{weight gradients} of the first layer of several. */
function tangentFirstLayer(pass: usize, layer: usize, product: usize): void {
  const x = levelOf(pass, 0);
  const inputs = field(layer, LAYER_INPUTS);
  const stride = field(layer, LAYER_ROW_STRIDE);
  const list = field(pass, PASS_POINT_LIST);
  const rDeltas = field(levelOf(pass, 1), LEVEL_R_DELTAS);
  let row = product + field(layer, LAYER_WEIGHTS_AT);
  for (let i: usize = 0; i < inputs; i++) {
    const values = field(x, LEVEL_VALUES) + (i << 2);
    combine(list, values, field(x, LEVEL_STRIDE), rDeltas, stride, row, row, noFloor(), stride);
    row += stride;
  }
}

/** Adds R{weight gradients} of the layer above level l > 0, and sets that level's R{∂loss/∂a} where it is active. */
function tangentBackwardHidden(
  net: usize,
  pass: usize,
  params: usize,
  vector: usize,
  product: usize,
  l: usize,
): void {
  const layer = layerOf(net, l);
  const level = levelOf(pass, l);
  const above = levelOf(pass, l + 1);
  const points = field(pass, PASS_POINTS);
  const units = field(layer, LAYER_INPUTS);
  const stride = field(level, LEVEL_STRIDE);
  const outStride = field(layer, LAYER_ROW_STRIDE);
  const weightsAt = field(layer, LAYER_WEIGHTS_AT);
  const to = field(level, LEVEL_R_DELTAS);
  clear(to, points * stride);
  let masks = field(level, LEVEL_MASKS);
  for (let first: usize = 0; first < points; first += CHUNK) {
    const at = first * stride;
    const d = field(above, LEVEL_DELTAS) + first * outStride;
    const rd = field(above, LEVEL_R_DELTAS) + first * outStride;
    const a = field(level, LEVEL_VALUES) + at;
    const ra = field(level, LEVEL_R_VALUES) + at;
    for (let i: usize = 0; i < units; i++) {
      const row = weightsAt + i * outStride;
      const unit = i << 2;
      tangentBackUnit(
        load<u32>(masks + unit),
        params + row,
        vector + row,
        product + row,
        outStride,
        a + unit,
        ra + unit,
        to + at + unit,
        stride,
        d,
        rd,
      );
    }
    masks += stride;
  }
}

/** One unit of tangentBackwardHidden and the points of one chunk that have it active. */
function tangentBackUnit(
  mask: u32,
  w: usize,
  v: usize,
  g: usize,
  bytes: usize,
  a: usize,
  ra: usize,
  s: usize,
  stride: usize,
  d: usize,
  rd: usize,
): void {
  let left = popcnt(mask);
  for (; left >= 2; left -= 2) {
    const n0 = <usize>ctz(mask);
    mask &= mask - 1;
    const n1 = <usize>ctz(mask);
    mask &= mask - 1;
    const sums = tangentBackRowOfTwo(
      w,
      v,
      g,
      bytes,
      v128.load_splat<f32>(a + n0 * stride),
      v128.load_splat<f32>(ra + n0 * stride),
      v128.load_splat<f32>(a + n1 * stride),
      v128.load_splat<f32>(ra + n1 * stride),
      d + n0 * bytes,
      rd + n0 * bytes,
      d + n1 * bytes,
      rd + n1 * bytes,
    );
    store<f32>(s + n0 * stride, f32x4.extract_lane(sums, 0) + f32x4.extract_lane(sums, 1));
    store<f32>(s + n1 * stride, f32x4.extract_lane(sums, 2) + f32x4.extract_lane(sums, 3));
  }
  if (left > 0) {
    const n = <usize>ctz(mask);
    const aN = v128.load_splat<f32>(a + n * stride);
    const raN = v128.load_splat<f32>(ra + n * stride);
    store<f32>(s + n * stride, tangentBackRow(w, v, g, bytes, aN, raN, d + n * bytes, rd + n * bytes));
  }
}
