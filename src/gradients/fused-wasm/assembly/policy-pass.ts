// One chunk of timesteps through the net of the means: forward, backward, and both under the R-operator (Pearlmutter
// 1994; R{q} = d/dr q(θ + r v) at r = 0). What the loss is, policy-heads.ts says, between the passes. Derivatives are
// added to the net's sums. The net record says where the chunk's rows are; policy-rows.ts sets it.
import { activateValues, bend, timesSlope } from './policy-activation';
import {
  BIAS_AT,
  DELTAS,
  POLICY_ACTIVATION,
  POLICY_LAYER_BYTES,
  POLICY_LAYER_RECORDS,
  POLICY_LAYERS,
  POLICY_LEVEL_0,
  POLICY_LEVEL_BYTES,
  POLICY_PARAMS,
  POLICY_SUMS,
  POLICY_VECTOR,
  POLICY_ZEROS,
  R_DELTAS,
  R_SUMS,
  R_VALUES,
  ROW_STRIDE,
  TRANSPOSED_AT,
  TRANSPOSED_STRIDE,
  VALUE_GRADIENTS,
  VALUES,
  WEIGHTS_AT,
  WEIGHTS_INPUTS,
  WEIGHTS_OUTPUTS,
} from './policy-fields';
import { addRows, multiply } from './policy-multiply';
import { field } from './records';

export function policyLayer(net: usize, l: usize): usize {
  return field(net, POLICY_LAYER_RECORDS) + l * POLICY_LAYER_BYTES;
}

/** Level 0 is the observations, the last one the means. */
export function policyLevel(net: usize, l: usize): usize {
  return net + POLICY_LEVEL_0 + l * POLICY_LEVEL_BYTES;
}

/** The last level's record. */
export function outputLevel(net: usize): usize {
  return policyLevel(net, field(net, POLICY_LAYERS));
}

/** to = init + from · W of the layer, the weights being those of the padded vector `params`. */
function throughLayer(
  layer: usize,
  params: usize,
  from: usize,
  fromStride: usize,
  init: usize,
  initStep: usize,
  to: usize,
  toStride: usize,
  points: usize,
): void {
  const weights = params + field(layer, WEIGHTS_AT);
  const inputs = field(layer, WEIGHTS_INPUTS);
  multiply(from, fromStride, 4, weights, toStride, inputs, init, initStep, to, toStride, points, toStride);
}

/** Values of all levels, from the observations on. */
export function policyForward(net: usize, points: usize): void {
  const layers = field(net, POLICY_LAYERS);
  const activation = field(net, POLICY_ACTIVATION);
  const params = field(net, POLICY_PARAMS);
  for (let l: usize = 0; l < layers; l++) {
    const layer = policyLayer(net, l);
    const from = policyLevel(net, l);
    const to = policyLevel(net, l + 1);
    const stride = field(to, ROW_STRIDE);
    const values = field(to, VALUES);
    const bias = params + field(layer, BIAS_AT);
    throughLayer(
      layer,
      params,
      field(from, VALUES),
      field(from, ROW_STRIDE),
      bias,
      0,
      values,
      stride,
      points,
    );
    if (l + 1 < layers) activateValues(activation, values, points * stride);
  }
}

/** to = init + from · Wᵀ of the layer. */
function backThroughLayer(
  layer: usize,
  params: usize,
  from: usize,
  fromStride: usize,
  init: usize,
  initStep: usize,
  to: usize,
  toStride: usize,
  points: usize,
): void {
  const transposed = params + field(layer, TRANSPOSED_AT);
  const rowStep = field(layer, TRANSPOSED_STRIDE);
  const outputs = field(layer, WEIGHTS_OUTPUTS);
  multiply(from, fromStride, 4, transposed, rowStep, outputs, init, initStep, to, toStride, points, toStride);
}

/** Adds valuesᵀ · deltas to the layer's weights in the sums. */
function addWeightGradient(
  net: usize,
  layer: usize,
  values: usize,
  valueStride: usize,
  deltas: usize,
  deltaStride: usize,
  points: usize,
): void {
  const sums = field(net, POLICY_SUMS) + field(layer, WEIGHTS_AT);
  const inputs = field(layer, WEIGHTS_INPUTS);
  multiply(
    values,
    4,
    valueStride,
    deltas,
    deltaStride,
    points,
    sums,
    deltaStride,
    sums,
    deltaStride,
    inputs,
    deltaStride,
  );
}

