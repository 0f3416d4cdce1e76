import { describe, expect, it } from 'vitest';
import { key } from '../../math/rng.ts';
import {
  BACKWARDS,
  FORWARDS,
  NOISY_VELOCITIES,
  sampleDirectionTasks,
  sampleVelocityTasks,
  sampleVelocityTests,
  VELOCITIES,
} from './cheetah-tasks.ts';

const goalsOf = (tasks: readonly { goal: number }[]) => tasks.map(({ goal }) => goal);

describe('velocities', () => {
  it('fill [0, 2] and depend on their number alone', () => {
    const tasks = sampleVelocityTasks(key(1), VELOCITIES, 500);
    expect(sampleVelocityTasks(key(1), VELOCITIES, 3)).toEqual(tasks.slice(0, 3));
    const goals = goalsOf(tasks);
    expect(Math.min(...goals)).toBeGreaterThanOrEqual(0);
    expect(Math.min(...goals)).toBeLessThan(0.02);
    expect(Math.max(...goals)).toBeLessThan(2);
    expect(Math.max(...goals)).toBeGreaterThan(1.98);
    expect(tasks.some(({ isNoise }) => isNoise)).toBe(false);
  });

  it('are noise in a fifth of the training tasks, the others as they were without', () => {
    const clean = sampleVelocityTasks(key(2), VELOCITIES, 2000);
    const noisy = sampleVelocityTasks(key(2), NOISY_VELOCITIES, 2000);
    const noise = goalsOf(noisy.filter(({ isNoise }) => isNoise));
    expect(noise.length / 2000).toBeGreaterThan(0.17);
    expect(noise.length / 2000).toBeLessThan(0.23);
    expect(Math.min(...noise)).toBeGreaterThanOrEqual(3);
    expect(Math.max(...noise)).toBeLessThan(4);
    expect(Math.max(...noise) - Math.min(...noise)).toBeGreaterThan(0.95);
    noisy.forEach((task, index) => {
      if (!task.isNoise) expect(task).toEqual(clean[index]);
    });
  });

  it('are never noise in tests, and others than in training under the same key', () => {
    const tests = sampleVelocityTests(key(2), NOISY_VELOCITIES, 400);
    expect(tests.some(({ isNoise }) => isNoise)).toBe(false);
    expect(Math.max(...goalsOf(tests))).toBeLessThan(2);
    const training = new Set(goalsOf(sampleVelocityTasks(key(2), VELOCITIES, 400)));
    expect(goalsOf(tests).filter((goal) => training.has(goal)).length).toBeLessThan(5);
    expect(sampleVelocityTests(key(2), VELOCITIES, 400)).toEqual(tests);
  });

  it('cover the range evenly when spread', () => {
    const goals = goalsOf(sampleVelocityTasks(key(3), VELOCITIES, 10, 'spread'));
    goals.forEach((goal, index) => {
      expect(Math.floor(goal / 0.2)).toBe(index);
    });
    const noisy = sampleVelocityTasks(key(3), NOISY_VELOCITIES, 200, 'spread');
    expect(noisy.filter(({ isNoise }) => isNoise).length).toBeGreaterThan(20);
  });
});

describe('directions', () => {
  it('are both, about equally often; in turns when spread', () => {
    const tasks = sampleDirectionTasks(key(4), 1000);
    const forwards = tasks.filter((task) => task === FORWARDS).length;
    expect(forwards).toBeGreaterThan(440);
    expect(forwards).toBeLessThan(560);
    expect(tasks.filter((task) => task === BACKWARDS)).toHaveLength(1000 - forwards);
    expect(goalsOf(sampleDirectionTasks(key(4), 4, 'spread'))).toEqual([1, -1, 1, -1]);
  });
});
