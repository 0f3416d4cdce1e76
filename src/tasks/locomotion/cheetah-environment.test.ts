import { describe, expect, it } from 'vitest';
import { foldIn, type Key, key, normal, split, uniform } from '../../math/rng.ts';
import { collectTrajectories, type RowActor } from '../trajectories.ts';
import { OBSERVATION_SCALES } from './cheetah-conventions.ts';
import { type CheetahSettings, createCheetah, MAX_SPEED } from './cheetah-environment.ts';
import { createCheetahPhysics, STATE_SIZE } from './cheetah-physics.ts';
import { BACKWARDS, FORWARDS, sampleVelocityTasks, VELOCITIES } from './cheetah-tasks.ts';
import { openOracle } from './half-cheetah.testing.ts';

const GYM: CheetahSettings = { task: 'velocity', convention: 'gym' };
const FINN: CheetahSettings = { task: 'velocity', convention: 'finn2017' };
const tasks = sampleVelocityTasks(key(1), VELOCITIES, 6);
const keys = split(key(2), 6);
const COST = 0.05;

/** [6, 6] actions, some beyond ±1. */
const actionsOf = (step: number) => uniform(foldIn(key(3), step), 36, -1.4, 1.4);
const squared = (values: Iterable<number>) => [...values].reduce((sum, value) => sum + value * value, 0);
const clip = (value: number) => Math.min(1, Math.max(-1, value));

describe('a start', () => {
  const startsOf = (settings: CheetahSettings) =>
    createCheetah(settings).startAll(Array(400).fill(FORWARDS), split(key(4), 400)).states;
  const columns = (states: Float64Array, from: number) =>
    Array.from({ length: 400 }, (_, row) => [
      ...states.subarray(row * STATE_SIZE + from, row * STATE_SIZE + from + 9),
    ]).flat();
  const deviation = (values: number[]) => Math.sqrt(squared(values) / values.length);

  it('is noisy as the convention has it, in all positions and velocities', () => {
    const gym = startsOf(GYM);
    expect(Math.max(...columns(gym, 0).map(Math.abs))).toBeLessThanOrEqual(0.1);
    expect(deviation(columns(gym, 0))).toBeCloseTo(0.1 / Math.sqrt(3), 2);
    expect(deviation(columns(gym, 9))).toBeCloseTo(0.1, 2);
    const finn = startsOf(FINN);
    expect(Math.max(...columns(finn, 0).map(Math.abs))).toBeGreaterThan(0.03);
    expect(deviation(columns(finn, 0))).toBeCloseTo(0.01, 3);
    expect(deviation(columns(finn, 9))).toBeCloseTo(0.1, 2);
    expect(columns(finn, 18).every((value) => value === 0)).toBe(true);
  });

  it('depends on its key alone', () => {
    const { states } = createCheetah(GYM).startAll(tasks, keys);
    const one = createCheetah(GYM).startAll([FORWARDS], [keys[4]!]);
    expect(one.states).toEqual(states.subarray(4 * STATE_SIZE, 5 * STATE_SIZE));
    expect(() => createCheetah(GYM).startAll(tasks, keys.slice(1))).toThrow(/6 tasks and 5 keys/);
  });
});

