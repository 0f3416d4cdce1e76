import { describe, expect, it } from 'vitest';
import {
  finiteExtent,
  formatTick,
  formatValue,
  groupThousands,
  halfTicks,
  niceCeiling,
  type Scale,
  steppingDomain,
  steppingLogDomain,
  steppingSymmetricDomain,
  ticksOf,
  toPixel,
  toValue,
} from './scales.ts';

describe('toPixel and toValue', () => {
  const linear: Scale = { kind: 'linear', domain: [-5, 5], range: [20, 320] };
  const log: Scale = { kind: 'log', domain: [0.01, 100], range: [100, 0] };

  it('map the ends of the domain to the ends of the range', () => {
    expect([toPixel(linear, -5), toPixel(linear, 5)]).toEqual([20, 320]);
    expect([toPixel(log, 0.01), toPixel(log, 1), toPixel(log, 100)]).toEqual([100, 50, 0]);
  });

  it('are each other’s inverse', () => {
    for (const scale of [linear, log]) {
      for (const value of [0.02, 0.5, 3])
        expect(toValue(scale, toPixel(scale, value))).toBeCloseTo(value, 10);
    }
  });

  it('give NaN where there is no place', () => {
    expect(toPixel(log, 0)).toBeNaN();
    expect(toPixel(log, -1)).toBeNaN();
    expect(toPixel(linear, Number.POSITIVE_INFINITY)).toBeNaN();
  });
});

describe('steppingDomain', () => {
  it('keeps the domain until the data leave it, then steps to the next nice one', () => {
    let domain = steppingDomain(null, 3.7);
    expect(domain).toEqual([0, 4]);
    for (const max of [3.9, 2, 1.3, 4]) {
      const next = steppingDomain(domain, max);
      expect(next).toBe(domain);
      domain = next;
    }
    expect(steppingDomain(domain, 4.01)).toEqual([0, 6]);
  });

  it('steps down when the data fill less than a third', () => {
    expect(steppingDomain([0, 10], 0.5)).toEqual([0, 0.6].map((v) => expect.closeTo(v, 12)));
  });

  it('never exceeds the limit', () => {
    expect(steppingDomain(null, 65_000, 70_000)).toEqual([0, 70_000]);
    expect(steppingDomain([0, 80_000], 65_000, 70_000)).toEqual([0, 70_000]);
  });

  it('keeps its last finite range when the data are not finite', () => {
    expect(steppingDomain([0, 4], Number.POSITIVE_INFINITY)).toEqual([0, 4]);
    expect(steppingDomain([0, 4], null)).toEqual([0, 4]);
    expect(steppingDomain(null, Number.NaN)).toEqual([0, 1]);
  });

  it('changes a bounded number of times while data grow a thousandfold', () => {
    let domain = steppingDomain(null, 1);
    let steps = 0;
    for (let max = 1; max < 1000; max *= 1.001) {
      const next = steppingDomain(domain, max);
      if (next !== domain) steps++;
      expect(next[1]).toBeGreaterThanOrEqual(max);
      domain = next;
    }
    expect(steps).toBe(18);
  });
});

describe('steppingSymmetricDomain', () => {
  it('leaves headroom above a nice tick', () => {
    expect(steppingSymmetricDomain(null, 5)[1]).toBeCloseTo(5.2);
    expect(steppingSymmetricDomain(null, 1)[1]).toBeCloseTo(1.3);
  });

  it('keeps its domain inside, steps outside', () => {
    const domain = steppingSymmetricDomain(null, 5);
    expect(steppingSymmetricDomain(domain, 3)).toBe(domain);
    expect(steppingSymmetricDomain(domain, 5.3)[1]).toBeCloseTo(7.8);
  });
});

