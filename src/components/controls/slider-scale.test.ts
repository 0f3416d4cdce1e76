import { describe, expect, it } from 'vitest';
import { nudged, type SliderRange, sliderShare, sliderSteps, sliderValue } from './slider-scale.ts';

const ALPHA: SliderRange = { min: 1e-4, max: 1, step: 1e-4, scale: 'log' };
const POINTS: SliderRange = { min: 1, max: 40, step: 1, scale: 'linear' };
const PHASE: SliderRange = { min: 0, max: 2 * Math.PI, step: 0.01, scale: 'linear' };
const ITERATIONS: SliderRange = { min: 10, max: 100_000, step: 1, scale: 'log' };

describe('slider scales', () => {
  it('places a log value by its exponent', () => {
    expect(sliderShare(0.01, ALPHA)).toBeCloseTo(0.5, 9);
    expect(sliderValue(0.5, ALPHA)).toBe(0.01);
  });
  it('reaches both ends exactly', () => {
    for (const range of [ALPHA, POINTS, PHASE, ITERATIONS]) {
      expect(sliderValue(0, range)).toBe(range.min);
      expect(sliderValue(1, range)).toBe(range.max);
      expect(sliderShare(range.min, range)).toBe(0);
      expect(sliderShare(range.max, range)).toBe(1);
    }
  });
  it('gives whole numbers where the step is whole', () => {
    for (let i = 0; i <= 20; i++) {
      expect(Number.isInteger(sliderValue(i / 20, POINTS))).toBe(true);
      expect(Number.isInteger(sliderValue(i / 20, ITERATIONS))).toBe(true);
    }
  });
  it('has one position per step where those are few', () => {
    expect(sliderSteps(POINTS)).toBe(39);
    expect(sliderSteps(PHASE)).toBe(200);
    expect(sliderSteps(ALPHA)).toBe(200);
  });
  it('nudges by a step, or by the leading digit on a log scale', () => {
    expect(nudged(10, 1, POINTS)).toBe(11);
    expect(nudged(40, 1, POINTS)).toBe(40);
    expect(nudged(0.01, 1, ALPHA)).toBe(0.02);
    expect(nudged(0.01, -1, ALPHA)).toBe(0.009);
    expect(nudged(0.0001, -1, ALPHA)).toBe(0.0001);
  });
});
