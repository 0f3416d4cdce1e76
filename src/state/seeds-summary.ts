// Several seeds of one experiment, taken together: final numbers seed by seed, and curves as means with 95 % t
// intervals. Pure: what runs the seeds is seeds-run.ts.
import type { ReachingExperiment } from '../experiment/reaching-experiment.ts';
import { meanInterval } from '../math/student-t.ts';
import { heldOutPointsOf, policyPointsOf, sinusoidPointsOf } from '../records/recorded-points.ts';
import type { RecordedRun, RunRecord } from '../records/run-record.ts';
import type { SeedsOutcome } from '../training/reaching-outcome.ts';
import { MEASURES, measuresOfRun } from './pins-measures.ts';
import type { SeedsCurve, SeedsGroup, SeedsSummary } from './pins-types.ts';

/** What is remembered of one seed's run of one algorithm. */
interface SeedRun {
  readonly diverged: boolean;
  readonly finals: Readonly<Record<string, number>>;
  readonly curves: readonly NamedCurve[];
}

interface NamedCurve {
  readonly name: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** Points of a curve that are kept: enough for the width of a chart. */
const MOST_POINTS = 120;

/** The experiment with the seed `offset` after its own; seeds wrap at 2³². */
export function seedAt(seed: number, offset: number): number {
  return (seed + offset) % 2 ** 32;
}

/** Adaptation curves by K (none in meta-RL), and the learning curve over meta-iterations. */
function curvesOf(record: RunRecord, run: RecordedRun): readonly NamedCurve[] {
  if (record.experiment.lab === 'sinusoid') {
    const point = sinusoidPointsOf(run).at(-1);
    const heldOut = heldOutPointsOf(run);
    const learning = {
      name: 'learning',
      x: heldOut.map(({ iteration }) => iteration),
      y: heldOut.map(({ loss }) => loss.median),
    };
    const adaptation = point?.curves.map(({ supportSize, steps, median }) => ({
      name: `adaptation ${supportSize}`,
      x: steps,
      y: median,
    }));
    return [learning, ...(adaptation ?? [])];
  }
  const point = policyPointsOf(run).at(-1);
  const { iteration = [], returnAfter = [] } = run.metrics;
  const learning = { name: 'learning', x: iteration, y: returnAfter };
  return point === undefined
    ? [learning]
    : [learning, { name: 'adaptation', x: point.steps, y: point.meanReturn }];
}

/** Collects finished seeds. */
export class SeedsCollector {
  readonly asked: number;
  failed = 0;
  /** The first one that finished. */
  first: RunRecord | null = null;
  readonly #seeds: number[] = [];
  readonly #runs = new Map<string, SeedRun[]>();

  constructor(asked: number) {
    this.asked = asked;
  }

  get finished(): number {
    return this.#seeds.length;
  }

  /** Runs that diverged, over all seeds. */
  get diverged(): number {
    let count = 0;
    for (const runs of this.#runs.values()) count += runs.filter((run) => run.diverged).length;
    return count;
  }

  add(record: RunRecord): void {
    this.first ??= record;
    this.#seeds.push(record.experiment.seed);
    for (const run of record.runs) {
      const measures = measuresOfRun(record.experiment, run);
      const runs = this.#runs.get(run.algorithm) ?? [];
      this.#runs.set(run.algorithm, runs);
      runs.push({
        diverged: run.divergedAt !== null,
        finals: Object.fromEntries(measures.map(({ id, value }) => [id, value])),
        curves: run.divergedAt === null ? curvesOf(record, run) : [],
      });
    }
  }

  /** Of the seeds so far; null when none has finished. */
  summary(): SeedsSummary | null {
    if (this.#seeds.length === 0) return null;
    return {
      seeds: [...this.#seeds],
      asked: this.asked,
      failed: this.failed,
      groups: [...this.#runs].map(([id, runs]) => groupOf(id, runs)),
    };
  }
}

function groupOf(id: string, all: readonly SeedRun[]): SeedsGroup {
  const runs = all.filter((run) => !run.diverged);
  const finals = MEASURES.flatMap((measure): [string, number[]][] => {
    const values = runs.flatMap((run) => run.finals[measure] ?? []).filter(Number.isFinite);
    return values.length === 0 ? [] : [[measure, values]];
  });
  const names = [...new Set(runs.flatMap(({ curves }) => curves.map(({ name }) => name)))];
  return {
    id,
    diverged: all.length - runs.length,
    finals: Object.fromEntries(finals),
    curves: names.map((name) =>
      meanCurve(
        name,
        runs.flatMap(({ curves }) => curves.filter((c) => c.name === name)),
      ),
    ),
  };
}

/**
 * The mean of curves at every x at which one of them was measured, where all have begun and none has ended. Evaluations
 * may be skipped where time is short: between its own measurements each curve is a straight line, as it is drawn.
 */
export function meanCurve(name: string, curves: readonly NamedCurve[]): SeedsCurve {
  const finite = curves.map(({ x, y }) => {
    const at = x.flatMap((_, i) => (Number.isFinite(y[i]) ? [i] : []));
    return { x: at.map((i) => x[i]!), y: at.map((i) => y[i]!) };
  });
  const from = Math.max(...finite.map(({ x }) => x[0] ?? Number.POSITIVE_INFINITY));
  const to = Math.min(...finite.map(({ x }) => x.at(-1) ?? Number.NEGATIVE_INFINITY));
  const all = [...new Set(finite.flatMap(({ x }) => x))]
    .filter((x) => x >= from && x <= to)
    .sort((a, b) => a - b);
  const stride = Math.max(1, Math.ceil(all.length / MOST_POINTS));
  const x = all.filter((_, i) => (all.length - 1 - i) % stride === 0);
  const intervals = x.map((each) => meanInterval(finite.map((curve) => interpolated(curve, each))));
  const around = (sign: number) => intervals.map(({ centre, halfWidth }) => centre + sign * (halfWidth || 0));
  return { name, n: curves.length, x, mean: around(0), low: around(-1), high: around(1) };
}

/** The value at x, which lies between the first and the last. */
function interpolated({ x: xs, y: ys }: Omit<NamedCurve, 'name'>, x: number): number {
  const at = xs.findLastIndex((each) => each <= x);
  const [x0, y0] = [xs[at]!, ys[at]!];
  const [x1, y1] = [xs[at + 1] ?? x0, ys[at + 1] ?? y0];
  return x1 === x0 ? y0 : y0 + ((x - x0) / (x1 - x0)) * (y1 - y0);
}

/** The outcome that the Reaching lab computes for its own chart, as any other summary. */
export function finalsOfReaching(
  experiment: ReachingExperiment,
  outcome: SeedsOutcome,
  asked: number,
): SeedsSummary {
  return {
    seeds: Array.from({ length: outcome.seeds }, (_, i) => seedAt(experiment.seed, i)),
    asked,
    failed: 0,
    groups: outcome.strategies.map(({ strategy, finalDistances }) => ({
      id: strategy,
      diverged: finalDistances.filter((distance) => !Number.isFinite(distance)).length,
      finals: { distance: [...finalDistances].filter(Number.isFinite) },
      curves: [],
    })),
  };
}
