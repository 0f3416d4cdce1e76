// A diagonal Gaussian policy: an MLP gives the mean of the actions, a vector logStd that no state changes their
// spread. Flat parameters: the MLP's [W1, b1, …] (mlp-shape.ts), then logStd [A]. Losses' derivatives: gradients/.
import type { Initialisation } from '../experiment/experiment.ts';
import type { FloatArray } from '../math/arrays.ts';
import { exp } from '../math/elementary.ts';
import { type Key, normal } from '../math/rng.ts';
import { initialiseParams } from './initialise.ts';
import type { InnerLearningRate } from './inner-learning-rate.ts';
import { expandAlpha } from './mlp-arrays.ts';
import { createPass, forwardPass } from './mlp-pass.ts';
import { layerRanges, type MlpShape, parameterCount } from './mlp-shape.ts';

/** The net of the means: observations in, actions out. */
export interface GaussianPolicyShape extends MlpShape {
  /** logStd never acts below this (the stored parameter may); unbounded unless given. */
  readonly minLogStd?: number;
}

const LOG_TWO_PI = Math.log(2 * Math.PI);

/** A, the number of actions. */
export function actionSize(shape: GaussianPolicyShape): number {
  return shape.sizes[shape.sizes.length - 1]!;
}

/** P, the length of the flat vector: the net's parameters and A logStds. */
export function policyParameterCount(shape: GaussianPolicyShape): number {
  return parameterCount(shape) + actionSize(shape);
}

/** New parameters [P]: the net as initialiseParams draws it, every logStd at `logStd`. */
export function initialisePolicy(
  shape: GaussianPolicyShape,
  initialisation: Initialisation,
  key: Key,
  logStd = 0,
): Float32Array {
  const params = new Float32Array(policyParameterCount(shape)).fill(logStd);
  params.set(initialiseParams(shape, initialisation, key));
  return params;
}

/** The logStds that act, [A]: those of `params` [P], raised to minLogStd. */
export function actingLogStd(shape: GaussianPolicyShape, params: FloatArray): Float64Array {
  const least = shape.minLogStd ?? Number.NEGATIVE_INFINITY;
  return Float64Array.from(params.subarray(parameterCount(shape)), (value) => Math.max(value, least));
}

/** α for every parameter: [P]. In mode 'layer' the last of the layers + 1 values is logStd's. */
export function expandPolicyAlpha(shape: GaussianPolicyShape, alpha: InnerLearningRate): Float64Array {
  const expected = alphaCount(shape, alpha.mode);
  if (alpha.values.length !== expected) {
    throw new RangeError(
      `Inner learning rate of mode '${alpha.mode}': got ${alpha.values.length} values, expected ${expected} for a ` +
        `Gaussian policy of widths ${shape.sizes.join('-')}, its logStd included. Change the mode or the values.`,
    );
  }
  if (alpha.mode === 'parameter') return new Float64Array(alpha.values);
  const expanded = new Float64Array(policyParameterCount(shape)).fill(alpha.values[expected - 1]!);
  const net = alpha.mode === 'layer' ? alpha.values.subarray(0, expected - 1) : alpha.values;
  expanded.set(expandAlpha(shape, { mode: alpha.mode, values: net }));
  return expanded;
}

/** How many values an α of that mode has: 1, layers + 1, or P. */
export function alphaCount(shape: GaussianPolicyShape, mode: InnerLearningRate['mode']): number {
  return { scalar: 1, layer: layerRanges(shape).length + 1, parameter: policyParameterCount(shape) }[mode];
}

/** Sums a quantity per parameter [P] into α's layout: the transpose of expandPolicyAlpha. */
export function gatherPolicyAlpha(
  shape: GaussianPolicyShape,
  mode: InnerLearningRate['mode'],
  perParameter: Float64Array,
): Float64Array {
  if (mode === 'parameter') return perParameter.slice();
  const sumOf = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);
  if (mode === 'scalar') return Float64Array.of(sumOf(perParameter));
  const ends = [...layerRanges(shape).map((range) => range.end), perParameter.length];
  return Float64Array.from(ends, (end, at) =>
    sumOf(perParameter.subarray(at === 0 ? 0 : ends[at - 1]!, end)),
  );
}

