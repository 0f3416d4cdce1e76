// The losses of policy gradients at the means: values, first derivatives in (mean, logStd) and their R-counterparts, for
// one chunk; the float64 version with the equations is ../reference-policy/heads.ts. In float64 here too: there are
// few numbers, and sums over many timesteps then add no rounding. z = (action − mean) / std.
import {
  DELTAS,
  POLICY_INVERSE_STD,
  POLICY_LAYERS,
  POLICY_LOG_STD,
  POLICY_LOG_STD_SUMS,
  POLICY_R_LOG_STD,
  R_DELTAS,
  R_SUMS,
  ROW_STRIDE,
  ROWS_ACTIONS,
  ROWS_ADVANTAGES,
  ROWS_COUNT,
  ROWS_OLD_LOG_PROBS,
  ROWS_OLD_LOG_STD,
  ROWS_OLD_MEANS,
  ROWS_OLD_VARIANCE,
  ROWS_RATIO_CLIP,
  SURROGATE,
  VALUES,
  WEIGHTS_OUTPUTS,
} from './policy-fields';
import { outputLevel, policyLayer } from './policy-pass';
import { field } from './records';

const LOG_TWO_PI = Math.log(2 * Math.PI);

/** A */
export function actionCount(net: usize): usize {
  return field(policyLayer(net, field(net, POLICY_LAYERS) - 1), WEIGHTS_OUTPUTS);
}

/** log π(a|s) for the actions at `actions` under the means at `means`. */
function logProb(net: usize, width: usize, actions: usize, means: usize): f64 {
  const logStd = field(net, POLICY_LOG_STD);
  const inverse = field(net, POLICY_INVERSE_STD);
  let sum: f64 = 0;
  for (let a: usize = 0; a < width; a++) {
    const distance = <f64>load<f32>(actions + (a << 2)) - <f64>load<f32>(means + (a << 2));
    const z = distance * load<f64>(inverse + (a << 3));
    sum -= 0.5 * (z * z + LOG_TWO_PI) + load<f64>(logStd + (a << 3));
  }
  return sum;
}

/** A loss's weight on the score of a timestep: advantage, times the ratio in SURROGATE, whose `logProb` is at hand. */
function weightOf(head: usize, rows: usize, n: usize, logProbability: f64): f64 {
  const advantage = <f64>load<f32>(field(rows, ROWS_ADVANTAGES) + (n << 2));
  if (head !== SURROGATE) return advantage;
  return Math.exp(logProbability - load<f64>(field(rows, ROWS_OLD_LOG_PROBS) + (n << 3))) * advantage;
}

/**
 * What a timestep counts for at most: advantage + c · |advantage| in SURROGATE, where all beyond it is clipped and has no
 * gradient. NaN, which nothing exceeds, where there is no such limit.
 */
function mostOf(head: usize, rows: usize, n: usize): f64 {
  if (head !== SURROGATE) return NaN;
  const advantage = <f64>load<f32>(field(rows, ROWS_ADVANTAGES) + (n << 2));
  return advantage + load<f64>(rows, ROWS_RATIO_CLIP) * Math.abs(advantage);
}

/** The sum of the loss over timesteps first … first + points − 1. */
export function headValue(net: usize, rows: usize, head: usize, first: usize, points: usize): f64 {
  const output = outputLevel(net);
  const width = actionCount(net);
  const stride = field(output, ROW_STRIDE);
  let actions = field(rows, ROWS_ACTIONS) + ((first * width) << 2);
  let means = field(output, VALUES);
  let sum: f64 = 0;
  for (let n: usize = 0; n < points; n++) {
    const logProbability = logProb(net, width, actions, means);
    const weight = weightOf(head, rows, first + n, logProbability);
    const most = mostOf(head, rows, first + n);
    if (weight > most) sum -= most;
    else sum -= head === SURROGATE ? weight : weight * logProbability;
    actions += width << 2;
    means += stride;
  }
  return sum;
}

/** headValue; writes the deltas of the mean over all timesteps and adds ∂/∂logStd to `logStdSums`. */
export function headGradient(
  net: usize,
  rows: usize,
  head: usize,
  first: usize,
  points: usize,
  logStdSums: usize,
): f64 {
  const output = outputLevel(net);
  const width = actionCount(net);
  const stride = field(output, ROW_STRIDE);
  const inverse = field(net, POLICY_INVERSE_STD);
  const share = -1 / <f64>field(rows, ROWS_COUNT);
  let actions = field(rows, ROWS_ACTIONS) + ((first * width) << 2);
  let means = field(output, VALUES);
  let deltas = field(output, DELTAS);
  let sum: f64 = 0;
  for (let n: usize = 0; n < points; n++) {
    const logProbability = logProb(net, width, actions, means);
    let weight = weightOf(head, rows, first + n, logProbability);
    const most = mostOf(head, rows, first + n);
    if (weight > most) {
      sum -= most;
      weight = 0;
    } else sum -= head === SURROGATE ? weight : weight * logProbability;
    const factor = share * weight;
    for (let a: usize = 0; a < width; a++) {
      const precision = load<f64>(inverse + (a << 3));
      const z = (<f64>load<f32>(actions + (a << 2)) - <f64>load<f32>(means + (a << 2))) * precision;
      store<f32>(deltas + (a << 2), <f32>(factor * z * precision));
      addAt(logStdSums + (a << 3), factor * (z * z - 1));
    }
    actions += width << 2;
    means += stride;
    deltas += stride;
  }
  return sum;
}

