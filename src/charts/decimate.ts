// From tens of thousands of points to a few per pixel column: minimum, maximum and an exponentially smoothed value.
// One pass without allocation per point; a result can be continued when rows were only added.

/** How far a thinning got: what it needs to go on with later rows. */
interface Progress {
  readonly domain: readonly [number, number];
  readonly width: number;
  readonly smoothing: number;
  /** Rows read. */
  readonly rows: number;
  /** The last row read, to see whether the history is still the same one. */
  readonly lastX: number;
  readonly lastY: number;
  /** Pixel column of the last entry. */
  readonly column: number;
  readonly average: number;
  readonly weight: number;
}

export interface Columns {
  /** Columns that hold a point, ascending; the arrays' first `count` entries are valid. */
  readonly count: number;
  /** x of the column's last point, data units. */
  readonly x: Float64Array;
  readonly min: Float64Array;
  readonly max: Float64Array;
  /** The smoothed value at the column's last point. */
  readonly smooth: Float64Array;
  readonly progress: Progress;
}

export interface DecimateOptions {
  /** Valid entries of xs and ys. */
  readonly length: number;
  /** Ends of the axis in data units; points outside are left out. */
  readonly domain: readonly [number, number];
  /** Number of columns over the domain. */
  readonly width: number;
  /** Time constant of the smoothing, in points; 0 for none. */
  readonly smoothing: number;
}

/** Whether `previous` holds the beginning of this very history under the same options. */
function isContinued(
  previous: Columns,
  xs: ArrayLike<number>,
  ys: ArrayLike<number>,
  options: DecimateOptions,
): boolean {
  const { domain, width, smoothing, rows, lastX, lastY } = previous.progress;
  const same =
    domain[0] === options.domain[0] &&
    domain[1] === options.domain[1] &&
    width === Math.max(Math.ceil(options.width), 1) &&
    smoothing === options.smoothing &&
    rows <= options.length;
  return same && rows > 0 && Object.is(xs[rows - 1], lastX) && Object.is(ys[rows - 1], lastY);
}

/**
 * Buckets ascending `xs` into pixel columns. Non-finite ys are skipped. The exponential average is bias-corrected
 * (divided by the sum of its weights), so it starts at the first value. `previous`: an earlier result of the same
 * history; if it can be continued only the new rows are read, else everything is. It is not changed.
 */
export function decimate(
  xs: ArrayLike<number>,
  ys: ArrayLike<number>,
  options: DecimateOptions,
  previous: Columns | null = null,
): Columns {
  const { length, domain, smoothing } = options;
  const width = Math.max(Math.ceil(options.width), 1);
  const start = previous !== null && isContinued(previous, xs, ys, options) ? previous : null;
  const x = start === null ? new Float64Array(width + 1) : start.x.slice();
  const min = start === null ? new Float64Array(width + 1) : start.min.slice();
  const max = start === null ? new Float64Array(width + 1) : start.max.slice();
  const smooth = start === null ? new Float64Array(width + 1) : start.smooth.slice();
  const perUnit = width / (domain[1] - domain[0]);
  const decay = smoothing > 0 ? Math.exp(-1 / smoothing) : 0;
  let count = start?.count ?? 0;
  let column = start?.progress.column ?? -1;
  let average = start?.progress.average ?? 0;
  let weight = start?.progress.weight ?? 0;
  for (let i = start?.progress.rows ?? 0; i < length; i++) {
    const value = ys[i]!;
    // Finite: the difference of an infinity or NaN with itself is NaN.
    if (value - value !== 0) continue;
    average = decay * average + (1 - decay) * value;
    weight = decay * weight + (1 - decay);
    const at = Math.floor((xs[i]! - domain[0]) * perUnit);
    if (!(at >= 0 && at <= width)) continue;
    if (at !== column) {
      column = at;
      min[count] = value;
      max[count] = value;
      count++;
    }
    const c = count - 1;
    if (value < min[c]!) min[c] = value;
    if (value > max[c]!) max[c] = value;
    x[c] = xs[i]!;
    smooth[c] = average / weight;
  }
  const [lastX, lastY] = length > 0 ? [xs[length - 1]!, ys[length - 1]!] : [Number.NaN, Number.NaN];
  const progress = { domain, width, smoothing, rows: length, lastX, lastY, column, average, weight };
  return { count, x, min, max, smooth, progress };
}
