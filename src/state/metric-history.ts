// The metrics of one algorithm's run as columns that grow. Nothing is thinned out here: charts decimate.
import type { MetricHistory } from './store-types.ts';

const FIRST_CAPACITY = 1024;

export class GrowingHistory<Column extends string> implements MetricHistory<Column> {
  #length = 0;
  readonly #columns: Map<string, Float64Array>;

  /** `columns` in the order of rows; one of them is 'iteration'. */
  constructor(columns: readonly Column[]) {
    this.#columns = new Map(columns.map((name) => [name, new Float64Array(FIRST_CAPACITY)]));
  }

  get length(): number {
    return this.#length;
  }

  column(name: Column): Float64Array {
    return this.#columns.get(name)!;
  }

  /** Adds rows [n, columns], with rising iterations. */
  append(rows: Float64Array): void {
    const width = this.#columns.size;
    const count = rows.length / width;
    this.#reserve(this.#length + count);
    for (const [at, column] of [...this.#columns.values()].entries()) {
      for (let row = 0; row < count; row++) column[this.#length + row] = rows[row * width + at]!;
    }
    this.#length += count;
  }

  /** Forgets every row after `iteration`. */
  truncateAfter(iteration: number): void {
    const iterations = this.#iterations;
    while (this.#length > 0 && iterations[this.#length - 1]! > iteration) this.#length -= 1;
  }

  get #iterations(): Float64Array {
    return this.#columns.get('iteration')!;
  }

  /** Doubling makes the cost of growth constant per row. */
  #reserve(needed: number): void {
    const capacity = this.#iterations.length;
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
