// From tens of thousands of points to a few per pixel column: minimum, maximum and an exponentially smoothed value.
// One pass, no allocation per point.

export interface Columns {
  /** Columns that hold a point, ascending. */
  readonly count: number;
  /** Mean x of the column's points, data units [count]. */
  readonly x: Float64Array;
  readonly min: Float64Array;
  readonly max: Float64Array;
  /** The smoothed value at the column's last point. */
  readonly smooth: Float64Array;
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

/**
 * Buckets ascending `xs` into pixel columns. Non-finite ys are skipped. The exponential average is bias-corrected
 * (divided by 1 − decay^n), so it starts at the first value.
 */
export function decimate(xs: ArrayLike<number>, ys: ArrayLike<number>, options: DecimateOptions): Columns {
  const { length, domain, smoothing } = options;
  const width = Math.max(Math.ceil(options.width), 1);
  const x = new Float64Array(width + 1);
  const min = new Float64Array(width + 1);
  const max = new Float64Array(width + 1);
  const smooth = new Float64Array(width + 1);
  const perUnit = width / (domain[1] - domain[0]);
  const decay = smoothing > 0 ? Math.exp(-1 / smoothing) : 0;
  let average = 0;
  let weight = 0;
  let count = 0;
  let column = -1;
  let inColumn = 0;
  for (let i = 0; i < length; i++) {
    const value = ys[i]!;
    if (!Number.isFinite(value)) continue;
    average = decay * average + (1 - decay) * value;
    weight = decay * weight + (1 - decay);
    const at = Math.floor((xs[i]! - domain[0]) * perUnit);
    if (!(at >= 0 && at <= width)) continue;
    if (at !== column) {
      column = at;
      inColumn = 0;
      min[count] = value;
      max[count] = value;
      x[count] = 0;
      count++;
    }
    const c = count - 1;
    if (value < min[c]!) min[c] = value;
    if (value > max[c]!) max[c] = value;
    inColumn++;
    x[c] = x[c]! + (xs[i]! - x[c]!) / inColumn;
    smooth[c] = average / weight;
  }
  return { count, x, min, max, smooth };
}
