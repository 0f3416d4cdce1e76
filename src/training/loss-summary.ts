// How the losses of many test tasks become a few numbers. Adaptation losses have heavy tails (a few tasks
// diverge and dominate the mean), so the median, the quartiles and the count of diverged tasks always go along.
import { quantileOfSorted } from '../math/statistics.ts';
import type { AdaptationCurve, LossSummary } from './session-events.ts';

/** A task whose loss is above this, or non-finite, counts as diverged. */
export const DIVERGED_LOSS = 100;

/** Mean of the finite losses (NaN when there are none), quartiles with non-finite as +∞, diverged count. */
export function summariseLosses(losses: ArrayLike<number>): LossSummary {
  const values = Array.from(losses, (loss) => (Number.isFinite(loss) ? loss : Number.POSITIVE_INFINITY));
  const sorted = Float64Array.from(values).sort();
  const finite = values.filter((loss) => Number.isFinite(loss));
  return {
    mean: finite.reduce((sum, loss) => sum + loss, 0) / finite.length,
    median: quantileOfSorted(sorted, 0.5),
    q25: quantileOfSorted(sorted, 0.25),
    q75: quantileOfSorted(sorted, 0.75),
    diverged: values.filter((loss) => loss > DIVERGED_LOSS).length,
  };
}

/** One curve from the losses after 0…k steps, each list over the same tasks. */
export function summariseCurve(
  supportSize: number,
  lossesBySteps: readonly ArrayLike<number>[],
): AdaptationCurve {
  const summaries = lossesBySteps.map(summariseLosses);
  return {
    supportSize,
    steps: summaries.map((_, steps) => steps),
    mean: summaries.map((summary) => summary.mean),
    median: summaries.map((summary) => summary.median),
    q25: summaries.map((summary) => summary.q25),
    q75: summaries.map((summary) => summary.q75),
    diverged: summaries.map((summary) => summary.diverged),
  };
}
