// Whether meta-RL learns at all: small runs on 2D navigation, from initialisation to a policy that adapts in one step.
import { describe, expect, it } from 'vitest';
import { createReferencePolicyEngine } from '../gradients/reference-policy/reference-policy-engine.ts';
import { foldIn, key } from '../math/rng.ts';
import { initialisePolicy } from '../models/gaussian-policy.ts';
import { evaluateNavigation, type NavigationRun, trainNavigation } from './train-navigation.testing.ts';

const small: Omit<NavigationRun, 'seed' | 'outer' | 'iterations'> = {
  shape: { sizes: [2, 16, 16, 2], activation: 'tanh' },
  taskCount: 8,
  episodes: 8,
  horizon: 20,
  alpha: 0.1,
  logStd: -1,
};

describe.each([
  ['TRPO', { outer: 'trpo', iterations: 15, curvatureRows: 32 }],
  ['Adam', { outer: { adam: 0.01 }, iterations: 40 }],
] as const)('MAML with %s outside', (_, outer) => {
  it.each([1, 2, 3])('learns to adapt to a goal in one step (seed %i)', async (seed) => {
    const engine = createReferencePolicyEngine();
    const run: NavigationRun = { ...small, ...outer, seed };
    const untrained = initialisePolicy(run.shape, 'glorot', foldIn(key(seed), 0), run.logStd);
    const { metaParams, steps } = await trainNavigation(engine, run);
    const initial = await evaluateNavigation(engine, run, untrained);
    const trained = await evaluateNavigation(engine, run, metaParams);
    // Standing at the origin for 20 steps would bring −7.7. Untrained, one step gains about 0.3 to 1.2 on −7.6 to −11.
    expect(initial.after - initial.before).toBeLessThan(1.5);
    expect(trained.after - trained.before).toBeGreaterThan(2.5);
    expect(trained.after - initial.after).toBeGreaterThan(2);
    for (const step of steps) {
      if (!step.accepted) continue;
      expect(step.kl).toBeLessThanOrEqual(0.01);
      expect(step.surrogateLoss).toBeLessThan(step.trace.surrogateBefore);
    }
  });
});
