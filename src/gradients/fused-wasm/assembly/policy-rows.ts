// One task's timesteps through a policy, chunk after chunk: losses, gradients and curvature products, which the caller
// (../policy-rows.ts) finds in the net's sums. Where the timesteps have room to keep their passes, a call may be told
// that the values, or ∂loss/∂a too, still stand from the call before.
import {
  KEPT_AT,
  OWN_VALUE_GRADIENTS,
  OWN_VALUES,
  POLICY_CHUNK,
  POLICY_LAYERS,
  POLICY_LOG_STD_SUMS,
  POLICY_R_LOG_STD,
  POLICY_SPARE,
  POLICY_SUM_BYTES,
  POLICY_SUMS,
  POLICY_VALUES,
  REINFORCE,
  ROW_STRIDE,
  ROWS_COUNT,
  ROWS_KEPT_GRADIENTS,
  ROWS_KEPT_VALUES,
  ROWS_OBSERVATIONS,
  SURROGATE,
  VALUE_GRADIENTS,
  VALUES,
} from './policy-fields';
import {
  actionCount,
  fisherDeltas,
  headGradient,
  headValue,
  keepOld,
  klValue,
  reinforceTangent,
} from './policy-heads';
import {
  policyBackward,
  policyDeltas,
  policyForward,
  policyLevel,
  policyTangentBackward,
  policyTangentForward,
} from './policy-pass';
import { field } from './records';

/** Points the net's levels at the chunk from `first` on; returns its timesteps. */
function bindChunk(net: usize, rows: usize, first: usize): usize {
  const count = field(rows, ROWS_COUNT);
  const layers = field(net, POLICY_LAYERS);
  const keptValues = field(rows, ROWS_KEPT_VALUES);
  const keptGradients = field(rows, ROWS_KEPT_GRADIENTS);
  const observations = policyLevel(net, 0);
  const seen = field(rows, ROWS_OBSERVATIONS) + first * field(observations, ROW_STRIDE);
  store<u32>(observations + VALUES, <u32>seen);
  for (let l: usize = 1; l <= layers; l++) {
    const level = policyLevel(net, l);
    const at = count * field(level, KEPT_AT) + first * field(level, ROW_STRIDE);
    const values = keptValues !== 0 ? keptValues + at : field(level, OWN_VALUES);
    const gradients = keptGradients !== 0 ? keptGradients + at : field(level, OWN_VALUE_GRADIENTS);
    store<u32>(level + VALUES, <u32>values);
    store<u32>(level + VALUE_GRADIENTS, <u32>gradients);
  }
  return min<usize>(POLICY_CHUNK, count - first);
}

function clearSums(net: usize): void {
  const sums = field(net, POLICY_SUMS);
  const bytes = field(net, POLICY_SUM_BYTES);
  for (let at: usize = 0; at < bytes; at += 16) v128.store(sums + at, i32x4.splat(0));
  const logStdSums = field(net, POLICY_LOG_STD_SUMS);
  const width = actionCount(net);
  for (let a: usize = 0; a < width; a++) store<f64>(logStdSums + (a << 3), 0);
}

/** The mean loss of `head` (REINFORCE or SURROGATE), its gradient to the sums. */
export function policyGradient(net: usize, rows: usize, head: usize, haveValues: bool): f64 {
  const count = field(rows, ROWS_COUNT);
  clearSums(net);
  let loss: f64 = 0;
  for (let first: usize = 0; first < count; first += POLICY_CHUNK) {
    const points = bindChunk(net, rows, first);
    if (!haveValues) policyForward(net, points);
    loss += headGradient(net, rows, head, first, points, field(net, POLICY_LOG_STD_SUMS));
    policyBackward(net, points, true);
  }
  return loss / <f64>count;
}

/** REINFORCE's mean loss. */
export function policyInnerLoss(net: usize, rows: usize, haveValues: bool): f64 {
  const count = field(rows, ROWS_COUNT);
  let loss: f64 = 0;
  for (let first: usize = 0; first < count; first += POLICY_CHUNK) {
    const points = bindChunk(net, rows, first);
    if (!haveValues) policyForward(net, points);
    loss += headValue(net, rows, REINFORCE, first, points);
  }
  return loss / <f64>count;
}

