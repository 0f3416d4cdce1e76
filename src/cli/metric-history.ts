// The metrics of a run, thinned for a file: every one of the first 100 meta-iterations, then one row per bin.
import {
  POLICY_METRIC_COLUMNS,
  type PolicyMetricColumn,
  type PolicyMetrics,
} from '../training/policy-session-events.ts';
import type { IterationMetrics, MetricColumn } from '../training/session-events.ts';
import type { MetricHistory } from './run-file.ts';

const KEPT_WHOLE = 100;
const BINS = 400;

/** `rows` in order of iteration. Losses are means over a bin (they are noisy), the rest a bin's last values. */
export function thinMetrics(rows: readonly IterationMetrics[]): MetricHistory {
  const bins = binRows(rows);
  const last = (column: MetricColumn) => bins.map((bin) => bin.at(-1)![column]);
  const mean = (column: MetricColumn) =>
    bins.map((bin) => bin.reduce((sum, row) => sum + row[column], 0) / bin.length);
  return {
    iteration: last('iteration'),
    queryLoss: mean('queryLoss'),
    supportLoss: mean('supportLoss'),
    gradientEvaluations: last('gradientEvaluations'),
    seconds: last('seconds'),
    replayedTasks: last('replayedTasks'),
    alphaMean: last('alphaMean'),
    alphaMin: last('alphaMin'),
    alphaMax: last('alphaMax'),
  };
}

/** The same of a meta-RL run: means over a bin, but a bin's last values of what counts up. */
export function thinPolicyMetrics(rows: readonly PolicyMetrics[]): PolicyMetricHistory {
  const bins = binRows(rows);
  const entries = POLICY_METRIC_COLUMNS.map((column): [PolicyMetricColumn, number[]] => [
    column,
    bins.map((bin) =>
      COUNTS_UP.has(column)
        ? bin.at(-1)![column]
        : bin.reduce((sum, row) => sum + row[column], 0) / bin.length,
    ),
  ]);
  return Object.fromEntries(entries);
}

const COUNTS_UP: ReadonlySet<PolicyMetricColumn> = new Set(['iteration', 'environmentSteps', 'seconds']);

/** Numbers by metric; entry i of every list belongs to the same meta-iteration. */
export type PolicyMetricHistory = Readonly<Partial<Record<PolicyMetricColumn, readonly number[]>>>;

function binRows<Row>(rows: readonly Row[]): Row[][] {
  const width = Math.max(1, Math.ceil((rows.length - KEPT_WHOLE) / BINS));
  const bins = rows.slice(0, KEPT_WHOLE).map((row) => [row]);
  for (let at = KEPT_WHOLE; at < rows.length; at += width) bins.push(rows.slice(at, at + width));
  return bins;
}
