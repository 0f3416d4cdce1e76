import { describe, expect, it } from 'vitest';
import { REACHING_FIGURE_3 as figure3 } from '../experiment/reaching-experiment.testing.ts';
import { mean, variance } from '../math/statistics.ts';
import { drawFreshTasks, drawReachingTasks } from './reaching.ts';
import type { ReachingTasks } from './reaching-field.ts';

/** x and y in turn of the points of one cloud, by index into REACHING_CLOUDS. */
function cloud({ points, clouds }: ReachingTasks, index: number): number[] {
  return [...points].filter((_, at) => clouds[at >> 1] === index);
}

describe('drawReachingTasks', () => {
  const tasks = drawReachingTasks(figure3);

  it('draws the three clouds in order', () => {
    expect(tasks.count).toBe(300);
    expect([...tasks.clouds]).toEqual([...Array(200).fill(0), ...Array(50).fill(1), ...Array(50).fill(2)]);
  });

  it('draws normal clouds around their centres', () => {
    const large = drawReachingTasks({ ...figure3, mainCount: 4000, mainX: 1, mainY: -2, mainSpread: 3 });
    const points = cloud(large, 0);
    const xs = points.filter((_, i) => i % 2 === 0);
    const ys = points.filter((_, i) => i % 2 === 1);
    expect(Math.abs(mean(xs) - 1)).toBeLessThan(0.2);
    expect(Math.abs(mean(ys) + 2)).toBeLessThan(0.2);
    expect(Math.abs(Math.sqrt(variance(xs)) - 3)).toBeLessThan(0.15);
    expect(Math.abs(Math.sqrt(variance(ys)) - 3)).toBeLessThan(0.15);
    const covariance = mean(xs.map((x, i) => (x - 1) * (ys[i]! + 2)));
    expect(Math.abs(covariance)).toBeLessThan(0.5);
  });

  it('extends a cloud without changing the others', () => {
    const more = drawReachingTasks({ ...figure3, mainCount: 350 });
    expect(cloud(more, 0).slice(0, 400)).toEqual(cloud(tasks, 0));
    expect(cloud(more, 1)).toEqual(cloud(tasks, 1));
    expect(cloud(more, 2)).toEqual(cloud(tasks, 2));
  });

  it('moves a cloud rigidly with its centre, and scales it with its spread', () => {
    const moved = drawReachingTasks({ ...figure3, firstNoiseX: -4 + 2, firstNoiseSpread: 1 });
    const before = cloud(tasks, 1);
    cloud(moved, 1).forEach((value, i) => {
      const centre = i % 2 === 0 ? -4 : 5;
      const shift = i % 2 === 0 ? 2 : 0;
      expect(value - centre - shift).toBeCloseTo(2 * (before[i]! - centre), 12);
    });
  });

  it('gives the same points for the same seed, others for another, and unlike clouds', () => {
    expect(drawReachingTasks(figure3)).toEqual(tasks);
    expect(drawReachingTasks({ ...figure3, seed: 1 }).points).not.toEqual(tasks.points);
    expect(cloud(tasks, 1).map((v, i) => v - [-4, 5][i % 2]!)).not.toEqual(
      cloud(tasks, 2).map((v, i) => v - [5, 4][i % 2]!),
    );
  });

  it('appends painted tasks, and draws 20,000', () => {
    const many = drawReachingTasks({ ...figure3, mainCount: 19_898, extraTasks: [7, 8, -1.5, 2] });
    expect(many.count).toBe(20_000);
    expect(cloud(many, 3)).toEqual([7, 8, -1.5, 2]);
    expect(many.points.every(Number.isFinite)).toBe(true);
  });

  it('puts all points on the centre without a spread, and refuses to draw none', () => {
    const flat = drawReachingTasks({ ...figure3, mainSpread: 0, mainX: 3, mainY: 1 });
    expect(new Set(cloud(flat, 0))).toEqual(new Set([3, 1]));
    const none = { ...figure3, mainCount: 0, firstNoiseCount: 0, secondNoiseCount: 0 };
    expect(() => drawReachingTasks(none)).toThrow(/no tasks/);
  });
});

describe('drawFreshTasks', () => {
  it('draws all tasks evenly', () => {
    const counts = new Array(10).fill(0);
    for (const task of drawFreshTasks(figure3, 10)) counts[task] += 1;
    // 4000 draws: 400 ± 19 each.
    for (const count of counts) expect(Math.abs(count - 400)).toBeLessThan(90);
  });

  it('extends batches and iterations without changing what was drawn', () => {
    const small = drawFreshTasks({ ...figure3, iterations: 5, metaBatchSize: 4 }, 300);
    const large = drawFreshTasks({ ...figure3, iterations: 9, metaBatchSize: 7 }, 300);
    for (let t = 0; t < 5; t++) {
      expect(large.slice(7 * t, 7 * t + 4)).toEqual(small.slice(4 * t, 4 * t + 4));
    }
  });
});
