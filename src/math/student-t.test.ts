import { describe, expect, it } from 'vitest';
import { meanInterval, studentQuantile, studentTail, welchInterval } from './student-t.ts';

describe('studentQuantile', () => {
  // Table of the two-sided 95 % points: Abramowitz & Stegun 26.10; SciPy's stats.t.ppf(0.975, ν).
  it.each([
    [1, 12.706204736432095],
    [2, 4.302652729911275],
    [4, 2.7764451051977987],
    [9, 2.2621571627409915],
    [29, 2.045229642132703],
    [99, 1.9842169515086827],
    [1e6, 1.9599663568161],
  ])('is the table’s for %d degrees of freedom', (degrees, expected) => {
    expect(studentQuantile(0.95, degrees)).toBeCloseTo(expected, 6);
  });

  it('inverts the tail, also between whole degrees of freedom', () => {
    for (const degrees of [0.7, 3.3, 17.25, 640]) {
      for (const level of [0.5, 0.9, 0.999]) {
        expect(studentTail(studentQuantile(level, degrees), degrees)).toBeCloseTo(1 - level, 9);
      }
    }
  });

  it('has the closed form of one and of two degrees of freedom', () => {
    // ν = 1: Cauchy, P(|T| > t) = 1 − 2/π atan t; ν = 2: 1 − t/√(2 + t²).
    for (const t of [0.1, 1, 5]) {
      expect(studentTail(t, 1)).toBeCloseTo(1 - (2 / Math.PI) * Math.atan(t), 10);
      expect(studentTail(t, 2)).toBeCloseTo(1 - t / Math.sqrt(2 + t * t), 10);
    }
  });

  it('refuses what has no quantile', () => {
    expect(() => studentQuantile(1, 5)).toThrow(RangeError);
    expect(() => studentQuantile(0.95, 0)).toThrow(RangeError);
  });
});

describe('intervals', () => {
  it('are t intervals of the mean', () => {
    // Mean 3, s = √2.5, n = 5: 2.776445 · √(2.5/5).
    const { centre, halfWidth } = meanInterval([1, 2, 3, 4, 5]);
    expect(centre).toBe(3);
    expect(halfWidth).toBeCloseTo(2.7764451 * Math.sqrt(0.5), 6);
  });

  it('are Welch’s for a difference', () => {
    // Equal sizes and variances: ν = 2(n − 1) = 8, t = 2.306004.
    const { centre, halfWidth } = welchInterval([1, 2, 3, 4, 5], [2, 3, 4, 5, 6]);
    expect(centre).toBe(-1);
    expect(halfWidth).toBeCloseTo(2.306004135 * Math.sqrt(1), 6);
    // Unequal ones have fewer: between min(n) − 1 and the sum.
    const unequal = welchInterval([0, 10, 20], [1, 1.1, 0.9, 1, 1]).halfWidth;
    expect(unequal).toBeGreaterThan(studentQuantile(0.95, 2.2) * Math.sqrt(100 / 3));
    expect(unequal).toBeLessThan(studentQuantile(0.95, 1.9) * Math.sqrt(100 / 3 + 0.01));
  });

  it('do not exist for one value', () => {
    expect(meanInterval([4])).toEqual({ centre: 4, halfWidth: Number.NaN });
    expect(welchInterval([4], [1, 2]).halfWidth).toBeNaN();
    expect(welchInterval([4, 4], [1, 1])).toEqual({ centre: 3, halfWidth: 0 });
  });
});
