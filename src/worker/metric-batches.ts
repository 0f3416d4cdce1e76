// Collects metrics between two messages: rows of numbers per algorithm, in the lab's order of columns.
import type { AlgorithmId } from '../experiment/experiment.ts';

/** The rows of one algorithm: [n, columns]. */
export interface MetricBatch {
  readonly algorithm: AlgorithmId;
  readonly rows: Float64Array;
}

export interface MetricBatches<M> {
  readonly isEmpty: boolean;
  add(metrics: M): void;
  /** Everything added since the last call, owned by the caller. */
  take(): MetricBatch[];
}

/** Packs the `columns` of metrics, which are numbers. */
export function createMetricBatches<M extends { readonly algorithm: AlgorithmId }>(
  columns: readonly (keyof M)[],
): MetricBatches<M> {
  let rows = new Map<AlgorithmId, number[]>();
  return {
    get isEmpty() {
      return rows.size === 0;
    },
    add(metrics) {
      const own = rows.get(metrics.algorithm) ?? [];
      rows.set(metrics.algorithm, own);
      for (const column of columns) own.push(Number(metrics[column]));
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
