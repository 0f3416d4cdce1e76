// The metrics of one algorithm's run as columns that grow. Nothing is thinned out here: charts decimate.
import { METRIC_COLUMNS, type MetricColumn } from '../training/session-events.ts';
import type { MetricHistory } from './store-types.ts';

const FIRST_CAPACITY = 1024;

export class GrowingHistory implements MetricHistory {
  #length = 0;
  #columns = new Map<MetricColumn, Float64Array>(
    METRIC_COLUMNS.map((name) => [name, new Float64Array(FIRST_CAPACITY)]),
  );

  get length(): number {
    return this.#length;
  }

  column(name: MetricColumn): Float64Array {
    return this.#columns.get(name)!;
  }

  /** Adds rows [n, METRIC_COLUMNS], with rising iterations. */
  append(rows: Float64Array): void {
    const width = METRIC_COLUMNS.length;
    const count = rows.length / width;
    this.#reserve(this.#length + count);
    METRIC_COLUMNS.forEach((name, at) => {
      const column = this.column(name);
      for (let row = 0; row < count; row++) column[this.#length + row] = rows[row * width + at]!;
    });
    this.#length += count;
  }

  /** Forgets every row after `iteration`. */
  truncateAfter(iteration: number): void {
    const iterations = this.column('iteration');
    while (this.#length > 0 && iterations[this.#length - 1]! > iteration) this.#length -= 1;
  }

  /** Doubling makes the cost of growth constant per row. */
  #reserve(needed: number): void {
    const capacity = this.column('iteration').length;
    if (needed <= capacity) return;
    let larger = capacity;
    while (larger < needed) larger *= 2;
    for (const [name, column] of this.#columns) {
      const grown = new Float64Array(larger);
      grown.set(column);
      this.#columns.set(name, grown);
    }
  }
}