describe('steppingLogDomain', () => {
  it('stands on rungs of 1, 2 and 5', () => {
    expect(steppingLogDomain(null, [0.03, 4])).toEqual([0.02, 5]);
  });

  it('keeps its domain inside, steps outside', () => {
    const domain = steppingLogDomain(null, [0.03, 4]);
    expect(steppingLogDomain(domain, [0.04, 3])).toBe(domain);
    expect(steppingLogDomain(domain, [0.015, 3])[0]).toBe(0.01);
  });

  it('has room around a single value and survives none', () => {
    const [low, high] = steppingLogDomain(null, [0.01, 0.01]);
    expect(low).toBeLessThan(0.01);
    expect(high).toBeGreaterThan(0.01);
    expect(steppingLogDomain(null, null)).toEqual([0.1, 10]);
    expect(steppingLogDomain([0.1, 1], [0, 0])).toEqual([0.1, 1]);
  });
});

describe('ticksOf', () => {
  it('gives 2 to 4 ticks inside the domain, for every domain that stepping can reach', () => {
    for (let max = 1e-4; max < 1e6; max *= 1.07) {
      for (const [domain, kind] of [
        [steppingDomain(null, max), 'linear'],
        [steppingSymmetricDomain(null, max), 'linear'],
        [steppingLogDomain(null, [max / 7, max * 11]), 'log'],
        [steppingLogDomain(null, [max, max]), 'log'],
        [steppingLogDomain(null, [max / 1e6, max * 1e6]), 'log'],
      ] as const) {
        const ticks = ticksOf(domain, kind);
        expect(ticks.length, `${domain}`).toBeGreaterThanOrEqual(2);
        expect(ticks.length, `${domain}`).toBeLessThanOrEqual(4);
        for (const tick of ticks) {
          expect(tick).toBeGreaterThanOrEqual(domain[0]);
          expect(tick).toBeLessThanOrEqual(domain[1]);
        }
      }
    }
  });

  it('divides evenly from zero', () => {
    expect(ticksOf([0, 6])).toEqual([0, 2, 4, 6]);
    expect(ticksOf([0, 0.3])).toEqual([0, 0.1, 0.2, 0.3]);
    expect(ticksOf([0, 70_000])).toEqual([0, 35_000, 70_000]);
    expect(ticksOf([-5.2, 5.2])).toEqual([-4, 0, 4]);
    expect(halfTicks([0, 60_000])).toEqual([0, 30_000, 60_000]);
  });
});

describe('number formats', () => {
  it.each([
    [-4, '−4'],
    [0, '0'],
    [0.005, '0.005'],
    [1000, '1,000'],
    [10_000, '10k'],
    [35_000, '35k'],
    [2_500_000, '2.5M'],
    [2e20, '2·10²⁰'],
    [0.00002, '2·10⁻⁵'],
    [0.00001, '10⁻⁵'],
  ])('tick %d reads %s', (value, text) => {
    expect(formatTick(value)).toBe(text);
  });

  it.each([
    [0.424, '0.42'],
    [12.34, '12.3'],
    [1204.4, '1,204'],
    [0.00482, '0.0048'],
    [Number.POSITIVE_INFINITY, '∞'],
    [Number.NEGATIVE_INFINITY, '−∞'],
    [Number.NaN, '–'],
    [3.4e7, '3.4·10⁷'],
  ])('value %d reads %s', (value, text) => {
    expect(formatValue(value)).toBe(text);
  });

  it('groups thousands', () => {
    expect(groupThousands(41_200)).toBe('41,200');
    expect(groupThousands(-1_234_567)).toBe('−1,234,567');
  });
});

it('finiteExtent skips what is not finite or not positive', () => {
  expect(finiteExtent([3, Number.NaN, -1, Number.POSITIVE_INFINITY])).toEqual([-1, 3]);
  expect(finiteExtent([3, 0, -1, 0.5], true)).toEqual([0.5, 3]);
  expect(finiteExtent([Number.NaN])).toBeNull();
});

it('niceCeiling is at least its argument and at most twice it', () => {
  for (let v = 1e-6; v < 1e8; v *= 1.013) {
    const { value, step } = niceCeiling(v);
    expect(value).toBeGreaterThanOrEqual(v * (1 - 1e-8));
    expect(value).toBeLessThanOrEqual(2.0001 * v);
    expect([2, 3]).toContain(Math.round(value / step));
  }
});
