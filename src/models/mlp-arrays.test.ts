import { describe, expect, it } from 'vitest';
import { ACTIVATIONS } from '../experiment/experiment.ts';
import { key, uniform } from '../math/rng.ts';
import { adaptPath, expandAlpha, lossAndGradient, predict } from './mlp-arrays.ts';
import { type MlpShape, parameterCount } from './mlp-shape.ts';

function randomCase(activation: MlpShape['activation'], sizes: readonly number[], points = 7) {
  const shape: MlpShape = { sizes, activation };
  const params = Float64Array.from(uniform(key(1), parameterCount(shape), -1, 1));
  const x = Float64Array.from(uniform(key(2), points * sizes[0]!, -2, 2));
  const y = Float64Array.from(uniform(key(3), points * sizes.at(-1)!, -2, 2));
  return { shape, params, x, y };
}

describe('predict', () => {
  it('computes a net small enough to do by hand', () => {
    // hidden = relu([x·1 + 0.5, x·(−2) + 1]); out = 3 h1 − h2 + 0.25
    const shape: MlpShape = { sizes: [1, 2, 1], activation: 'relu' };
    const params = Float64Array.of(1, -2, 0.5, 1, 3, -1, 0.25);
    expect(Array.from(predict(shape, params, Float64Array.of(2, -1)))).toEqual([7.75, -2.75]);
  });

  it('says what is wrong with arrays that do not fit', () => {
    const { shape, params, x } = randomCase('relu', [2, 3, 1]);
    expect(() => predict(shape, params.subarray(1), x)).toThrow(/got 12 values, expected 13/);
    expect(() => predict(shape, params, x.subarray(1))).toThrow(/expected a multiple of 2/);
  });

  it('keeps NaN visible instead of switching the unit off', () => {
    const { shape, params, x } = randomCase('relu', [1, 4, 4, 1]);
    params[0] = Number.NaN;
    expect(predict(shape, params, x).every(Number.isNaN)).toBe(true);
  });
});

describe('lossAndGradient', () => {
  for (const activation of ACTIVATIONS) {
    it(`agrees with central differences (${activation})`, () => {
      for (const sizes of [
        [1, 5, 1],
        [2, 6, 5, 3],
        [1, 4, 4, 4, 1],
        [2, 3],
      ]) {
        const { shape, params, x, y } = randomCase(activation, sizes);
        const { gradient } = lossAndGradient(shape, params, { x, y });
        for (let at = 0; at < params.length; at++) {
          const h = 1e-6;
          const up = params.slice();
          const down = params.slice();
          up[at]! += h;
          down[at]! -= h;
          const slope =
            (lossAndGradient(shape, up, { x, y }).loss - lossAndGradient(shape, down, { x, y }).loss) /
            (2 * h);
          expect(Math.abs(gradient[at]! - slope)).toBeLessThan(1e-7);
        }
      }
    });
  }

  it('is 0 without points', () => {
    const { shape, params } = randomCase('tanh', [1, 3, 1]);
    const none = new Float64Array(0);
    const { loss, gradient } = lossAndGradient(shape, params, { x: none, y: none });
    expect(loss).toBe(0);
    expect(gradient.every((value) => value === 0)).toBe(true);
  });
});

describe('adaptPath', () => {
  it('takes gradient steps from a copy of θ', () => {
    const { shape, params, x, y } = randomCase('tanh', [1, 5, 5, 1]);
    const before = params.slice();
    const alpha = { mode: 'layer', values: Float64Array.of(0.02, 0, 0.05) } as const;
    const path = adaptPath({ shape, params, alpha, x, y, steps: 3 });
    expect(path).toHaveLength(4);
    expect(params).toEqual(before);
    const { gradient } = lossAndGradient(shape, path[1]!, { x, y });
    const rates = expandAlpha(shape, alpha);
    path[2]!.forEach((value, at) => {
      expect(value).toBeCloseTo(path[1]![at]! - rates[at]! * gradient[at]!, 14);
    });
    const losses = path.map((theta) => lossAndGradient(shape, theta, { x, y }).loss);
    expect(losses[3]!).toBeLessThan(losses[0]!);
  });
});

describe('expandAlpha', () => {
  it('gives a layer’s weights and bias one α', () => {
    const shape: MlpShape = { sizes: [1, 2, 1], activation: 'relu' };
    const expanded = expandAlpha(shape, { mode: 'layer', values: Float64Array.of(1, 2) });
    expect(Array.from(expanded)).toEqual([1, 1, 1, 1, 2, 2, 2]);
    expect(() => expandAlpha(shape, { mode: 'layer', values: Float64Array.of(1) })).toThrow(/expected 2/);
  });
});
