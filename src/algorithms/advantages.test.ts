import { describe, expect, it } from 'vitest';
import { readFixture } from '../gradients/fixtures/load-fixtures.ts';
import { compareGolden } from '../gradients/golden-case.ts';
import { key, normal } from '../math/rng.ts';
import type { Trajectories } from '../tasks/trajectories.ts';
import {
  ADVANTAGE_DEFAULTS,
  discountedReturns,
  episodesOf,
  generalisedAdvantages,
  taskAdvantages,
  toPolicyBatch,
} from './advantages.ts';
import { parseAdvantagesCase, runAdvantagesCase } from './advantages-case.ts';

describe('the golden cases', () => {
  it.each(['rl-advantages-1', 'rl-advantages-2'])('%s', (name) => {
    const golden = parseAdvantagesCase(readFixture(name));
    for (const { entry, relative } of compareGolden(runAdvantagesCase(golden), golden.expected)) {
      expect(relative, entry).toBeLessThan(1e-9);
    }
  });
});

/** Two tasks of two episodes of up to 4 steps. */
function made(change: Partial<Trajectories> = {}): Trajectories {
  const lengths = Int32Array.of(4, 2, 4, 3);
  const rewards = normal(key(1), 16);
  const observations = normal(key(2), 32);
  lengths.forEach((length, episode) => {
    rewards.fill(0, episode * 4 + length, episode * 4 + 4);
    observations.fill(0, 2 * (episode * 4 + length), 2 * (episode * 4 + 4));
  });
  const actions = normal(key(3), 16);
  const sizes = { taskCount: 2, episodes: 2, horizon: 4, observationSize: 2, actionSize: 1 };
  return { ...sizes, lengths, rewards, observations, actions, nonFiniteAction: null, ...change };
}

describe('episodes that end early', () => {
  const episodes = { ...episodesOf(made(), 0), rewards: Float64Array.of(1, 2, 3, 4, 5, 6, 0, 0) };

  it('have returns and advantages up to their end, with no value after it', () => {
    expect([...discountedReturns(episodes, 0.5)]).toEqual([3.25, 4.5, 5, 4, 8, 6, 0, 0]);
    const values = Float64Array.of(1, 1, 1, 1, 2, 2, 0, 0);
    // δ = r + γV′ − V: 0.5, 1.5, 2.5, 3 | 4, 4; each adds γλ = 0.25 of the next sum.
    const advantages = generalisedAdvantages(episodes, values, { discount: 0.5, gaeLambda: 0.5 });
    expect([...advantages]).toEqual([1.078125, 2.3125, 3.25, 3, 5, 4, 0, 0]);
  });

  it('with λ = 1 the advantages are returns less values', () => {
    const { returns, values, advantages } = taskAdvantages(episodes, ADVANTAGE_DEFAULTS);
    advantages.forEach((value, at) => {
      expect(value).toBeCloseTo(returns[at]! - values[at]!, 12);
    });
  });

  it('are packed without the steps that never were', () => {
    const trajectories = made();
    const { batch, warnings } = toPolicyBatch(trajectories, ADVANTAGE_DEFAULTS);
    expect(warnings).toEqual([]);
    expect([...batch.offsets]).toEqual([0, 6, 13]);
    expect(batch.actions.subarray(4, 6)).toEqual(trajectories.actions.subarray(4, 6));
    expect(batch.actions.subarray(10, 13)).toEqual(trajectories.actions.subarray(12, 15));
    expect(batch.observations.subarray(20, 26)).toEqual(trajectories.observations.subarray(24, 30));
    for (const [from, to] of [
      [0, 6],
      [6, 13],
    ] as const) {
      const part = [...batch.advantages.subarray(from, to)];
      const mean = part.reduce((sum, value) => sum + value, 0) / part.length;
      expect(mean).toBeCloseTo(0, 5);
      expect(part.reduce((sum, value) => sum + (value - mean) ** 2, 0) / part.length).toBeCloseTo(1, 4);
    }
  });
});

describe('what is unusual', () => {
  it('is named when all advantages are equal; the task then teaches nothing', () => {
    const rewards = made().rewards.slice();
    rewards.fill(0, 0, 8);
    const { batch, warnings } = toPolicyBatch(made({ rewards }), ADVANTAGE_DEFAULTS);
    expect(warnings).toEqual([{ kind: 'zero-variance', task: 0 }]);
    expect([...batch.advantages.subarray(0, 6)]).toEqual(Array(6).fill(0));
    expect(batch.advantages.subarray(6).some((value) => value !== 0)).toBe(true);
  });

  it('is named when the baseline is singular, with the ridge that helped', () => {
    const settings = { ...ADVANTAGE_DEFAULTS, ridge: 0 };
    const { warnings, batch } = toPolicyBatch(made({ observations: new Float32Array(32) }), settings);
    expect(warnings.map(({ kind, task }) => [kind, task])).toEqual([
      ['singular-baseline', 0],
      ['singular-baseline', 1],
    ]);
    expect(warnings[0]).toHaveProperty('ridge', expect.any(Number));
    expect(batch.advantages.every(Number.isFinite)).toBe(true);
  });

  it('is named when a reward is not finite', () => {
    const rewards = made().rewards.slice();
    rewards[9] = Number.NaN;
    const { batch, warnings } = toPolicyBatch(made({ rewards }), ADVANTAGE_DEFAULTS);
    expect(warnings).toEqual([{ kind: 'non-finite', task: 1 }]);
    expect([...batch.advantages.subarray(6)]).toEqual(Array(7).fill(0));
  });
});
