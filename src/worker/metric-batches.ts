// Collects metrics between two messages: rows of numbers per algorithm, in METRIC_COLUMNS' order.
import type { AlgorithmId } from '../experiment/experiment.ts';
import { type IterationMetrics, METRIC_COLUMNS } from '../training/session-events.ts';

/** The rows of one algorithm: [n, METRIC_COLUMNS]. */
export interface MetricBatch {
  readonly algorithm: AlgorithmId;
  readonly rows: Float64Array;
}

export interface MetricBatches {
  readonly isEmpty: boolean;
  add(metrics: IterationMetrics): void;
  /** Everything added since the last call, owned by the caller. */
  take(): MetricBatch[];
}

export function createMetricBatches(): MetricBatches {
  let rows = new Map<AlgorithmId, number[]>();
  return {
    get isEmpty() {
      return rows.size === 0;
    },
    add(metrics) {
      const own = rows.get(metrics.algorithm) ?? [];
      rows.set(metrics.algorithm, own);
      for (const column of METRIC_COLUMNS) own.push(metrics[column]);
    },
    take() {
      const batches = [...rows].map(([algorithm, values]) => ({
        algorithm,
        rows: Float64Array.from(values),
      }));
      rows = new Map();
      return batches;
    },
  };
}
