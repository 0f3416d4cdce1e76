import { describe, expect, it } from 'vitest';
import { foldIn, key, normal } from '../math/rng.ts';
import { mean, variance } from '../math/statistics.ts';
import {
  actingLogStd,
  alphaCount,
  createActor,
  entropy,
  expandPolicyAlpha,
  gatherPolicyAlpha,
  initialisePolicy,
  klDivergences,
  logProbs,
  policyParameterCount,
  sampleActions,
} from './gaussian-policy.ts';
import { predict } from './mlp-arrays.ts';
import { parameterCount } from './mlp-shape.ts';

const shape = { sizes: [3, 5, 2], activation: 'tanh' } as const;
const params = initialisePolicy(shape, 'glorot', key(1), -0.5);
const observations = Float64Array.from(normal(key(2), 7 * 3));

describe('the Gaussian policy', () => {
  it('keeps logStd behind the net', () => {
    expect(policyParameterCount(shape)).toBe(parameterCount(shape) + 2);
    expect([...actingLogStd(shape, params)]).toEqual([-0.5, -0.5]);
    const means = createActor(shape, params, 7).means(observations);
    expect([...means]).toEqual([...predict(shape, params.subarray(0, parameterCount(shape)), observations)]);
    expect(() => createActor(shape, params.subarray(1), 7)).toThrow(/got 33 values, expected 34/);
  });

  it('holds logStd up to its floor', () => {
    expect([...actingLogStd({ ...shape, minLogStd: -0.25 }, params)]).toEqual([-0.25, -0.25]);
    expect([...actingLogStd({ ...shape, minLogStd: -1 }, params)]).toEqual([-0.5, -0.5]);
  });

  it('has the log-probability of the normal density', () => {
    // N(1, 2²) at 4 and N(0, 1) at 0.
    const [value] = logProbs(Float64Array.of(1, 0), Float64Array.of(Math.log(2), 0), Float64Array.of(4, 0));
    const density = (Math.exp(-9 / 8) / Math.sqrt(2 * Math.PI * 4)) * (1 / Math.sqrt(2 * Math.PI));
    expect(value).toBeCloseTo(Math.log(density), 12);
  });

  it('draws actions with its mean and spread, the same ones for the same key', () => {
    const many = new Float64Array(3 * 4000);
    const actions = sampleActions(shape, params, many, key(5));
    const [at] = predict(shape, params.subarray(0, parameterCount(shape)), new Float64Array(3));
    const first = actions.filter((_, index) => index % 2 === 0);
    expect(mean(first)).toBeCloseTo(at!, 1);
    expect(Math.sqrt(variance(first))).toBeCloseTo(Math.exp(-0.5), 1);
    expect(sampleActions(shape, params, many, key(5))).toEqual(actions);
    expect(sampleActions(shape, params, many, key(6))).not.toEqual(actions);
  });

  it('has KL and entropy as their expectations, by Monte Carlo', () => {
    const count = 40_000;
    const old = { means: new Float64Array(2 * count), logStd: Float64Array.of(-0.3, 0.4) };
    const next = { means: new Float64Array(2 * count).fill(0.5), logStd: Float64Array.of(0.1, 0) };
    const noise = normal(foldIn(key(9), 1), 2 * count);
    const actions = Float64Array.from(noise, (value, at) => value * Math.exp(old.logStd[at % 2]!));
    const ofOld = logProbs(old.means, old.logStd, actions);
    const ofNext = logProbs(next.means, next.logStd, actions);
    const sampled = mean(ofOld.map((value, at) => value - ofNext[at]!));
    expect(klDivergences(old, next)[0]).toBeCloseTo(sampled, 1);
    expect(Math.abs(klDivergences(old, next)[0]! - sampled)).toBeLessThan(0.03);
    expect(Math.abs(entropy(old.logStd) + mean(ofOld))).toBeLessThan(0.03);
    expect(klDivergences(old, old)[0]).toBeCloseTo(0, 14);
  });

  it.each(['scalar', 'layer', 'parameter'] as const)(
    'spreads α over the parameters and gathers it back (%s)',
    (mode) => {
      const count = alphaCount(shape, mode);
      expect(count).toBe({ scalar: 1, layer: 3, parameter: 34 }[mode]);
      const values = Float64Array.from({ length: count }, (_, at) => at + 1);
      const other = Float64Array.from(normal(key(3), 34));
      const expanded = expandPolicyAlpha(shape, { mode, values });
      const gathered = gatherPolicyAlpha(shape, mode, other);
      // ⟨expand a, b⟩ = ⟨a, gather b⟩.
      const inner = (a: Float64Array, b: Float64Array) =>
        a.reduce((sum, value, at) => sum + value * b[at]!, 0);
      expect(inner(expanded, other)).toBeCloseTo(inner(values, gathered), 10);
      if (mode === 'layer') expect([expanded[0], expanded[20], expanded[33]]).toEqual([1, 2, 3]);
      expect(() => expandPolicyAlpha(shape, { mode, values: new Float64Array(5) })).toThrow(/got 5 values/);
    },
  );
});
