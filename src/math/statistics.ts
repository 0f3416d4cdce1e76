// Descriptive statistics of small samples: means, quantiles, bootstrap intervals. Inputs are never changed.
// Entries may be +∞ (a diverged task); quantiles stay defined then. Empty samples give NaN.
import { bits, foldIn, type Key } from './rng.ts';

/** Arithmetic mean. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

/** Unbiased variance (divides by n − 1), in two passes; NaN for fewer than two values. */
export function variance(values: ArrayLike<number>): number {
  const centre = mean(values);
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i]! - centre) ** 2;
  return values.length < 2 ? Number.NaN : sum / (values.length - 1);
}

/** The q-quantile, 0 ≤ q ≤ 1, of an unsorted sample; see quantileOfSorted. */
export function quantile(values: ArrayLike<number>, q: number): number {
  return quantileOfSorted(Float64Array.from(values).sort(), q);
}

/** The q-quantile of an ascending sample, interpolated linearly (type 7 of Hyndman & Fan 1996, as NumPy). */
export function quantileOfSorted(sorted: ArrayLike<number>, q: number): number {
  if (!(q >= 0 && q <= 1)) throw new RangeError(`A quantile must be from 0 to 1; got ${q}.`);
  const position = q * (sorted.length - 1);
  const index = Math.floor(position);
  const below = sorted[index] ?? Number.NaN;
  const above = sorted[Math.ceil(position)] ?? Number.NaN;
  // Between two infinities, and exactly on an entry, there is nothing to interpolate (∞ − ∞ would be NaN).
  return below === above ? below : below + (position - index) * (above - below);
}

/** The middle value. */
export function median(values: ArrayLike<number>): number {
  return quantile(values, 0.5);
}

/** First and third quartile, and the distance between them. */
export function interquartileRange(values: ArrayLike<number>): {
  readonly q25: number;
  readonly q75: number;
  readonly range: number;
} {
  const sorted = Float64Array.from(values).sort();
  const q25 = quantileOfSorted(sorted, 0.25);
  const q75 = quantileOfSorted(sorted, 0.75);
  return { q25, q75, range: q75 - q25 };
}

export interface BootstrapOptions {
  readonly key: Key;
  /** Number of resampled data sets. */
  readonly resamples?: number;
  /** Coverage, such as 0.95. */
  readonly level?: number;
  /** What is estimated; the mean unless given. */
  readonly statistic?: (sample: Float64Array) => number;
}

/** Percentile bootstrap interval (Efron 1979) of a statistic: [low, high]. The same key gives the same interval. */
export function bootstrapConfidenceInterval(
  values: ArrayLike<number>,
  options: BootstrapOptions,
): readonly [number, number] {
  const { key, resamples = 1000, level = 0.95, statistic = mean } = options;
  if (!(level > 0 && level < 1)) {
    throw new RangeError(`The level of a confidence interval must lie between 0 and 1; got ${level}.`);
  }
  const sample = new Float64Array(values.length);
  const estimates = new Float64Array(resamples);
  for (let resample = 0; resample < resamples; resample++) {
    const words = bits(foldIn(key, resample), values.length);
    for (let i = 0; i < sample.length; i++) {
      sample[i] = values[Math.floor((words[i]! / 2 ** 32) * values.length)]!;
    }
    estimates[resample] = statistic(sample);
  }
  estimates.sort();
  const tail = (1 - level) / 2;
  return [quantileOfSorted(estimates, tail), quantileOfSorted(estimates, 1 - tail)];
}
