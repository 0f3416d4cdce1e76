// How the shares of a crew's work become one outcome and one objective: in the tasks' order, so that the numbers do not
// depend on who did which share, as long as the shares are the same.
import type { PolicyGradientResult, PolicyObjective, PolicyValues } from '../../gradients/policy-gradient.ts';
import type { CrewOutcome } from './crew.ts';
import type { ShareOutcome, TaskRange } from './task-share.ts';

/** Everything of the outcome but its objective. `shares` in the tasks' order, together all tasks. */
export function joinOutcomes(shares: readonly ShareOutcome[]): Omit<CrewOutcome, 'objective'> {
  const taskCount = shares.reduce((sum, { count }) => sum + count, 0);
  const rounds = shares[0]!.returns.length / shares[0]!.count;
  const returns = new Float64Array(rounds * taskCount);
  const measured = (isEmpty: (share: ShareOutcome) => boolean) =>
    new Float64Array(shares.some(isEmpty) ? 0 : returns.length);
  const gains = measured((share) => share.gains.length === 0);
  const velocityErrors = measured((share) => share.velocityErrors.length === 0);
  const innerGradientNorms = new Float64Array(taskCount);
  const innerLosses = new Float64Array(taskCount);
  for (const { first, count, ...share } of shares) {
    for (let step = 0; step < rounds; step++) {
      const at = step * taskCount + first;
      const ofStep = (values: Float64Array) => values.subarray(step * count, (step + 1) * count);
      returns.set(ofStep(share.returns), at);
      if (gains.length > 0) gains.set(ofStep(share.gains), at);
      if (velocityErrors.length > 0) velocityErrors.set(ofStep(share.velocityErrors), at);
    }
    innerGradientNorms.set(share.innerGradientNorms, first);
    innerLosses.set(share.innerLosses, first);
  }
  return {
    returns,
    gains,
    velocityErrors,
    innerGradientNorms,
    innerLosses,
    environmentSteps: shares.reduce((sum, share) => sum + share.environmentSteps, 0),
    warnings: shares.flatMap((share) => share.warnings),
    kept: shares.flatMap((share) => share.kept),
    seconds: {
      rollOut: shares.reduce((sum, share) => sum + share.seconds.rollOut, 0),
      inner: shares.reduce((sum, share) => sum + share.seconds.inner, 0),
    },
  };
}

/** A share's tasks and their objective, wherever it computes. */
export interface SharedObjective extends TaskRange {
  readonly objective: PolicyObjective;
}

/** The objective of all shares' tasks: means over all tasks. Every share is asked before any answer is awaited. */
export function joinObjectives(shares: readonly SharedObjective[]): PolicyObjective {
  const taskCount = shares.reduce((sum, { count }) => sum + count, 0);
  const all = <R>(ask: (objective: PolicyObjective) => Promise<R>) =>
    Promise.all(shares.map(({ objective }) => ask(objective)));
  const meanOf = (vectors: readonly Float64Array[]) => meanVector(vectors, shares, taskCount);
  const meanNumber = (values: readonly number[]) =>
    values.reduce((sum, value, at) => sum + shares[at]!.count * value, 0) / taskCount;
  return {
    parameterCount: shares[0]!.objective.parameterCount,
    async adaptedParams() {
      return concatenate(await all((objective) => objective.adaptedParams()));
    },
    async innerLosses() {
      return joinRounds(await all((objective) => objective.innerLosses()), shares, taskCount);
    },
    async gradient(request): Promise<PolicyGradientResult> {
      const results = await all((objective) => objective.gradient(request));
      const alphaGradients = results.flatMap(({ alphaGradient }) => (alphaGradient ? [alphaGradient] : []));
      return {
        metaGradient: meanOf(results.map(({ metaGradient }) => metaGradient)),
        surrogateLoss: meanNumber(results.map(({ surrogateLoss }) => surrogateLoss)),
        ...(alphaGradients.length > 0 && { alphaGradient: meanOf(alphaGradients) }),
      };
    },
    async evaluate(metaParams): Promise<PolicyValues> {
      const values = await all((objective) => objective.evaluate(metaParams));
      return {
        surrogateLoss: meanNumber(values.map(({ surrogateLoss }) => surrogateLoss)),
        kl: meanNumber(values.map(({ kl }) => kl)),
      };
    },
    async klHessianVector(vector) {
      return meanOf(await all((objective) => objective.klHessianVector(vector)));
    },
    release() {
      for (const { objective } of shares) objective.release();
    },
  };
}

function meanVector(
  vectors: readonly Float64Array[],
  shares: readonly TaskRange[],
  taskCount: number,
): Float64Array {
  const total = new Float64Array(vectors[0]!.length);
  for (const [at, vector] of vectors.entries()) {
    const { count } = shares[at]!;
    for (let i = 0; i < total.length; i++) total[i]! += count * vector[i]!;
  }
  for (let i = 0; i < total.length; i++) total[i]! /= taskCount;
  return total;
}

function concatenate(parts: readonly Float64Array[]): Float64Array {
  const whole = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** [rounds, count] of every share into [rounds, M]. */
function joinRounds(
  parts: readonly Float64Array[],
  shares: readonly TaskRange[],
  taskCount: number,
): Float64Array {
  const rounds = parts[0]!.length / shares[0]!.count;
  const whole = new Float64Array(rounds * taskCount);
  for (const [at, part] of parts.entries()) {
    const { first, count } = shares[at]!;
    for (let round = 0; round < rounds; round++) {
      whole.set(part.subarray(round * count, (round + 1) * count), round * taskCount + first);
    }
  }
  return whole;
}
