// The losses of policy gradients at the outputs of the mean net, on tensors: reference-policy/heads.ts for a group of
// tasks. With z = (a − μ)/σ: ∂logProb/∂μ = z/σ, ∂logProb/∂logStd = z² − 1; c is a timestep's weighted advantage.
import {
  abs,
  add,
  cast,
  exp,
  expm1,
  less,
  mul,
  neg,
  square,
  sub,
  sum,
  type Tensor,
  where,
} from '@tensorflow/tfjs-core';
import type { BatchTensors } from './batch-tensors.ts';
import { scaledColumns, weightedRows } from './products.ts';

/** A policy's spread, [G or 1, 1, A]. */
export interface Spread {
  /** Those that act. */
  readonly logStd: Tensor;
  readonly inverseStd: Tensor;
  /** The share of their gradient that reaches the parameters: 0 where minLogStd acts; null for all of it. */
  readonly open: Tensor | null;
}

/** ∂loss/∂means [G, N, A] and ∂loss/∂logStd [G, 1, A]. */
export interface HeadGradient {
  readonly means: Tensor;
  readonly logStd: Tensor;
}

/** The spread from the stored logStd [G or 1, 1, A]. */
export function spreadOf(stored: Tensor, minLogStd: number | undefined): Spread {
  if (minLogStd === undefined) return { logStd: stored, inverseStd: exp(neg(stored)), open: null };
  const closed = cast(less(stored, minLogStd), 'float32');
  const open = sub(1, closed);
  // Not maximum(): on a GPU that may swallow NaN.
  const logStd = add(mul(stored, open), mul(closed, minLogStd));
  return { logStd, inverseStd: exp(neg(logStd)), open };
}

/** A gradient or direction in logStd as the parameters have it. */
export function closeLogStd({ open }: Spread, logStd: Tensor): Tensor {
  return open === null ? logStd : mul(logStd, open);
}

/** z [G, N, A]. */
export function standardised(batch: BatchTensors, means: Tensor, { inverseStd }: Spread): Tensor {
  return mul(sub(batch.actions, means), inverseStd);
}

/** The policies that others are compared with, at the same timesteps. */
export interface OldPolicy {
  /** [G, N, A] */
  readonly means: Tensor;
  readonly z: Tensor;
  readonly spread: Spread;
}

/**
 * logProb − old logProb [G, N, 1]. From the differences of the means and logStds: that of two rounded z² would be wrong
 * by an ulp of z², which for actions far from the mean is more than a trust region lets it be.
 */
export function logRatios(old: OldPolicy, means: Tensor, { logStd, inverseStd }: Spread): Tensor {
  const shift = sub(old.spread.logStd, logStd);
  const dz = add(mul(old.z, expm1(shift)), mul(sub(old.means, means), inverseStd));
  return add(scaledColumns(mul(dz, add(add(old.z, old.z), dz)), -0.5), scaledColumns(shift, 1));
}

/** Timesteps at which ∂logProb is weighted: c, its sum, and Σ c z² [G, 1, A]. */
export interface Score {
  readonly z: Tensor;
  /** [G, N, 1] and [G, 1, 1] */
  readonly factors: Tensor;
  readonly total: Tensor;
  readonly moments: Tensor;
}

/** REINFORCE's, −Σ c · logProb. */
export function reinforceScore(batch: BatchTensors, z: Tensor): Score {
  const factors = batch.weightedAdvantages;
  return { z, factors, total: batch.meanAdvantages, moments: weightedRows(factors, square(z)) };
}

/**
 * The surrogate's, −Σ c · exp(logProb − old logProb). `excess` [G, 1, 1] is minus its value, without the mean advantage:
 * what changes with the policy, not rounded to the digits of what does not. With `ratioClip` no timestep counts for more
 * than that share of its |c| beyond c, and has no gradient there.
 */
export function surrogateScore(
  batch: BatchTensors,
  z: Tensor,
  logRatios: Tensor,
  ratioClip: number | undefined,
): Score & { readonly excess: Tensor } {
  const excesses = expm1(logRatios);
  if (ratioClip !== undefined) return clippedScore(batch, z, excesses, ratioClip);
  const factors = mul(batch.weightedAdvantages, add(excesses, 1));
  const excess = weightedRows(batch.weightedAdvantages, excesses);
  const total = add(batch.meanAdvantages, excess);
  return { z, factors, total, moments: weightedRows(factors, square(z)), excess };
}

function clippedScore(batch: BatchTensors, z: Tensor, excesses: Tensor, ratioClip: number) {
  const { weightedAdvantages } = batch;
  const most = mul(abs(weightedAdvantages), ratioClip);
  const gains = mul(weightedAdvantages, excesses);
  const closed = cast(less(most, gains), 'float32');
  const open = sub(1, closed);
  const factors = mul(mul(weightedAdvantages, add(excesses, 1)), open);
  // Not gains · open: an infinite ratio that is clipped would become NaN.
  const clipped = where(less(most, gains), most, gains);
  return {
    z,
    factors,
    total: sum(factors, 1, true),
    moments: weightedRows(factors, square(z)),
    excess: sum(clipped, 1, true),
  };
}

/** The gradient of either loss. */
export function scoreGradient({ z, factors, total, moments }: Score, spread: Spread): HeadGradient {
  return {
    means: neg(mul(mul(z, factors), spread.inverseStd)),
    logStd: closeLogStd(spread, sub(total, moments)),
  };
}

/** REINFORCE's value, −Σ c · logProb, of every task: [G, 1, 1]. */
export function reinforceLoss({ total, moments }: Score, { logStd }: Spread): Tensor {
  const actions = logStd.shape[2]!;
  const constant = (actions / 2) * Math.log(2 * Math.PI);
  return add(scaledColumns(moments, 0.5), mul(total, add(scaledColumns(logStd, 1), constant)));
}

/**
 * R{gradient of REINFORCE} in the direction R{means} [G, N, A] and R{logStd} [G or 1, 1, A]: the second derivatives of
 * logProb are −1/σ², −2z/σ and −2z².
 */
export function reinforceTangent(score: Score, spread: Spread, direction: HeadGradient): HeadGradient {
  const { z, factors, moments } = score;
  const rLogStd = closeLogStd(spread, direction.logStd);
  const t = mul(direction.means, spread.inverseStd);
  const zLogStd = mul(z, rLogStd);
  const half = add(weightedRows(factors, mul(z, t)), mul(moments, rLogStd));
  return {
    means: mul(mul(factors, add(t, add(zLogStd, zLogStd))), spread.inverseStd),
    logStd: closeLogStd(spread, add(half, half)),
  };
}

/** The Fisher matrix of (mean, logStd), diag(1/σ², 2), times the direction: KL's tangent where old = new. */
export function fisherTangent(batch: BatchTensors, spread: Spread, direction: HeadGradient): HeadGradient {
  const rLogStd = closeLogStd(spread, direction.logStd);
  const t = mul(direction.means, mul(spread.inverseStd, spread.inverseStd));
  return {
    means: mul(batch.weights, t),
    logStd: mul(batch.totalWeights, add(rLogStd, rLogStd)),
  };
}
