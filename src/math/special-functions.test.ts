import { describe, expect, it } from 'vitest';
import { erf, erfinv } from './special-functions.ts';

// Values of scipy.special.
describe('erf', () => {
  it.each([
    [0.1, 0.1124629160182849],
    [0.5, 0.5204998778130465],
    [1, 0.8427007929497148],
    [2, 0.9953222650189527],
    [2.9, 0.9999589021219005],
    [3, 0.9999779095030014],
    [3.1, 0.9999883513426328],
    [4, 0.9999999845827421],
    [5, 0.9999999999984626],
  ])('erf(%f)', (x, expected) => {
    expect(Math.abs(erf(x) - expected)).toBeLessThan(1e-14);
    expect(erf(-x)).toBe(-erf(x));
  });

  it('reaches its limits', () => {
    expect([erf(0), erf(7), erf(Number.NEGATIVE_INFINITY), erf(Number.NaN)]).toEqual([0, 1, -1, Number.NaN]);
  });
});

describe('erfinv', () => {
  it.each([
    [0.1, 0.08885599049425769],
    [0.5, 0.4769362762044699],
    [0.9, 1.1630871536766743],
    [0.99, 1.8213863677184496],
    [0.999, 2.326753765513524],
    [0.99999, 3.123413274341571],
    [0.9999999, 3.766562581638471],
  ])('erfinv(%f) to single precision', (x, expected) => {
    expect(Math.abs(erfinv(x) / expected - 1)).toBeLessThan(5e-7);
    expect(erfinv(-x)).toBe(-erfinv(x));
  });

  it('is infinite at ±1 and not a number beyond', () => {
    expect([erfinv(1), erfinv(-1), erfinv(1.5)]).toEqual([
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      Number.NaN,
    ]);
  });
});
