import { describe, expect, it } from 'vitest';
import { createRate } from './rate.ts';

/** A rate on a clock that the test sets, in ms. */
function rateAt() {
  const time = { now: 0 };
  return { time, rate: createRate(() => time.now) };
}

describe('the rate', () => {
  it('counts over about the last second', () => {
    const { time, rate } = rateAt();
    for (let i = 0; i < 200; i++) {
      time.now += 20;
      rate.count(2);
    }
    expect(rate.perSecond()).toBeCloseTo(100, 0);
  });

  it('knows the pace of iterations that take longer than that, also between two of them', () => {
    const { time, rate } = rateAt();
    for (let i = 0; i < 3; i++) {
      time.now += 2500;
      rate.count(1);
    }
    expect(rate.perSecond()).toBeCloseTo(0.4);
    time.now += 2000;
    expect(rate.perSecond()).toBeCloseTo(0.4);
    time.now += 8000;
    expect(rate.perSecond()).toBeCloseTo(0.1);
  });

  it('is 0 before anything was done, and after a pause', () => {
    const { time, rate } = rateAt();
    time.now += 700;
    expect(rate.perSecond()).toBe(0);
    rate.count(5);
    expect(rate.perSecond()).toBeGreaterThan(0);
    rate.reset();
    time.now += 10;
    expect(rate.perSecond()).toBe(0);
  });
});
