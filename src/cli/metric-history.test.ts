import { describe, expect, it } from 'vitest';
import type { IterationMetrics } from '../training/session-events.ts';
import { thinMetrics } from './metric-history.ts';

const row = (iteration: number): IterationMetrics => ({
  algorithm: 'maml',
  iteration,
  queryLoss: iteration % 2,
  supportLoss: 1,
  gradientEvaluations: 4 * iteration,
  seconds: iteration / 10,
  replayedTasks: 3,
  alphaMean: 0.01,
  alphaMin: 0.01,
  alphaMax: 0.01,
});
const rows = (count: number) => Array.from({ length: count }, (_, i) => row(i + 1));

describe('thinMetrics', () => {
  it('keeps short runs whole', () => {
    const history = thinMetrics(rows(50));
    expect(history.iteration).toHaveLength(50);
    expect(history.queryLoss[4]).toBe(1);
  });

  it('keeps the first 100 and then means of losses and last values of the rest', () => {
    const history = thinMetrics(rows(100 + 800));
    expect(history.iteration).toHaveLength(500);
    expect(history.iteration.slice(98, 103)).toEqual([99, 100, 102, 104, 106]);
    expect(history.queryLoss[200]).toBe(0.5);
    expect(history.gradientEvaluations.at(-1)).toBe(3600);
  });

  it('never exceeds 500 rows', () => {
    expect(thinMetrics(rows(70_000)).iteration.length).toBeLessThanOrEqual(500);
    expect(thinMetrics([]).iteration).toEqual([]);
  });
});
