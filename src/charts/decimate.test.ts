import { describe, expect, it } from 'vitest';
import { decimate } from './decimate.ts';

const count = (n: number) => Float64Array.from({ length: n }, (_, i) => i);

describe('decimate', () => {
  it('keeps the extremes of every column', () => {
    const xs = count(1000);
    const ys = xs.map((x) => Math.sin(x / 7) + (x === 333 ? 50 : 0));
    const columns = decimate(xs, ys, { length: 1000, domain: [0, 1000], width: 50, smoothing: 0 });
    expect(columns.count).toBe(50);
    expect(Math.max(...columns.max)).toBe(ys[333]);
    expect(columns.max[16]).toBe(ys[333]);
    expect(Math.min(...columns.min.subarray(0, 50))).toBe(Math.min(...ys));
  });

  it('is the identity while there are fewer points than columns', () => {
    const columns = decimate([0, 10, 20], [3, 1, 2], {
      length: 3,
      domain: [0, 100],
      width: 100,
      smoothing: 0,
    });
    expect(columns.count).toBe(3);
    expect([...columns.x.subarray(0, 3)]).toEqual([0, 10, 20]);
    expect([...columns.min.subarray(0, 3)]).toEqual([3, 1, 2]);
    expect([...columns.smooth.subarray(0, 3)]).toEqual([3, 1, 2]);
  });

  it('smooths without bias at the start: a constant stays that constant', () => {
    const ys = new Float64Array(200).fill(2.5);
    const columns = decimate(count(200), ys, { length: 200, domain: [0, 200], width: 20, smoothing: 50 });
    for (let c = 0; c < columns.count; c++) expect(columns.smooth[c]).toBeCloseTo(2.5, 12);
  });

  it('equals the recurrence it states', () => {
    const ys = [4, 2, 6, 1];
    const decay = Math.exp(-1 / 3);
    let average = 0;
    let weight = 0;
    for (const y of ys) {
      average = decay * average + (1 - decay) * y;
      weight = decay * weight + (1 - decay);
    }
    const columns = decimate(count(4), ys, { length: 4, domain: [0, 4], width: 4, smoothing: 3 });
    expect(columns.smooth[3]).toBeCloseTo(average / weight, 12);
  });

  it('skips what is not finite and what lies outside, and ignores rows beyond length', () => {
    const ys = [1, Number.NaN, Number.POSITIVE_INFINITY, 3, 9];
    const columns = decimate([0, 1, 2, 3, 4], ys, { length: 4, domain: [0, 10], width: 10, smoothing: 0 });
    expect([...columns.min.subarray(0, columns.count)]).toEqual([1, 3]);
    const outside = decimate([-5, 50], [1, 1], { length: 2, domain: [0, 10], width: 10, smoothing: 0 });
    expect(outside.count).toBe(0);
  });

  it('continues a history to the same result as reading it all, and leaves the earlier result alone', () => {
    const xs = count(900);
    const ys = xs.map((x) => Math.cos(x * x));
    const options = { domain: [0, 1000] as const, width: 40, smoothing: 7 };
    const first = decimate(xs, ys, { ...options, length: 433 });
    const kept = structuredClone(first);
    const whole = decimate(xs, ys, { ...options, length: 900 });
    expect(decimate(xs, ys, { ...options, length: 900 }, first)).toEqual(whole);
    expect(first).toEqual(kept);
    const other = ys.map((y) => y + 1);
    expect(decimate(xs, other, { ...options, length: 900 }, first)).toEqual(
      decimate(xs, other, { ...options, length: 900 }),
    );
  });
});
