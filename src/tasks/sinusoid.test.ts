import { describe, expect, it } from 'vitest';
import { foldIn, key } from '../math/rng.ts';
import { evaluateSinusoid, type PointSettings, resampleBatch, sampleBatch, sampleTasks } from './sinusoid.ts';

const main = { amplitudeMin: 0.1, amplitudeMax: 5, phaseMin: 0, phaseMax: Math.PI };
const noise = { amplitudeMin: 6, amplitudeMax: 7, phaseMin: 4, phaseMax: 5 };
const points: PointSettings = {
  xMin: -5,
  xMax: 5,
  noise: 0,
  supportSets: 1,
  supportSize: 10,
  querySize: 10,
  inputs: 'x',
};

describe('sampleTasks', () => {
  it('stays inside the ranges and reaches their ends', () => {
    const tasks = sampleTasks(key(1), { main, noise, noiseTaskShare: 0 }, 2000);
    const amplitudes = tasks.map((task) => task.amplitude);
    const phases = tasks.map((task) => task.phase);
    expect(Math.min(...amplitudes)).toBeGreaterThanOrEqual(0.1);
    expect(Math.min(...amplitudes)).toBeLessThan(0.12);
    expect(Math.max(...amplitudes)).toBeLessThan(5);
    expect(Math.max(...amplitudes)).toBeGreaterThan(4.98);
    expect(Math.min(...phases)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...phases)).toBeLessThan(Math.PI);
    expect(tasks.every((task) => !task.isNoise)).toBe(true);
  });

  it('draws the given share from the noise range', () => {
    const tasks = sampleTasks(key(2), { main, noise, noiseTaskShare: 0.2 }, 5000);
    const strangers = tasks.filter((task) => task.isNoise);
    expect(strangers.length / tasks.length).toBeCloseTo(0.2, 1);
    expect(strangers.every((task) => task.amplitude >= 6 && task.phase >= 4)).toBe(true);
  });

  it('lets a task depend on its slot only, not on how many are drawn', () => {
    const distribution = { main, noise, noiseTaskShare: 0.5 };
    const few = sampleTasks(key(3), distribution, 5);
    expect(sampleTasks(key(3), distribution, 50).slice(0, 5)).toEqual(few);
    expect(sampleTasks(key(4), distribution, 5)).not.toEqual(few);
  });
});

describe('sampleBatch', () => {
  const tasks = sampleTasks(key(5), { main, noise, noiseTaskShare: 0 }, 4);

  it('puts every point on its task’s curve', () => {
    const batch = sampleBatch(key(6), tasks, points);
    tasks.forEach((task, slot) => {
      for (let i = 0; i < 10; i++) {
        const x = batch.queryX[slot * 10 + i]!;
        expect(batch.queryY[slot * 10 + i]).toBeCloseTo(evaluateSinusoid(task, x), 5);
        expect(Math.abs(x)).toBeLessThanOrEqual(5);
      }
    });
  });

  it('draws a slot’s points from (key, slot) only: the task in it moves y, never x', () => {
    const batch = sampleBatch(key(6), tasks, points);
    const swapped = [...tasks.slice(0, 3), { amplitude: 1, phase: 2, isNoise: true }];
    const other = sampleBatch(key(6), swapped, points);
    expect(other.supportX).toEqual(batch.supportX);
    expect(other.queryX).toEqual(batch.queryX);
    expect(other.supportY.subarray(0, 30)).toEqual(batch.supportY.subarray(0, 30));
    expect(other.supportY.subarray(30)).not.toEqual(batch.supportY.subarray(30));
  });

  it('extends a smaller K to a larger one, and one support set to several fresh ones', () => {
    const ten = sampleBatch(key(6), tasks, points);
    const five = sampleBatch(key(6), tasks, { ...points, supportSize: 5 });
    const sets = sampleBatch(key(6), tasks, { ...points, supportSets: 3 });
    expect(ten.supportX.subarray(10, 15)).toEqual(five.supportX.subarray(5, 10));
    expect(sets.supportX.subarray(0, 40)).toEqual(ten.supportX);
    expect(sets.supportX.subarray(40, 80)).not.toEqual(ten.supportX);
    expect(sets.queryX).toEqual(ten.queryX);
  });

  it('shows the oracle the task beside x', () => {
    const plain = sampleBatch(key(6), tasks, points);
    const told = sampleBatch(key(6), tasks, { ...points, inputs: 'task' });
    expect(told.inputSize).toBe(3);
    expect(told.supportX[3 * 17]).toBe(plain.supportX[17]);
    expect(told.supportX[3 * 17 + 1]).toBe(Math.fround(tasks[1]!.amplitude));
    expect(told.supportX[3 * 17 + 2]).toBe(Math.fround(tasks[1]!.phase));
    expect(told.supportY).toEqual(plain.supportY);
  });

  it('adds noise of the given standard deviation to support and query', () => {
    const many = { ...points, supportSize: 4000, querySize: 4000 };
    const clean = sampleBatch(key(7), tasks.slice(0, 1), many);
    const noisy = sampleBatch(key(7), tasks.slice(0, 1), { ...many, noise: 0.5 });
    for (const name of ['supportY', 'queryY'] as const) {
      const errors = Array.from(noisy[name], (y, i) => y - clean[name][i]!);
      const variance = errors.reduce((sum, error) => sum + error * error, 0) / errors.length;
      expect(Math.sqrt(variance)).toBeGreaterThan(0.475);
      expect(Math.sqrt(variance)).toBeLessThan(0.525);
    }
  });
});

