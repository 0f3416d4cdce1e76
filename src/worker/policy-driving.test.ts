import { describe, expect, it } from 'vitest';
import { eventsOf, referenceCrew, startTiny, TINY } from '../training/policy-session.testing.ts';
import { createPolicySession } from '../training/policy-session.ts';
import type { TrainablePolicyExperiment } from '../training/policy-session-events.ts';
import { policyDriving, policyRaceRules } from './policy-driving.ts';
import { poolSize } from './policy-race-entries.ts';
import { createSwitchableCrew } from './switchable-crew.ts';

describe('the race of crews', () => {
  const seen: TrainablePolicyExperiment[] = [];
  const rules = policyRaceRules((experiment, crew) => {
    seen.push(experiment);
    return createPolicySession(experiment, crew, { clock: () => 0, evaluationTasks: 0 });
  });

  it('times one run on a few tasks, told as the share of a whole meta-iteration', async () => {
    const whole = { ...TINY, algorithms: ['fomaml', 'maml'] as const, metaBatchSize: 20 };
    const step = rules.createStepper(whole, referenceCrew(), () => false);
    expect(await step()).toBe(8 / 20);
    expect(await step()).toBe(8 / 20);
    expect(seen.at(-1)).toMatchObject({ algorithms: ['maml'], metaBatchSize: 8, maxReplayedTasks: 2 });
    const small = rules.createStepper({ ...TINY, metaBatchSize: 3 }, referenceCrew(), () => false);
    expect(await small()).toBe(1);
  });

  it('does not end with the experiment, and can be broken off', async () => {
    let isCancelled = false;
    const step = rules.createStepper({ ...TINY, metaIterations: 1 }, referenceCrew(), () => isCancelled);
    await step();
    await step();
    isCancelled = true;
    await expect(step()).rejects.toThrow('broken off');
  });

  it('is repeated for what changes the time of a meta-iteration, and for nothing else', () => {
    const key = rules.costKey(TINY);
    expect(rules.costKey({ ...TINY, seed: 9, innerLearningRate: 0.3, metaIterations: 7 })).toBe(key);
    expect(rules.costKey({ ...TINY, horizon: 9 })).not.toBe(key);
    expect(rules.costKey({ ...TINY, outerOptimizer: 'trpo' })).not.toBe(key);
  });
});

it('knows which settings are of test time alone', () => {
  expect(policyDriving().changesTests(TINY, { ...TINY, testInnerSteps: 1 })).toBe(true);
  expect(policyDriving().changesTests(TINY, { ...TINY, metaIterations: 9 })).toBe(false);
});

it('leaves one core to the page where there are three or more, and never asks for more than eight threads', () => {
  expect([1, 2, 3, 8, 64].map(poolSize)).toEqual([1, 2, 2, 7, 8]);
});

describe('a switchable crew', () => {
  const named = (id: string, asked: string[]) => ({
    ...referenceCrew(),
    id,
    adapt: () => {
      asked.push(id);
      return Promise.reject(new Error(id));
    },
  });

  it('asks whichever crew was named last', async () => {
    const { engine, use } = createSwitchableCrew();
    const asked: string[] = [];
    const train = () => eventsOf(startTiny(TINY, {}, engine));
    await expect(train()).rejects.toThrow('No crew has been chosen yet');
    for (const id of ['first', 'second']) {
      use(named(id, asked));
      expect(engine.id).toBe(id);
      await expect(train()).rejects.toThrow(id);
    }
    expect(asked).toEqual(['first', 'second']);
  });
});
