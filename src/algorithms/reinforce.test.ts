import { describe, expect, it } from 'vitest';
import { createReferencePolicyEngine } from '../gradients/reference-policy/reference-policy-engine.ts';
import type { FloatArray } from '../math/arrays.ts';
import { key } from '../math/rng.ts';
import { initialisePolicy } from '../models/gaussian-policy.ts';
import { GOAL_SQUARE, sampleGoals } from '../tasks/navigation.ts';
import type { Trajectories } from '../tasks/trajectories.ts';
import { ADVANTAGE_DEFAULTS, toPolicyBatch } from './advantages.ts';
import { adaptByReinforce, type Collect } from './reinforce.ts';
import { collector } from './train-navigation.testing.ts';

const run = { shape: { sizes: [2, 6, 2], activation: 'tanh' as const }, episodes: 4, horizon: 10 };
const metaParams = initialisePolicy(run.shape, 'glorot', key(1), -1);
const engine = createReferencePolicyEngine();
const goals = sampleGoals(key(2), { region: GOAL_SQUARE }, 3);
const collect = collector(run, goals, key(3));
const request = { engine, shape: run.shape, metaParams, advantages: ADVANTAGE_DEFAULTS };
const alphas = [0.1, 0.05].map((value) => ({ mode: 'scalar' as const, values: Float64Array.of(value) }));

describe('adaptByReinforce', () => {
  it('collects with the policies so far, and steps by each α in turn', async () => {
    const asked: [FloatArray, number][] = [];
    const watched: Collect = (params, step) => {
      asked.push([params, step]);
      return collect(params, step);
    };
    const result = await adaptByReinforce({ ...request, alphas, collect: watched });
    expect(asked.map(([params, step]) => [params.length / metaParams.length, step])).toEqual([
      [1, 0],
      [3, 1],
      [3, 2],
    ]);
    expect(result.trajectories).toHaveLength(3);
    // By hand: θ − 0.1 ∇L on the first trajectories, then 0.05 on those of the result.
    let params: FloatArray = metaParams;
    for (const [step, alpha] of alphas.entries()) {
      const collected: Trajectories = await collect(params, step);
      const support = toPolicyBatch(collected, ADVANTAGE_DEFAULTS).batch;
      params = (await engine.adapt({ shape: run.shape, params, alpha, support })).adaptedParams;
      expect(asked[step + 1]![0]).toEqual(params);
    }
    expect(result.adaptedParams).toEqual(params);
    expect(result.innerLosses).toHaveLength(2);
    expect(result.innerGradientNorm).toBeGreaterThan(0);
  });

  it('without steps collects once, with θ', async () => {
    const result = await adaptByReinforce({ ...request, alphas: [], collect });
    expect(result.adaptedParams).toBe(metaParams);
    expect(result.batches).toHaveLength(1);
    expect(result.innerGradientNorm).toBe(0);
  });

  it('passes on what was unusual, with the step it belongs to', async () => {
    const dull: Collect = async (params, step) => {
      const collected = await collect(params, step);
      return step === 1 ? { ...collected, rewards: new Float32Array(collected.rewards.length) } : collected;
    };
    const { warnings } = await adaptByReinforce({ ...request, alphas, collect: dull });
    expect(warnings.map(({ kind, step, task }) => [kind, step, task])).toEqual(
      [0, 1, 2].map((task) => ['zero-variance', 1, task]),
    );
  });
});
