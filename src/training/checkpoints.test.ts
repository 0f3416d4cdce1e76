import { describe, expect, it } from 'vitest';
import { isCheckpointIteration, isHeldOutIteration } from './checkpoints.ts';

const upTo = (n: number, test: (iteration: number) => boolean) =>
  Array.from({ length: n + 1 }, (_, t) => t).filter(test);

describe('schedules', () => {
  it('keeps about four checkpoints per octave', () => {
    expect(upTo(40, isCheckpointIteration)).toEqual([
      0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20, 24, 28, 32, 40,
    ]);
    expect(upTo(70_000, isCheckpointIteration).length).toBeLessThan(70);
  });

  it('evaluates on held-out tasks twice as often, and at least 50 times in all', () => {
    const points = upTo(10_000, (t) => isHeldOutIteration(t, 10_000));
    for (const t of upTo(10_000, isCheckpointIteration)) expect(points).toContain(t);
    expect(points.length).toBeLessThan(160);
    const gaps = points.slice(1).map((t, i) => t - points[i]!);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(200);
    expect(upTo(30, (t) => isHeldOutIteration(t, 10)).length).toBe(31);
  });
});
