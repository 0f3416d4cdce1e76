// Expected values: mpmath with 300 bits, rounded to doubles.
import { describe, expect, it } from 'vitest';
import { exp, integerPower, log1p, sin } from './elementary.ts';
import { key, uniform } from './rng.ts';

/** Distance in units of the last place of `expected`. */
function ulps(got: number, expected: number): number {
  if (got === expected) return 0;
  const exponent = Math.max(-1022, Math.floor(Math.log2(Math.abs(expected))));
  return Math.abs(got - expected) / 2 ** (exponent - 52);
}

/** The largest distance from `other` at 20 000 points of [min, max). */
function worst(own: (x: number) => number, other: (x: number) => number, [min, max]: [number, number]) {
  const places = uniform(key(7), 20_000, min, max);
  return places.reduce((most, x) => Math.max(most, ulps(own(x), other(x))), 0);
}

describe('sin', () => {
  it.each([
    [0.1, 0.09983341664682815],
    [0.5, 0.479425538604203],
    [Math.PI / 4, 0.7071067811865475],
    [1, 0.8414709848078965],
    [Math.PI / 2, 1],
    [2.5, 0.5984721441039565],
    [Math.PI, 1.2246467991473532e-16],
    [-4.7, 0.9999232575641008],
    [2 * Math.PI, -2.4492935982947064e-16],
    [-7.853981633974483, -1],
    [22, -0.008851309290403876],
    [-19.99, -0.9088188512406862],
    [39.26990816987241, 1],
    [100, -0.5063656411097588],
    [12345.678, -0.7040813137533816],
    [1048575.9, 0.2346184343169496],
  ])('sin(%f) within 1 ulp, and odd', (x, expected) => {
    expect(ulps(sin(x), expected)).toBeLessThanOrEqual(1);
    expect(sin(-x)).toBe(-sin(x));
  });

  it('agrees with Math.sin within 1 ulp, near and far', () => {
    for (const range of [
      [-1, 1],
      [-30, 30],
      [-1e6, 1e6],
    ] satisfies [number, number][]) {
      expect(worst(sin, Math.sin, range)).toBeLessThanOrEqual(1);
    }
  });

  it('keeps zeros, gives NaN for no number, and refuses what it cannot reduce', () => {
    expect([sin(0), sin(-0), sin(Number.NaN), sin(Number.POSITIVE_INFINITY)]).toEqual([
      0,
      -0,
      Number.NaN,
      Number.NaN,
    ]);
    expect(() => sin(2 ** 20)).toThrow(/2²⁰/);
  });
});

describe('log1p', () => {
  it.each([
    [-0.9999999, -16.118095651484676],
    [-0.99, -4.605170185988091],
    [-0.5, -Math.LN2],
    [-0.2928, -0.3464417676587034],
    [-0.1, -0.10536051565782631],
    [-1e-5, -0.000010000050000333337],
    [1e-20, 1e-20],
    [0.0001, 0.00009999500033330834],
    [0.3, 0.26236426446749106],
    [0.4143, 0.3466347090443171],
    [1, Math.LN2],
    [7.5, 2.1400661634962708],
    [1e10, 23.025850930040455],
  ])('log1p(%f) within 1 ulp', (x, expected) => {
    expect(ulps(log1p(x), expected)).toBeLessThanOrEqual(1);
  });

  it('agrees with Math.log1p within 1 ulp', () => {
    for (const range of [
      [-1, 0],
      [-0.01, 0.01],
      [0, 1000],
    ] satisfies [number, number][]) {
      expect(worst(log1p, Math.log1p, range)).toBeLessThanOrEqual(1);
    }
  });

  it('has its limits', () => {
    expect([log1p(-1), log1p(-2), log1p(Number.NaN), log1p(Number.POSITIVE_INFINITY), log1p(0)]).toEqual([
      Number.NEGATIVE_INFINITY,
      Number.NaN,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      0,
    ]);
  });
});

describe('exp', () => {
  it.each([
    [-36, 2.3195228302435696e-16],
    [-9.61, 0.00006705482430281112],
    [-2, 0.1353352832366127],
    [-0.5, 0.6065306597126334],
    [-1e-9, 0.999999999],
    [0.3, 1.3498588075760032],
    [1, Math.E],
    [10.5, 36315.502674246636],
    [300.25, 2.4941248615349213e130],
    [-650, 5.111951948651156e-283],
  ])('exp(%f) within 1 ulp', (x, expected) => {
    expect(ulps(exp(x), expected)).toBeLessThanOrEqual(1);
  });

  it('agrees with Math.exp within 1 ulp and refuses what would overflow', () => {
    expect(worst(exp, Math.exp, [-40, 40])).toBeLessThanOrEqual(1);
    expect(() => exp(701)).toThrow(/701/);
  });
});

describe('integerPower', () => {
  it('is exact where doubles are', () => {
    expect([integerPower(2, 0), integerPower(2, 10), integerPower(3, 33), integerPower(0.5, 40)]).toEqual([
      1,
      1024,
      3 ** 33,
      2 ** -40,
    ]);
  });

  it('stays near the true power for Adam’s bases and counts', () => {
    for (const base of [0.9, 0.999]) {
      for (const count of [1, 2, 7, 100, 1000, 5000]) {
        expect(Math.abs(integerPower(base, count) / base ** count - 1)).toBeLessThan(1e-11);
      }
    }
    expect(() => integerPower(0.9, 1.5)).toThrow(/1.5/);
  });
});
