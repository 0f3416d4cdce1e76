// What came out at the points of a guess, read from the lab's data, and how far the guess was off. Numbers only; the
// words are verdict.ts's.
import type { AlgorithmId, Experiment } from '../../experiment/experiment.ts';
import type { PredictChart } from '../../experiment/predict-question.ts';
import { median } from '../../math/statistics.ts';
import type { GuessPoint } from '../../state/page-store.ts';
import type { AppStores } from '../../state/store-types.ts';
import { labelOf } from '../labels.ts';

/** Rows of returns that are averaged around a point, as the chart smooths them. */
const SMOOTHED_ROWS = 5;

export interface Outcome {
  /** Whose it is, where there may be several; null: of all that the points name. */
  readonly name: string | null;
  /** The value at each of the asked points; null where there is none yet. */
  readonly values: readonly (number | null)[];
  /** Meta-iteration that it stands for; null: the end. */
  readonly iteration: number | null;
}

function ofSinusoid(stores: AppStores, algorithm: AlgorithmId, xs: readonly number[]): Outcome {
  const name = labelOf(algorithm);
  const { testSupportSize } = stores.experiment.getState().experiment;
  const point = stores.data.adaptation(algorithm, null);
  const curve = point?.curves.find(({ supportSize }) => supportSize === testSupportSize);
  // What is measured before any training is no outcome.
  if (point === null || point.iteration === 0 || curve === undefined)
    return { name, values: [], iteration: null };
  const values = xs.map((x) => curve.median[curve.steps.indexOf(x)] ?? null);
  return { name, values, iteration: point.iteration };
}

function ofReaching(stores: AppStores, xs: readonly number[]): Outcome {
  const { outcome } = stores.reachingData;
  if (outcome === null) return { name: null, values: [], iteration: null };
  const { strategies } = outcome;
  const values = xs.map((x) => {
    const distances = strategies[x]?.finalDistances;
    return distances === undefined ? null : median(distances);
  });
  return { name: null, values, iteration: null };
}

interface Asked {
  readonly algorithm: AlgorithmId;
  readonly chart: PredictChart;
  readonly xs: readonly number[];
}

function ofPolicies(lab: AppStores['navigation'] | AppStores['cheetah'], asked: Asked): Outcome {
  const { algorithm, chart, xs } = asked;
  const name = labelOf(algorithm);
  const nothing = { name, values: [], iteration: null };
  if (chart === 'adaptation') {
    const point = lab.data.adaptation(algorithm, null);
    if (point === null || point.iteration === 0) return nothing;
    return {
      name,
      values: xs.map((x) => point.meanReturn[point.steps.indexOf(x)] ?? null),
      iteration: point.iteration,
    };
  }
  const history = lab.data.metrics(algorithm);
  if (history === null || history.length === 0) return nothing;
  const iterations = history.column('iteration').subarray(0, history.length);
  const returns = history.column('returnAfter').subarray(0, history.length);
  const reached = iterations[iterations.length - 1] ?? 0;
  const at = (x: number): number | null => {
    // The first row is iteration 1: a guess at 0 is held against it.
    if (x > reached) return null;
    let row = iterations.findIndex((iteration) => iteration >= x);
    if (row < 0) row = iterations.length - 1;
    const near = returns.subarray(Math.max(row - SMOOTHED_ROWS + 1, 0), row + 1);
    const mean = near.reduce((sum, value) => sum + value, 0) / near.length;
    return Number.isFinite(mean) ? mean : null;
  };
  return { name, values: xs.map(at), iteration: reached };
}

/**
 * What has come out at `xs`, in the units of the question's chart: of each algorithm, in the experiment's order; in
 * Reaching, where the points are the strategies, one for all.
 */
export function readOutcomes(
  stores: AppStores,
  experiment: Experiment,
  chart: PredictChart,
  xs: readonly number[],
): readonly Outcome[] {
  switch (experiment.lab) {
    case 'sinusoid':
      return experiment.algorithms.map((algorithm) => ofSinusoid(stores, algorithm, xs));
    case 'reaching':
      return [ofReaching(stores, xs)];
    case 'navigation':
    case 'cheetah': {
      const lab = stores[experiment.lab];
      return experiment.algorithms.map((algorithm) => ofPolicies(lab, { algorithm, chart, xs }));
    }
    default:
      return experiment satisfies never;
  }
}

export interface Miss {
  /** Mean absolute difference over the points compared. */
  readonly mean: number;
  readonly compared: number;
  readonly high: number;
  readonly low: number;
  /** Index of the point that was missed by most. */
  readonly worst: number;
}

/** How far the guess was off; null while fewer than two points can be compared. Differences under `close` count as right. */
export function missOf(
  guess: readonly GuessPoint[],
  values: readonly (number | null)[],
  close: number,
): Miss | null {
  const misses = guess.flatMap(({ y }, index) => {
    const value = values[index] ?? null;
    return value === null ? [] : [{ index, by: y - value }];
  });
  if (misses.length < Math.min(guess.length, 2)) return null;
  const sizes = misses.map(({ by }) => Math.abs(by));
  const worst = misses[sizes.indexOf(Math.max(...sizes))];
  return {
    mean: sizes.reduce((sum, size) => sum + size, 0) / sizes.length,
    compared: misses.length,
    high: misses.filter(({ by }) => by > close).length,
    low: misses.filter(({ by }) => by < -close).length,
    worst: worst?.index ?? 0,
  };
}
