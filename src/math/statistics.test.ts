import { describe, expect, it } from 'vitest';
import { foldIn, key, normal } from './rng.ts';
import {
  bootstrapConfidenceInterval,
  interquartileRange,
  mean,
  median,
  quantile,
  quantileOfSorted,
  variance,
} from './statistics.ts';

describe('mean and variance', () => {
  it('of a small sample', () => {
    expect(mean([2, 4, 4, 4, 5, 5, 7, 9])).toBe(5);
    expect(variance([2, 4, 4, 4, 5, 5, 7, 9])).toBeCloseTo(32 / 7, 14);
  });

  it('does not lose the variance beside a large mean', () => {
    expect(variance([1e9 + 1, 1e9 + 2, 1e9 + 3])).toBe(1);
  });

  it('is NaN without data', () => {
    expect([mean([]), variance([3]), median([])]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  });
});

describe('quantiles', () => {
  // numpy.quantile([3, 1, 4, 1, 5, 9, 2, 6], q)
  it.each([
    [0, 1],
    [0.1, 1],
    [0.25, 1.75],
    [0.5, 3.5],
    [0.75, 5.25],
    [0.9, 6.9],
    [1, 9],
  ])('type 7 at %f', (q, expected) => {
    expect(quantile([3, 1, 4, 1, 5, 9, 2, 6], q)).toBeCloseTo(expected, 12);
  });

  it('leaves the sample as it was', () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });

  it('stays defined where tasks have diverged', () => {
    const infinity = Number.POSITIVE_INFINITY;
    expect(median([1, 2, infinity])).toBe(2);
    expect(median([1, infinity, infinity])).toBe(infinity);
    expect(quantileOfSorted([1, 2, infinity, infinity], 1)).toBe(infinity);
    expect(interquartileRange([1, 2, 3, 4, infinity])).toEqual({ q25: 2, q75: 4, range: 2 });
  });

  it('refuses a quantile outside 0…1', () => {
    expect(() => quantile([1], 1.5)).toThrow(/from 0 to 1; got 1.5/);
  });
});

describe('bootstrap', () => {
  it('covers the true mean about as often as it says', () => {
    let covered = 0;
    for (let experiment = 0; experiment < 200; experiment++) {
      const values = normal(foldIn(key(1), experiment), 40);
      const [low, high] = bootstrapConfidenceInterval(values, {
        key: foldIn(key(2), experiment),
        resamples: 400,
      });
      if (low <= 0 && 0 <= high) covered++;
    }
    // Percentile intervals of 40 points cover slightly less than 95 %; 4 standard errors either way.
    expect(covered / 200).toBeGreaterThan(0.88);
    expect(covered / 200).toBeLessThan(1);
  });

  it('repeats with the same key and narrows with the level', () => {
    const values = normal(key(3), 50);
    const at = (level: number) => bootstrapConfidenceInterval(values, { key: key(4), level });
    expect(at(0.95)).toEqual(at(0.95));
    expect(at(0.5)[1] - at(0.5)[0]).toBeLessThan(at(0.95)[1] - at(0.95)[0]);
    expect(bootstrapConfidenceInterval([7, 7, 7], { key: key(5), statistic: median })).toEqual([7, 7]);
    expect(() => at(1)).toThrow(/level of a confidence interval/);
  });
});