describe('gym', () => {
  it('takes 5 physics steps, sees positions but x and velocities, and pays for the root', () => {
    const batch = createCheetah(GYM).startAll(tasks, keys);
    const physics = createCheetahPhysics(6);
    physics.states.set(batch.states);
    for (let step = 0; step < 30; step++) {
      const actions = actionsOf(step);
      const before = physics.states.slice();
      physics.actions.set(actions);
      physics.step(5);
      batch.stepAll(actions, 0, 6);
      for (const [index, { goal }] of tasks.entries()) {
        const row = index * STATE_SIZE;
        const seen = Float32Array.from(physics.states.subarray(row + 1, row + 18));
        expect(batch.observations.subarray(index * 17, index * 17 + 17)).toEqual(seen);
        const speed = (physics.states[row]! - before[row]!) / 0.05;
        const cost = COST * squared(actions.subarray(index * 6, index * 6 + 6));
        expect(batch.rewards[index]).toBeCloseTo(-Math.abs(speed - goal) - cost, 5);
      }
    }
    expect(batch.states).toEqual(physics.states);
    expect([...batch.done]).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('pays d·v in DIR, divides by the action range, and takes the clipped cost where asked', () => {
    const settings = { ...GYM, task: 'direction', actionRange: 10, costOf: 'clipped' } as const;
    const batch = createCheetah(settings).startAll([FORWARDS, BACKWARDS], [keys[0]!, keys[0]!]);
    const plain = createCheetah(GYM).startAll([FORWARDS, BACKWARDS], [keys[0]!, keys[0]!]);
    const actions = Float32Array.of(20, -3, 4, -15, 6, 0.5, 20, -3, 4, -15, 6, 0.5);
    const [x] = plain.states;
    batch.stepAll(actions, 0, 6);
    plain.stepAll(
      actions.map((value) => value / 10),
      0,
      6,
    );
    const speed = (batch.states[0]! - x!) / 0.05;
    expect(batch.states[0]).toBeCloseTo(plain.states[0]!, 6);
    const cost = COST * squared([...actions.subarray(0, 6)].map((value) => clip(value / 10)));
    expect(batch.rewards[0]).toBeCloseTo(speed - cost, 5);
    expect(batch.rewards[1]).toBeCloseTo(-speed - cost, 5);
  });

  it('scales what is seen, not what happens', () => {
    const scaled = createCheetah({ ...GYM, scaled: true }).startAll(tasks, keys);
    const raw = createCheetah(GYM).startAll(tasks, keys);
    for (const batch of [scaled, raw]) batch.stepAll(actionsOf(0), 0, 6);
    expect(scaled.states).toEqual(raw.states);
    raw.observations.forEach((value, at) => {
      expect(scaled.observations[at]).toBeCloseTo(value * OBSERVATION_SCALES[at % 17]!, 4);
    });
  });
});

describe('finn2017', () => {
  it('takes one physics step, and sees and pays for the whole centre of mass, as MuJoCo has them', async () => {
    const { mujoco, model, data } = await openOracle();
    const batch = createCheetah(FINN).startAll(tasks, keys);
    const centre: Float64Array = data.subtree_com;
    const speed: Float64Array = data.subtree_linvel;
    for (let step = 0; step < 20; step++) {
      const actions = actionsOf(step);
      const before = batch.states.slice();
      batch.stepAll(actions, 0, 6);
      for (const [index, { goal }] of tasks.entries()) {
        const row = index * STATE_SIZE;
        data.qpos.set(before.subarray(row, row + 9));
        data.qvel.set(before.subarray(row + 9, row + 18));
        data.qacc_warmstart.set(before.subarray(row + 18, row + 27));
        data.ctrl.set(actions.subarray(index * 6, index * 6 + 6));
        mujoco.mj_step(model, data);
        mujoco.mj_forward(model, data);
        mujoco.mj_subtreeVel(model, data);
        const seen = batch.observations.subarray(index * 20, index * 20 + 20);
        const expected = [...data.qpos.subarray(1), ...data.qvel, centre[3], 0, centre[5]];
        for (const [at, value] of expected.entries()) expect(seen[at]).toBeCloseTo(value, 4);
        const cost = COST * squared([...actions.subarray(index * 6, index * 6 + 6)].map(clip));
        expect(batch.rewards[index]).toBeCloseTo(-Math.abs(speed[3]! - goal) - cost, 4);
      }
    }
  });
});

describe('batches', () => {
  it('do not disturb each other, nor single episodes', () => {
    const environment = createCheetah(GYM);
    const first = environment.startAll(tasks, keys);
    const second = environment.startAll(tasks, split(key(5), 6));
    const alone = environment.start(tasks[2]!, keys[2]!);
    const undisturbed = createCheetah(GYM).startAll(tasks, keys);
    for (let step = 0; step < 10; step++) {
      const actions = actionsOf(step);
      first.stepAll(actions, 0, 6);
      second.stepAll(actionsOf(step + 50), 0, 6);
      undisturbed.stepAll(actions, 0, 6);
      const { reward, done } = alone.step(actions, 12);
      expect(done).toBe(false);
      expect(reward).toBe(undisturbed.rewards[2]);
      expect(alone.observation).toEqual(undisturbed.observations.subarray(34, 51));
    }
    expect(first.states).toEqual(undisturbed.states);
    expect(second.states).not.toEqual(first.states);
  });

  it('end an episode whose state becomes unstable, count it, and leave the others alone', () => {
    const batch = createCheetah(GYM).startAll(tasks, keys);
    const others = createCheetah(GYM).startAll(tasks, keys);
    let wayOfUnstable = Number.NaN;
    for (let step = 0; step < 6; step++) {
      if (step === 2) batch.states[1 * STATE_SIZE + 9 + 4] = 5 * MAX_SPEED;
      if (step === 4) batch.states[5 * STATE_SIZE + 3] = Number.NaN;
      batch.stepAll(actionsOf(step), 0, 6);
      others.stepAll(actionsOf(step), 0, 6);
      expect([...batch.done]).toEqual([0, step >= 2 ? 1 : 0, 0, 0, 0, step >= 4 ? 1 : 0]);
      for (const index of [0, 2, 3, 4]) expect(batch.rewards[index]).toBe(others.rewards[index]);
      if (step === 2) {
        // Paid as if it stood still.
        const cost = COST * squared(actionsOf(2).subarray(6, 12));
        expect(batch.rewards[1]).toBeCloseTo(-tasks[1]!.goal - cost, 5);
        wayOfUnstable = batch.velocitySums[1]!;
      }
      if (step > 2) expect(batch.rewards[1]).toBe(0);
    }
    expect(batch.unstableCount()).toBe(2);
    expect(batch.velocitySums[1]).toBe(wayOfUnstable);
    expect(batch.velocitySums[0]).toBe(others.velocitySums[0]);
    expect(batch.observations.every(Number.isFinite)).toBe(true);
  });
});

describe('collectTrajectories with a cheetah', () => {
  const actor = (rows: number): RowActor => ({
    std: Float64Array.from({ length: 6 }, () => 0.5),
    means: () => new Float64Array(rows * 6),
  });
  const request = (source: Key) => ({
    environment: createCheetah(GYM),
    tasks,
    episodes: 4,
    horizon: 25,
    key: source,
    actorFor: () => actor(4),
  });

  it('is the same side by side and one by one', () => {
    const together = collectTrajectories(request(key(6)));
    const { start, observationSize, actionSize } = createCheetah(GYM);
    const single = collectTrajectories({
      ...request(key(6)),
      environment: { start, observationSize, actionSize },
    });
    // Only batches count unstable states, and tell velocities.
    const { meanVelocities, ...others } = together;
    expect(others).toEqual({ ...single, unstableEpisodes: new Int32Array(6) });
    expect(meanVelocities).toHaveLength(24);
    expect(together.lengths.every((length) => length === 25)).toBe(true);
    const noise = normal(foldIn(foldIn(foldIn(key(6), 0), 0), 1), 6);
    expect(together.actions[3]).toBeCloseTo(0.5 * noise[3]!, 6);
  });

  it('keeps the positions of the tasks asked for, before the first step and after each', () => {
    const plain = collectTrajectories(request(key(6)));
    const { positions, ...others } = collectTrajectories({
      ...request(key(6)),
      keepsPositions: (task) => task === 2,
    });
    expect(others).toEqual(plain);
    const { length: frames } = positions![2]!;
    for (const episode of [0, 1, 2, 3]) {
      const at = (episode * frames) / 4;
      const way = positions![2]![at + 25 * 9]! - positions![2]![at]!;
      expect(plain.meanVelocities![2 * 4 + episode]).toBeCloseTo(way / (25 * 0.05), 5);
    }
    expect(positions!.map((recorded) => recorded?.length ?? null)).toEqual(
      tasks.map((_, task) => (task === 2 ? 4 * 26 * 9 : null)),
    );
    for (const episode of [0, 3]) {
      const frame = (at: number) =>
        positions![2]!.subarray((episode * 26 + at) * 9, (episode * 26 + at + 1) * 9);
      for (const step of [0, 13, 24]) {
        const row = (2 * 4 + episode) * 25 + step;
        // All positions but x are what the policy sees before the step; x makes the velocity that is paid for.
        const seen = plain.observations.subarray(row * 17, row * 17 + 8);
        expect([...frame(step).subarray(1)]).toEqual([...seen]);
        const cost = COST * squared(plain.actions.subarray(row * 6, row * 6 + 6));
        const velocity = (frame(step + 1)[0]! - frame(step)[0]!) / 0.05;
        expect(-Math.abs(velocity - tasks[2]!.goal) - cost).toBeCloseTo(plain.rewards[row]!, 3);
      }
    }
  });

  it('keeps no positions after an episode’s end', () => {
    const means = () => new Float64Array(4 * 6);
    let calls = 0;
    const { positions, lengths } = collectTrajectories({
      ...request(key(6)),
      tasks: tasks.slice(0, 1),
      keepsPositions: () => true,
      actorFor: () => ({
        std: actor(4).std,
        means: () => {
          calls += 1;
          return calls === 8 ? means().fill(Number.NaN, 6, 12) : means();
        },
      }),
    });
    expect([...lengths]).toEqual([25, 7, 25, 25]);
    const ended = positions![0]!.subarray(26 * 9, 2 * 26 * 9);
    expect(ended.subarray(7 * 9, 8 * 9).some((value) => value !== 0)).toBe(true);
    expect(ended.subarray(8 * 9).every((value) => value === 0)).toBe(true);
  });
});
