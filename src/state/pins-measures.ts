// What runs are compared by: a few final numbers per algorithm, each with how sure it is over test tasks, and the
// difference of two of them with a 95 % interval. Over seeds where both have several, else over tasks.
import type { Experiment } from '../experiment/experiment.ts';
import { type Interval, meanInterval, welchInterval } from '../math/student-t.ts';
import { policyPointsOf, sinusoidPointsOf } from '../records/recorded-points.ts';
import type { RecordedRun } from '../records/run-record.ts';
import type { Pin } from './pins-types.ts';

/** before, after1, after: test tasks' loss or return before adaptation, after one step, after the test-time steps. */
export const MEASURES = ['before', 'after1', 'after', 'distance'] as const;
export type MeasureId = (typeof MEASURES)[number];

/** A final number of one algorithm (or strategy). */
export interface Measure {
  readonly group: string;
  readonly id: MeasureId;
  readonly value: number;
  /** Over test tasks, of one run; null where none is known. */
  readonly tasks: { readonly n: number; readonly halfWidth: number } | null;
  /** Seed by seed; null: one seed. */
  readonly seeds: readonly number[] | null;
  /** The meta-iteration at which it was measured. */
  readonly iteration: number;
}

export type Measured = Pick<Pin, 'experiment' | 'record' | 'seeds'>;

/** Whether less is better. */
export function isLowerBetter({ lab }: Experiment): boolean {
  return lab === 'sinusoid' || lab === 'reaching';
}

/** 95 %: of a normal distribution, since tasks are many. */
const Z = 1.959964;
/** IQR of a normal distribution in standard deviations. */
const NORMAL_IQR = 1.34898;

/** 95 % half width of a median, from the quartiles (McGill, Tukey & Larsen 1978); NaN where they are not finite. */
function medianHalfWidth(q25: number, q75: number, n: number): number {
  return (Z * Math.sqrt(Math.PI / 2) * (q75 - q25)) / NORMAL_IQR / Math.sqrt(n);
}

function stepsOf(testInnerSteps: number): readonly (readonly [MeasureId, number])[] {
  return testInnerSteps === 1
    ? [
        ['before', 0],
        ['after', 1],
      ]
    : [
        ['before', 0],
        ['after1', 1],
        ['after', testInnerSteps],
      ];
}

/** The final numbers of one algorithm's run. */
export function measuresOfRun(experiment: Experiment, run: RecordedRun): readonly Measure[] {
  const group = run.algorithm;
  if (experiment.lab === 'sinusoid') {
    const point = sinusoidPointsOf(run).at(-1);
    const curve = point?.curves.find(({ supportSize }) => supportSize === experiment.testSupportSize);
    if (point === undefined || curve === undefined) return [];
    return stepsOf(experiment.testInnerSteps).flatMap(([id, step]) => {
      const at = curve.steps.indexOf(step);
      if (at < 0) return [];
      const halfWidth = medianHalfWidth(curve.q25[at]!, curve.q75[at]!, point.tasks);
      const { iteration, tasks: n } = point;
      return [{ group, id, value: curve.median[at]!, tasks: { n, halfWidth }, seeds: null, iteration }];
    });
  }
  if (experiment.lab === 'reaching') return [];
  const point = policyPointsOf(run).at(-1);
  if (point === undefined) return [];
  return stepsOf(experiment.testInnerSteps).flatMap(([id, step]) => {
    const at = point.steps.indexOf(step);
    if (at < 0) return [];
    const { iteration, tasks: n } = point;
    const halfWidth = Z * point.standardError[at]!;
    return [{ group, id, value: point.meanReturn[at]!, tasks: { n, halfWidth }, seeds: null, iteration }];
  });
}

/** All final numbers of what is compared; of several seeds their means. */
export function measuresOf({ experiment, record, seeds }: Measured): readonly Measure[] {
  const single = record?.runs.flatMap((run) => measuresOfRun(experiment, run)) ?? [];
  if (seeds === null) return single;
  const iteration = record?.iterations ?? ('iterations' in experiment ? experiment.iterations : 0);
  return seeds.groups.flatMap(({ id: group, finals }) =>
    MEASURES.flatMap((id): Measure[] => {
      const values = finals[id] ?? [];
      if (values.length === 0) return [];
      const { centre: value } = meanInterval(values);
      return [{ group, id, value, tasks: null, seeds: values, iteration }];
    }),
  );
}

/** The 95 % half width of a measure by itself, and over what; null where none is known. */
export function ownInterval(
  measure: Measure,
): { readonly halfWidth: number; readonly over: 'seeds' | 'tasks' } | null {
  if (measure.seeds !== null) {
    const { halfWidth } = meanInterval(measure.seeds);
    return Number.isFinite(halfWidth) ? { halfWidth, over: 'seeds' } : null;
  }
  const { tasks } = measure;
  return tasks !== null && Number.isFinite(tasks.halfWidth)
    ? { halfWidth: tasks.halfWidth, over: 'tasks' }
    : null;
}

/** better, worse: the interval leaves zero out. unclear: it does not. unknown: there is no interval. */
export type Verdict = 'better' | 'worse' | 'unclear' | 'unknown';

export interface Difference extends Interval {
  readonly over: 'seeds' | 'tasks' | null;
  /** How many seeds or tasks: of the run, of the baseline. */
  readonly n: readonly [number, number] | null;
  readonly verdict: Verdict;
}

/** `measure` minus `baseline`. One seed on one side only: the difference has no interval. */
export function difference(measure: Measure, baseline: Measure, lowerIsBetter: boolean): Difference {
  const judged = (interval: Interval, over: 'seeds' | 'tasks', n: readonly [number, number]): Difference => {
    const { centre, halfWidth } = interval;
    if (!Number.isFinite(halfWidth) || !Number.isFinite(centre)) return none(centre);
    const isClear = Math.abs(centre) > halfWidth;
    const verdict = isClear ? (centre < 0 === lowerIsBetter ? 'better' : 'worse') : 'unclear';
    return { centre, halfWidth, over, n, verdict };
  };
  const none = (centre: number): Difference => ({
    centre,
    halfWidth: Number.NaN,
    over: null,
    n: null,
    verdict: 'unknown',
  });
  const { seeds: a } = measure;
  const { seeds: b } = baseline;
  if (a !== null && b !== null) return judged(welchInterval(a, b), 'seeds', [a.length, b.length]);
  const centre = measure.value - baseline.value;
  const { tasks: t } = measure;
  const { tasks: u } = baseline;
  // Between a mean over seeds and one run lies the luck of one seed, of which nothing is known.
  if (t === null || u === null) return none(centre);
  return judged({ centre, halfWidth: Math.hypot(t.halfWidth, u.halfWidth) }, 'tasks', [t.n, u.n]);
}
