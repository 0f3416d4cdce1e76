// The losses of policy gradients at the outputs of the mean net, for rows of one task: value, first derivative in
// (mean, logStd) and its R-counterpart (second derivative times a direction). The passes through the net know none.
// With z = (a − μ)/σ: ∂logProb/∂μ = z/σ, ∂logProb/∂logStd = z² − 1.
import type { FloatArray } from '../../math/arrays.ts';

/** Rows of one chunk: what a head reads, and where it writes. Row n of the chunk is row `first + n` of the arrays. */
export interface HeadRows {
  /** Rows that count; what follows them in the buffers is filling. */
  readonly count: number;
  readonly first: number;
  /** 1 ÷ the task's rows, so that sums over chunks are means. */
  readonly weight: number;
  /** [chunk, A] */
  readonly means: Float64Array;
  /** [A], those that act, and 1 ÷ std. */
  readonly logStd: Float64Array;
  readonly inverseStd: Float64Array;
  /** [N, A] and [N]. */
  readonly actions: FloatArray;
  readonly advantages: FloatArray;
  /** The old policy: log-probabilities [N], means [N, A] and logStd [A]. */
  readonly old: OldPolicy;
}

export interface OldPolicy {
  readonly logProbs: Float64Array;
  readonly means: Float64Array;
  readonly logStd: Float64Array;
  /** c of the surrogate; Infinity for none. */
  readonly ratioClip: number;
}

/** Where first derivatives go: ∂loss/∂mean [chunk, A], overwritten, and ∂loss/∂logStd [A], added to. */
export interface HeadGradient {
  readonly deltas: Float64Array;
  readonly logStd: Float64Array;
}

/** A direction R{mean} [chunk, A] and R{logStd} [A]. */
export interface HeadDirection {
  readonly means: Float64Array;
  readonly logStd: Float64Array;
}

/** One loss. Each function returns, writes or adds its rows' share of the mean. */
export interface PolicyHead {
  value(rows: HeadRows): number;
  gradient(rows: HeadRows, into: HeadGradient): number;
  /** R{∂loss/∂mean} and R{∂loss/∂logStd} in the direction, exactly. */
  tangent(rows: HeadRows, direction: HeadDirection, into: HeadGradient): void;
}

const LOG_TWO_PI = Math.log(2 * Math.PI);

/** log π(a|s) of row n of the chunk. */
export function logProbAt(rows: HeadRows, n: number): number {
  const { means, logStd, inverseStd, actions, first } = rows;
  const width = logStd.length;
  let sum = 0;
  for (let a = 0; a < width; a++) {
    const z = (actions[(first + n) * width + a]! - means[n * width + a]!) * inverseStd[a]!;
    sum -= 0.5 * (z * z + LOG_TWO_PI) + logStd[a]!;
  }
  return sum;
}

/** −mean of logProb · advantage. */
export const REINFORCE: PolicyHead = {
  value(rows) {
    let sum = 0;
    for (let n = 0; n < rows.count; n++) sum -= logProbAt(rows, n) * rows.advantages[rows.first + n]!;
    return rows.weight * sum;
  },
  gradient(rows, into) {
    let sum = 0;
    for (let n = 0; n < rows.count; n++) {
      const advantage = rows.advantages[rows.first + n]!;
      sum -= logProbAt(rows, n) * advantage;
      addScore(rows, n, -rows.weight * advantage, into);
    }
    return rows.weight * sum;
  },
  tangent(rows, direction, into) {
    for (let n = 0; n < rows.count; n++) {
      addScoreTangent(rows, direction, { n, factor: -rows.weight * rows.advantages[rows.first + n]! }, into);
    }
  },
};

/** −mean of min(r · advantage, advantage + c · |advantage|), r = exp(logProb − old logProb); flat where clipped. */
export const SURROGATE: PolicyHead = {
  value(rows) {
    let sum = 0;
    for (let n = 0; n < rows.count; n++) {
      const weighted = weightedRatio(rows, n);
      const most = mostOf(rows, n);
      sum -= Math.min(weighted, most);
    }
    return rows.weight * sum;
  },
  gradient(rows, into) {
    let sum = 0;
    for (let n = 0; n < rows.count; n++) {
      const weighted = weightedRatio(rows, n);
      const most = mostOf(rows, n);
      const isClipped = weighted > most;
      sum -= isClipped ? most : weighted;
      addScore(rows, n, isClipped ? 0 : -rows.weight * weighted, into);
    }
    return rows.weight * sum;
  },
  tangent(rows, direction, into) {
    for (let n = 0; n < rows.count; n++) {
      const weighted = weightedRatio(rows, n);
      const factor = weighted > mostOf(rows, n) ? 0 : -rows.weight * weighted;
      addScoreTangent(rows, direction, { n, factor }, into);
      // The ratio itself moves: R{ratio} = ratio · R{logProb}.
      addScoreAgain(rows, n, factor * logProbTangent(rows, direction, n), into);
    }
  },
};

