import { describe, expect, it } from 'vitest';
import { summariseCurve, summariseLosses } from './loss-summary.ts';

describe('summariseLosses', () => {
  it('gives mean, interpolated quartiles and no diverged tasks', () => {
    expect(summariseLosses([4, 1, 3, 2])).toEqual({
      mean: 2.5,
      median: 2.5,
      q25: 1.75,
      q75: 3.25,
      diverged: 0,
    });
  });

  it('leaves non-finite losses out of the mean only; they count as diverged and as +∞ in the quartiles', () => {
    const summary = summariseLosses([1, Number.NaN, 2, Number.POSITIVE_INFINITY, 3]);
    expect(summary).toEqual({ mean: 2, median: 3, q25: 2, q75: Number.POSITIVE_INFINITY, diverged: 2 });
  });

  it('counts a finite loss above 100 as diverged and keeps it in the mean', () => {
    const summary = summariseLosses([1, 1, 1, 101]);
    expect(summary.diverged).toBe(1);
    expect(summary.mean).toBe(26);
    expect(summary.median).toBe(1);
  });
});

describe('summariseCurve', () => {
  it('has one entry per number of steps', () => {
    const curve = summariseCurve(5, [
      [2, 4],
      [1, 200],
    ]);
    expect(curve).toEqual({
      supportSize: 5,
      steps: [0, 1],
      mean: [3, 100.5],
      median: [3, 100.5],
      q25: [2.5, 50.75],
      q75: [3.5, 150.25],
      diverged: [0, 1],
    });
  });
});