/** One policy at work on `rows` observations at a time; see createActor. */
export interface GaussianActor {
  /** [A] */
  readonly std: Float64Array;
  /** Means [rows, A] for observations [rows, O]; overwritten by the next call. */
  means(observations: FloatArray): Float64Array;
}

/** The policy `params` [P] with buffers for exactly `rows` observations. Throws when params do not fit the shape. */
export function createActor(shape: GaussianPolicyShape, params: FloatArray, rows: number): GaussianActor {
  assertPolicyParams(shape, params);
  const theta = new Float64Array(params);
  const pass = createPass(shape, rows);
  const { values } = pass.levels[pass.levels.length - 1]!;
  return {
    std: actingLogStd(shape, params).map((value) => exp(value)),
    means(observations) {
      forwardPass(pass, theta, observations);
      return values;
    },
  };
}

/** Actions [N, A] for observations [N, O]: mean + std · ε, ε the key's N · A normal numbers. */
export function sampleActions(
  shape: GaussianPolicyShape,
  params: FloatArray,
  observations: FloatArray,
  key: Key,
): Float64Array {
  const actor = createActor(shape, params, observations.length / shape.sizes[0]!);
  const means = actor.means(observations);
  const noise = normal(key, means.length);
  return means.map((mean, at) => mean + actor.std[at % actor.std.length]! * noise[at]!);
}

/** log π(a|s) of every row: [N], from means and actions [N, A] and the acting logStd [A]. */
export function logProbs(means: FloatArray, logStd: FloatArray, actions: FloatArray): Float64Array {
  const width = logStd.length;
  const result = new Float64Array(means.length / width);
  for (let row = 0; row < result.length; row++) {
    let sum = 0;
    for (let a = 0; a < width; a++) {
      const z = (actions[row * width + a]! - means[row * width + a]!) * exp(-logStd[a]!);
      sum -= 0.5 * (z * z + LOG_TWO_PI) + logStd[a]!;
    }
    result[row] = sum;
  }
  return result;
}

/** The means [N, A] and logStd [A] of a policy at N observations. */
export interface GaussianRows {
  readonly means: FloatArray;
  readonly logStd: FloatArray;
}

/** KL(old ‖ new) of every row: [N]. */
export function klDivergences(old: GaussianRows, next: GaussianRows): Float64Array {
  const width = old.logStd.length;
  const result = new Float64Array(old.means.length / width);
  for (let row = 0; row < result.length; row++) {
    let sum = 0;
    for (let a = 0; a < width; a++) {
      const distance = old.means[row * width + a]! - next.means[row * width + a]!;
      const variance = exp(2 * old.logStd[a]!);
      const precision = exp(-2 * next.logStd[a]!);
      sum += next.logStd[a]! - old.logStd[a]! + 0.5 * ((variance + distance * distance) * precision - 1);
    }
    result[row] = sum;
  }
  return result;
}

/** The policy's entropy, the same in every state: Σ logStd + ½ log 2πe. */
export function entropy(logStd: FloatArray): number {
  let sum = 0;
  for (const value of logStd) sum += value + 0.5 * (LOG_TWO_PI + 1);
  return sum;
}

/** Throws a RangeError when `params` is not a flat vector of this shape. */
export function assertPolicyParams(shape: GaussianPolicyShape, params: FloatArray): void {
  const expected = policyParameterCount(shape);
  if (params.length === expected) return;
  throw new RangeError(
    `Parameters of a ${shape.sizes.join('-')} Gaussian policy: got ${params.length} values, expected ${expected}. ` +
      'Pass [W1, b1, W2, b2, …, logStd] of this very shape.',
  );
}