describe('resampleBatch', () => {
  const drawnFor = sampleTasks(key(5), { main, noise, noiseTaskShare: 0 }, 6);
  const others = sampleTasks(key(9), { main, noise, noiseTaskShare: 0 }, 6);

  it.each([
    ['the same tasks', { replaced: 0 }],
    ['some replaced', { replaced: 2 }],
    ['all replaced, with noise', { replaced: 6, noise: 0.3 }],
    ['fewer sets, some replaced, with noise', { replaced: 3, noise: 0.3, supportSets: 2 }],
    ['the oracle’s inputs', { replaced: 1, supportSets: 3, inputs: 'task' as const }],
  ])('gives what drawing anew gives: %s', (_, { replaced, ...changes }) => {
    const settings: PointSettings = { ...points, supportSets: 1, supportSize: 5, ...changes };
    const drawn = sampleBatch(key(6), drawnFor, { ...settings, supportSets: 4, inputs: 'x' });
    const before = structuredClone(drawn);
    const tasks = [...drawnFor.slice(0, 6 - replaced), ...others.slice(0, replaced)];
    const again = resampleBatch(drawn, key(6), { tasks, replaced }, settings);
    expect(again).toEqual(sampleBatch(key(6), tasks, settings));
    expect(drawn).toEqual(before);
  });
});

/** Mean squared distance over tasks and points between the curves and f. */
function meanSquaredError(phaseMax: number, f: (x: number) => number): number {
  const tasks = sampleTasks(key(8), { main: { ...main, phaseMax }, noise, noiseTaskShare: 0 }, 3000);
  const batch = sampleBatch(foldIn(key(8), 1), tasks, { ...points, querySize: 30 });
  let sum = 0;
  batch.queryX.forEach((x, i) => {
    sum += (batch.queryY[i]! - f(x)) ** 2;
  });
  return sum / batch.queryX.length;
}

describe('the best single function', () => {
  it('is −1.623 cos x with MSE 3.0 for φ ~ U[0, π]', () => {
    const best = meanSquaredError(Math.PI, (x) => -1.623 * Math.cos(x));
    expect(best).toBeGreaterThan(2.85);
    expect(best).toBeLessThan(3.1);
    for (const other of [-1.9, -1.3]) {
      expect(meanSquaredError(Math.PI, (x) => other * Math.cos(x))).toBeGreaterThan(best);
    }
    expect(meanSquaredError(Math.PI, (x) => -1.623 * Math.cos(x) + 0.3)).toBeGreaterThan(best);
  });

  it('is 0 with MSE 4.25 for φ ~ U[0, 2π]', () => {
    const best = meanSquaredError(2 * Math.PI, () => 0);
    expect(best).toBeGreaterThan(4.05);
    expect(best).toBeLessThan(4.45);
    expect(meanSquaredError(2 * Math.PI, (x) => -0.4 * Math.cos(x))).toBeGreaterThan(best);
  });
});