/** REINFORCE's R{deltas}, and R{∂/∂logStd} added to the sums, after policyTangentForward. */
export function reinforceTangent(net: usize, rows: usize, first: usize, points: usize): void {
  const output = outputLevel(net);
  const width = actionCount(net);
  const stride = field(output, ROW_STRIDE);
  const inverse = field(net, POLICY_INVERSE_STD);
  const rLogStds = field(net, POLICY_R_LOG_STD);
  const sums = field(net, POLICY_LOG_STD_SUMS);
  const share = -1 / <f64>field(rows, ROWS_COUNT);
  let advantages = field(rows, ROWS_ADVANTAGES) + (first << 2);
  let actions = field(rows, ROWS_ACTIONS) + ((first * width) << 2);
  let means = field(output, VALUES);
  let rMeans = field(output, R_SUMS);
  let rDeltas = field(output, R_DELTAS);
  for (let n: usize = 0; n < points; n++) {
    const factor = share * <f64>load<f32>(advantages);
    for (let a: usize = 0; a < width; a++) {
      const precision = load<f64>(inverse + (a << 3));
      const rLogStd = load<f64>(rLogStds + (a << 3));
      const z = (<f64>load<f32>(actions + (a << 2)) - <f64>load<f32>(means + (a << 2))) * precision;
      const rMean = <f64>load<f32>(rMeans + (a << 2)) * precision;
      store<f32>(rDeltas + (a << 2), <f32>(-factor * precision * (rMean + 2 * z * rLogStd)));
      addAt(sums + (a << 3), -2 * factor * z * (rMean + z * rLogStd));
    }
    advantages += 4;
    actions += width << 2;
    means += stride;
    rMeans += stride;
    rDeltas += stride;
  }
}

/** The Fisher matrix of (mean, logStd), diag(1/σ², 2), times the direction: its mean part to the outputs' deltas. */
export function fisherDeltas(net: usize, rows: usize, points: usize): void {
  const output = outputLevel(net);
  const width = actionCount(net);
  const stride = field(output, ROW_STRIDE);
  const inverse = field(net, POLICY_INVERSE_STD);
  const share = 1 / <f64>field(rows, ROWS_COUNT);
  let rMeans = field(output, R_SUMS);
  let deltas = field(output, DELTAS);
  for (let n: usize = 0; n < points; n++) {
    for (let a: usize = 0; a < width; a++) {
      const precision = load<f64>(inverse + (a << 3));
      const rMean = <f64>load<f32>(rMeans + (a << 2));
      store<f32>(deltas + (a << 2), <f32>(share * precision * precision * rMean));
    }
    rMeans += stride;
    deltas += stride;
  }
}

/** The sum of KL(old ‖ new) over the chunk. */
export function klValue(net: usize, rows: usize, first: usize, points: usize): f64 {
  const output = outputLevel(net);
  const width = actionCount(net);
  const stride = field(output, ROW_STRIDE);
  const logStd = field(net, POLICY_LOG_STD);
  const inverse = field(net, POLICY_INVERSE_STD);
  const oldLogStd = field(rows, ROWS_OLD_LOG_STD);
  const oldVariance = field(rows, ROWS_OLD_VARIANCE);
  let old = field(rows, ROWS_OLD_MEANS) + ((first * width) << 2);
  let means = field(output, VALUES);
  let sum: f64 = 0;
  for (let n: usize = 0; n < points; n++) {
    for (let a: usize = 0; a < width; a++) {
      const at = a << 3;
      const precision = load<f64>(inverse + at);
      const distance = <f64>load<f32>(means + (a << 2)) - <f64>load<f32>(old + (a << 2));
      const moment = (load<f64>(oldVariance + at) + distance * distance) * precision * precision;
      sum += load<f64>(logStd + at) - load<f64>(oldLogStd + at) + 0.5 * (moment - 1);
    }
    old += width << 2;
    means += stride;
  }
  return sum;
}

/** Keeps the chunk's means and log-probabilities as the old policy's. */
export function keepOld(net: usize, rows: usize, first: usize, points: usize): void {
  const output = outputLevel(net);
  const width = actionCount(net);
  const stride = field(output, ROW_STRIDE);
  let actions = field(rows, ROWS_ACTIONS) + ((first * width) << 2);
  let old = field(rows, ROWS_OLD_MEANS) + ((first * width) << 2);
  let logProbs = field(rows, ROWS_OLD_LOG_PROBS) + (first << 3);
  let means = field(output, VALUES);
  for (let n: usize = 0; n < points; n++) {
    store<f64>(logProbs, logProb(net, width, actions, means));
    for (let a: usize = 0; a < width; a++) store<f32>(old + (a << 2), load<f32>(means + (a << 2)));
    actions += width << 2;
    old += width << 2;
    logProbs += 8;
    means += stride;
  }
}

function addAt(sum: usize, value: f64): void {
  store<f64>(sum, load<f64>(sum) + value);
}