/**
 * From the outputs' deltas down: ∂loss/∂a and deltas of every hidden level and, where `wanted`, the parameters' gradients
 * added to the sums.
 */
export function policyBackward(net: usize, points: usize, wanted: bool): void {
  const activation = field(net, POLICY_ACTIVATION);
  const params = field(net, POLICY_PARAMS);
  const zeros = field(net, POLICY_ZEROS);
  for (let l = field(net, POLICY_LAYERS); l > 0; l--) {
    const layer = policyLayer(net, l - 1);
    const from = policyLevel(net, l);
    const to = policyLevel(net, l - 1);
    const deltas = field(from, DELTAS);
    const stride = field(from, ROW_STRIDE);
    const values = field(to, VALUES);
    const below = field(to, ROW_STRIDE);
    if (wanted) {
      addWeightGradient(net, layer, values, below, deltas, stride, points);
      addRows(deltas, stride, points, field(net, POLICY_SUMS) + field(layer, BIAS_AT), stride);
    }
    if (l === 1) return;
    const gradients = field(to, VALUE_GRADIENTS);
    backThroughLayer(layer, params, deltas, stride, zeros, 0, gradients, below, points);
    timesSlope(activation, values, gradients, field(to, DELTAS), points * below);
  }
}

/** The hidden levels' deltas from their ∂loss/∂a: what policyBackward left, without it. */
export function policyDeltas(net: usize, points: usize): void {
  const activation = field(net, POLICY_ACTIVATION);
  for (let l = field(net, POLICY_LAYERS) - 1; l > 0; l--) {
    const level = policyLevel(net, l);
    const bytes = points * field(level, ROW_STRIDE);
    timesSlope(activation, field(level, VALUES), field(level, VALUE_GRADIENTS), field(level, DELTAS), bytes);
  }
}

/** R{values} of all levels for the direction v, after policyForward. */
export function policyTangentForward(net: usize, points: usize): void {
  const layers = field(net, POLICY_LAYERS);
  const activation = field(net, POLICY_ACTIVATION);
  const params = field(net, POLICY_PARAMS);
  const vector = field(net, POLICY_VECTOR);
  for (let l: usize = 0; l < layers; l++) {
    const layer = policyLayer(net, l);
    const from = policyLevel(net, l);
    const to = policyLevel(net, l + 1);
    const stride = field(to, ROW_STRIDE);
    const below = field(from, ROW_STRIDE);
    const sums = field(to, R_SUMS);
    const bias = vector + field(layer, BIAS_AT);
    throughLayer(layer, vector, field(from, VALUES), below, bias, 0, sums, stride, points);
    // The observations have no tangent.
    if (l > 0) {
      throughLayer(layer, params, field(from, R_VALUES), below, sums, stride, sums, stride, points);
    }
    if (l + 1 < layers) {
      timesSlope(activation, field(to, VALUES), sums, field(to, R_VALUES), points * stride);
    }
  }
}

/** Adds ∇²loss · v to the sums, from the outputs' R{deltas}, where deltas, ∂loss/∂a and R{values} stand. */
export function policyTangentBackward(net: usize, points: usize): void {
  const activation = field(net, POLICY_ACTIVATION);
  const params = field(net, POLICY_PARAMS);
  const vector = field(net, POLICY_VECTOR);
  const zeros = field(net, POLICY_ZEROS);
  for (let l = field(net, POLICY_LAYERS); l > 0; l--) {
    const layer = policyLayer(net, l - 1);
    const from = policyLevel(net, l);
    const to = policyLevel(net, l - 1);
    const deltas = field(from, DELTAS);
    const rDeltas = field(from, R_DELTAS);
    const stride = field(from, ROW_STRIDE);
    const values = field(to, VALUES);
    const below = field(to, ROW_STRIDE);
    addWeightGradient(net, layer, values, below, rDeltas, stride, points);
    addRows(rDeltas, stride, points, field(net, POLICY_SUMS) + field(layer, BIAS_AT), stride);
    if (l === 1) return;
    addWeightGradient(net, layer, field(to, R_VALUES), below, deltas, stride, points);
    const bent = field(to, R_DELTAS);
    backThroughLayer(layer, params, rDeltas, stride, zeros, 0, bent, below, points);
    backThroughLayer(layer, vector, deltas, stride, bent, below, bent, below, points);
    bend(activation, values, field(to, VALUE_GRADIENTS), field(to, R_SUMS), bent, points * below);
  }
}