/** Mean of KL(old ‖ new). */
export const KL: PolicyHead = {
  value(rows) {
    let sum = 0;
    for (let n = 0; n < rows.count; n++) sum += klAt(rows, n);
    return rows.weight * sum;
  },
  gradient(rows, into) {
    const { means, inverseStd, old, first, weight } = rows;
    const width = inverseStd.length;
    let sum = 0;
    for (let n = 0; n < rows.count; n++) {
      sum += klAt(rows, n);
      for (let a = 0; a < width; a++) {
        const distance = means[n * width + a]! - old.means[(first + n) * width + a]!;
        const precision = inverseStd[a]! ** 2;
        into.deltas[n * width + a] = weight * distance * precision;
        into.logStd[a]! += weight * (1 - oldSecondMoment(old, a, distance) * precision);
      }
    }
    return weight * sum;
  },
  tangent(rows, direction, into) {
    const { means, inverseStd, old, first, weight } = rows;
    const width = inverseStd.length;
    for (let n = 0; n < rows.count; n++) {
      for (let a = 0; a < width; a++) {
        const distance = means[n * width + a]! - old.means[(first + n) * width + a]!;
        const precision = weight * inverseStd[a]! ** 2;
        const rMean = direction.means[n * width + a]!;
        const rLogStd = direction.logStd[a]!;
        into.deltas[n * width + a] = precision * (rMean - 2 * distance * rLogStd);
        into.logStd[a]! += precision * 2 * (oldSecondMoment(old, a, distance) * rLogStd - distance * rMean);
      }
    }
  },
};

/** The Fisher matrix of (mean, logStd), diag(1/σ², 2), times the direction: KL's tangent where old = new. */
export function fisherTangent(rows: HeadRows, direction: HeadDirection, into: HeadGradient): void {
  const { inverseStd, weight } = rows;
  const width = inverseStd.length;
  for (let n = 0; n < rows.count; n++) {
    for (let a = 0; a < width; a++) {
      into.deltas[n * width + a] = weight * inverseStd[a]! ** 2 * direction.means[n * width + a]!;
      into.logStd[a]! += 2 * weight * direction.logStd[a]!;
    }
  }
}

function weightedRatio(rows: HeadRows, n: number): number {
  const row = rows.first + n;
  return Math.exp(logProbAt(rows, n) - rows.old.logProbs[row]!) * rows.advantages[row]!;
}

/** What row n of the chunk counts for at most; NaN, which nothing exceeds, for an advantage of 0 and no clip. */
function mostOf(rows: HeadRows, n: number): number {
  const advantage = rows.advantages[rows.first + n]!;
  return advantage + rows.old.ratioClip * Math.abs(advantage);
}

function klAt({ means, logStd, inverseStd, old, first }: HeadRows, n: number): number {
  const width = logStd.length;
  let sum = 0;
  for (let a = 0; a < width; a++) {
    const distance = means[n * width + a]! - old.means[(first + n) * width + a]!;
    const moment = oldSecondMoment(old, a, distance) * inverseStd[a]! ** 2;
    sum += logStd[a]! - old.logStd[a]! + 0.5 * (moment - 1);
  }
  return sum;
}

/** E over the old policy of (a − new mean)². */
function oldSecondMoment(old: OldPolicy, a: number, distance: number): number {
  return Math.exp(2 * old.logStd[a]!) + distance * distance;
}

/** factor · ∂logProb: deltas set, logStd added to. */
function addScore(rows: HeadRows, n: number, factor: number, into: HeadGradient): void {
  const { means, inverseStd, actions, first } = rows;
  const width = inverseStd.length;
  for (let a = 0; a < width; a++) {
    const at = n * width + a;
    const z = (actions[(first + n) * width + a]! - means[at]!) * inverseStd[a]!;
    into.deltas[at] = factor * z * inverseStd[a]!;
    into.logStd[a]! += factor * (z * z - 1);
  }
}

/** addScore for deltas that hold something already. */
function addScoreAgain(rows: HeadRows, n: number, factor: number, into: HeadGradient): void {
  const { means, inverseStd, actions, first } = rows;
  const width = inverseStd.length;
  for (let a = 0; a < width; a++) {
    const at = n * width + a;
    const z = (actions[(first + n) * width + a]! - means[at]!) * inverseStd[a]!;
    into.deltas[at]! += factor * z * inverseStd[a]!;
    into.logStd[a]! += factor * (z * z - 1);
  }
}

/** factor · R{∂logProb}: ∂²/∂μ² = −1/σ², ∂²/∂μ∂logStd = −2z/σ, ∂²/∂logStd² = −2z². */
function addScoreTangent(
  rows: HeadRows,
  direction: HeadDirection,
  { n, factor }: { n: number; factor: number },
  into: HeadGradient,
): void {
  const { means, inverseStd, actions, first } = rows;
  const width = inverseStd.length;
  for (let a = 0; a < width; a++) {
    const at = n * width + a;
    const z = (actions[(first + n) * width + a]! - means[at]!) * inverseStd[a]!;
    const rMean = direction.means[at]! * inverseStd[a]!;
    const rLogStd = direction.logStd[a]!;
    into.deltas[at] = -factor * (rMean + 2 * z * rLogStd) * inverseStd[a]!;
    into.logStd[a]! -= factor * 2 * z * (rMean + z * rLogStd);
  }
}

/** R{logProb} of row n. */
function logProbTangent(rows: HeadRows, direction: HeadDirection, n: number): number {
  const { means, inverseStd, actions, first } = rows;
  const width = inverseStd.length;
  let sum = 0;
  for (let a = 0; a < width; a++) {
    const at = n * width + a;
    const z = (actions[(first + n) * width + a]! - means[at]!) * inverseStd[a]!;
    sum += z * inverseStd[a]! * direction.means[at]! + (z * z - 1) * direction.logStd[a]!;
  }
  return sum;
}
