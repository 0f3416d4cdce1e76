import { describe, expect, it } from 'vitest';
import { key, normal } from '../math/rng.ts';
import { BACKWARDS, FORWARDS } from './locomotion/cheetah-tasks.ts';
import { type CheetahSpec, environmentSizes, openEnvironment } from './policy-environments.ts';
import { collectTrajectories, type RowActor } from './trajectories.ts';

const NAVIGATION = { kind: 'navigation', reward: 'distance', start: 'origin', showsTask: false } as const;
const CHEETAH: CheetahSpec = {
  kind: 'cheetah',
  task: 'direction',
  convention: 'gym',
  scaled: true,
  showsTask: false,
};

const still = (actions: number): RowActor => ({
  std: new Float64Array(actions).fill(0.3),
  means: (observations) => new Float64Array((observations.length / 17) * actions),
});

describe('openEnvironment', () => {
  it('keeps the environment that it opened last, by value', async () => {
    const first = await openEnvironment(CHEETAH);
    expect(await openEnvironment({ ...CHEETAH })).toBe(first);
    expect((await openEnvironment({ ...CHEETAH, convention: 'finn2017' })).observationSize).toBe(20);
    expect(await openEnvironment(CHEETAH)).not.toBe(first);
  });

  it.each([
    NAVIGATION,
    { ...NAVIGATION, showsTask: true },
    CHEETAH,
    { ...CHEETAH, showsTask: true },
    { ...CHEETAH, convention: 'finn2017', showsTask: true },
  ] as const)(
    'has the sizes that are known before it is open: $kind, the task shown: $showsTask',
    async (spec) => {
      expect(await openEnvironment(spec)).toMatchObject(environmentSizes(spec));
    },
  );

  it('refuses tasks of another environment', async () => {
    const [cheetah, navigation] = [await openEnvironment(CHEETAH), await openEnvironment(NAVIGATION)];
    expect(() => cheetah.start({ x: 0, y: 1 }, key(1))).toThrow('{"x":0,"y":1}');
    expect(() => navigation.start(FORWARDS, key(1))).toThrow('another environment');
  });

  it('shows the oracle its goal last, side by side as one by one', async () => {
    const { start, startAll, observationSize } = await openEnvironment({
      ...CHEETAH,
      showsTask: true,
    });
    expect(observationSize).toBe(18);
    const keys = [key(1), key(2)];
    const batch = startAll!([FORWARDS, BACKWARDS], keys);
    const alone = start(BACKWARDS, keys[1]!);
    const actions = normal(key(3), 12);
    for (let step = 0; step < 3; step++) {
      expect(batch.observations[17]).toBe(1);
      expect(batch.observations[35]).toBe(-1);
      expect(batch.observations.slice(18)).toEqual(alone.observation);
      batch.stepAll(actions, 0, 6);
      expect(alone.step(actions, 6).reward).toBe(batch.rewards[1]);
    }
    expect(batch.observations.slice(18)).toEqual(alone.observation);
  });

  it.each(['asked', 'clipped'] as const)('tells gains apart from the cost of what is %s', async (costOf) => {
    const collect = async (spec: CheetahSpec) => {
      const environment = await openEnvironment(spec);
      const request = { environment, tasks: [FORWARDS, BACKWARDS], episodes: 3, horizon: 9, key: key(5) };
      const trajectories = collectTrajectories({ ...request, actorFor: () => still(6) });
      return { trajectories, gains: environment.meanGains!(trajectories) };
    };
    const { trajectories, gains } = await collect({ ...CHEETAH, costOf, actionRange: 0.5 });
    // The velocity itself, from observations: x-velocity is the ninth, unscaled, and close to its mean over 0.05 s.
    gains.forEach((gain, task) => {
      let velocity = 0;
      for (let row = task * 27; row < (task + 1) * 27; row++)
        velocity += trajectories.observations[row * 17 + 8]! / 27;
      expect(Math.abs(gain - (task === 0 ? velocity : -velocity))).toBeLessThan(0.3);
    });
    const free = (await collect({ ...CHEETAH, actionRange: 0.5 })).gains;
    // Actions do not depend on rewards, so only the cost differs.
    gains.forEach((gain, task) => {
      expect(gain).toBeCloseTo(free[task]!, 6);
    });
  });

  it.each(['gym', 'finn2017'] as const)(
    'tells by how much the mean velocity of each episode misses its goal (%s)',
    async (convention) => {
      const spec = { ...CHEETAH, convention, task: 'velocity', scaled: false } as const;
      const environment = await openEnvironment(spec);
      const goals = [0.4, 1.5].map((goal) => ({ goal, isNoise: false }));
      const tasks = goals.flatMap((task) => [task, task]);
      const request = { environment, tasks, episodes: 3, horizon: 40, key: key(5) };
      const rows = environment.observationSize;
      const actor = {
        std: new Float64Array(6).fill(0.3),
        means: (seen: ArrayLike<number>) => new Float64Array((seen.length / rows) * 6),
      };
      const trajectories = collectTrajectories({ ...request, actorFor: () => actor });
      const errors = environment.velocityErrors!(trajectories, tasks);
      const gains = environment.meanGains!(trajectories);
      // Rewards tell |v − g| of each timestep alone: nowhere less than that of the mean, and more where v crosses g.
      errors.forEach((error, task) => {
        expect(error).toBeGreaterThan(0);
        expect(error).toBeLessThanOrEqual(-gains[task]! + 1e-5);
      });
      // A goal that no timestep comes near is missed by the same either way.
      const far = tasks.map(() => ({ goal: 100, isNoise: false }));
      const away = collectTrajectories({ ...request, tasks: far, actorFor: () => actor });
      const farErrors = environment.velocityErrors!(away, far);
      const farGains = environment.meanGains!(away);
      farErrors.forEach((error, task) => {
        expect(error).toBeCloseTo(-farGains[task]!, 4);
      });
      expect(() => environment.velocityErrors!(trajectories, far.slice(1))).toThrow('got 3 tasks');
    },
  );

  it('asks no velocity of those who are told a direction', async () => {
    expect((await openEnvironment(CHEETAH)).velocityErrors).toBeUndefined();
    expect((await openEnvironment(NAVIGATION)).velocityErrors).toBeUndefined();
  });
});
