// The metrics of a run, thinned for a file: every one of the first 100 meta-iterations, then one row per bin.
import type { IterationMetrics, MetricColumn } from '../training/session-events.ts';
import type { MetricHistory } from './run-file.ts';

const KEPT_WHOLE = 100;
const BINS = 400;

/** `rows` in order of iteration. Losses are means over a bin (they are noisy), the rest a bin's last values. */
export function thinMetrics(rows: readonly IterationMetrics[]): MetricHistory {
  const width = Math.max(1, Math.ceil((rows.length - KEPT_WHOLE) / BINS));
  const bins = rows.slice(0, KEPT_WHOLE).map((row) => [row]);
  for (let at = KEPT_WHOLE; at < rows.length; at += width) bins.push(rows.slice(at, at + width));
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