/** The Hessian of REINFORCE's mean loss times v, to the sums. */
export function policyHessian(net: usize, rows: usize, haveValues: bool, haveGradients: bool): void {
  const count = field(rows, ROWS_COUNT);
  clearSums(net);
  for (let first: usize = 0; first < count; first += POLICY_CHUNK) {
    const points = bindChunk(net, rows, first);
    if (!haveValues) policyForward(net, points);
    headGradient(net, rows, REINFORCE, first, points, field(net, POLICY_SPARE));
    if (haveGradients) policyDeltas(net, points);
    else policyBackward(net, points, false);
    policyTangentForward(net, points);
    reinforceTangent(net, rows, first, points);
    policyTangentBackward(net, points);
  }
}

/** The mean Fisher matrix times v, to the sums. */
export function policyFisher(net: usize, rows: usize, haveValues: bool): void {
  const count = field(rows, ROWS_COUNT);
  clearSums(net);
  for (let first: usize = 0; first < count; first += POLICY_CHUNK) {
    const points = bindChunk(net, rows, first);
    if (!haveValues) policyForward(net, points);
    policyTangentForward(net, points);
    fisherDeltas(net, rows, points);
    policyBackward(net, points, true);
  }
  const width = actionCount(net);
  const rLogStd = field(net, POLICY_R_LOG_STD);
  const sums = field(net, POLICY_LOG_STD_SUMS);
  for (let at: usize = 0; at < width << 3; at += 8) store<f64>(sums + at, 2 * load<f64>(rLogStd + at));
}

/** Keeps this policy's means and log-probabilities as the old ones. */
export function policyRemember(net: usize, rows: usize, haveValues: bool): void {
  const count = field(rows, ROWS_COUNT);
  for (let first: usize = 0; first < count; first += POLICY_CHUNK) {
    const points = bindChunk(net, rows, first);
    if (!haveValues) policyForward(net, points);
    keepOld(net, rows, first, points);
  }
}

/** Mean surrogate loss and mean KL(old ‖ new), to the net's values. */
export function policyEvaluate(net: usize, rows: usize, haveValues: bool): void {
  const count = field(rows, ROWS_COUNT);
  let surrogate: f64 = 0;
  let kl: f64 = 0;
  for (let first: usize = 0; first < count; first += POLICY_CHUNK) {
    const points = bindChunk(net, rows, first);
    if (!haveValues) policyForward(net, points);
    surrogate += headValue(net, rows, SURROGATE, first, points);
    kl += klValue(net, rows, first, points);
  }
  const values = field(net, POLICY_VALUES);
  store<f64>(values, surrogate / <f64>count);
  store<f64>(values, kl / <f64>count, 8);
}

/** The means of `count` observations [count, O], as [count, A]. */
export function policyMeans(net: usize, observations: usize, count: usize, means: usize): void {
  const layers = field(net, POLICY_LAYERS);
  const input = policyLevel(net, 0);
  const output = policyLevel(net, layers);
  const width = actionCount(net);
  for (let l: usize = 1; l <= layers; l++) {
    const level = policyLevel(net, l);
    store<u32>(level + VALUES, load<u32>(level + OWN_VALUES));
  }
  for (let first: usize = 0; first < count; first += POLICY_CHUNK) {
    const points = min<usize>(POLICY_CHUNK, count - first);
    store<u32>(input + VALUES, <u32>(observations + first * field(input, ROW_STRIDE)));
    policyForward(net, points);
    let from = field(output, VALUES);
    for (let n: usize = 0; n < points; n++) {
      for (let a: usize = 0; a < width; a++) store<f32>(means + (a << 2), load<f32>(from + (a << 2)));
      means += width << 2;
      from += field(output, ROW_STRIDE);
    }
  }
}
