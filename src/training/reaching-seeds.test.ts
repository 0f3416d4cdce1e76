import { describe, expect, it } from 'vitest';
import { simulateReaching } from '../algorithms/ideal-learner.ts';
import { REACHING_FIGURE_3 as figure3 } from '../experiment/reaching-experiment.testing.ts';
import { mean, quantile } from '../math/statistics.ts';
import { drawReachingTasks } from '../tasks/reaching.ts';
import { addWinner } from './reaching-race.ts';
import { ReachingSeeds, seedsOutcome } from './reaching-seeds.ts';

describe('seedsOutcome', () => {
  it('reaches the reference figures over seeds 0 to 99', () => {
    const { strategies } = seedsOutcome(figure3, 100);
    const [uniform, easy, medium, hard] = strategies.map(({ finalDistances }) => mean(finalDistances));
    expect(Math.abs(uniform! - 1.53)).toBeLessThanOrEqual(0.06);
    expect(easy).toBeGreaterThan(1.25);
    expect(easy).toBeLessThan(1.45);
    expect(medium).toBeGreaterThan(0.25);
    expect(medium).toBeLessThan(0.4);
    expect(hard).toBeGreaterThan(2.8);
    expect(hard).toBeLessThan(3.2);
    expect(strategies[2]!.winnerShare).toBeGreaterThanOrEqual(0.97);
  });

  it('says of every seed what the full runs say', () => {
    const first = { ...figure3, seed: 2 ** 32 - 2, iterations: 250 };
    const outcome = seedsOutcome(first, 3);
    // 4294967294, 4294967295, and then 0 again.
    const seeds = [2 ** 32 - 2, 2 ** 32 - 1, 0];
    outcome.strategies.forEach(({ strategy, finalDistances, q25, median }) => {
      const runs = seeds.map((seed) => {
        const experiment = { ...first, seed };
        return simulateReaching(experiment, drawReachingTasks(experiment), strategy);
      });
      expect([...finalDistances]).toEqual(runs.map((run) => run.distances[250]));
      for (const [p, t] of outcome.at.entries()) {
        const distances = runs.map((run) => run.distances[t]!);
        expect(median[p]).toBe(quantile(distances, 0.5));
        expect(q25[p]).toBe(quantile(distances, 0.25));
      }
    });
  });

  it('records the start, the end, and at most 101 iterations', () => {
    const long = seedsOutcome({ ...figure3, iterations: 1234 }, 1).at;
    expect(long).toHaveLength(101);
    expect([long[0], long[100]]).toEqual([0, 1234]);
    expect(new Set(long).size).toBe(101);
    expect([...seedsOutcome({ ...figure3, iterations: 3 }, 1).at]).toEqual([0, 1, 2, 3]);
  });

  it('gives partial outcomes that the full one extends', () => {
    const job = new ReachingSeeds(figure3, 8);
    while (job.finished < 3) job.advance();
    const partial = job.outcome();
    while (job.advance());
    const full = job.outcome();
    expect(partial.seeds).toBe(3);
    expect(full.seeds).toBe(8);
    partial.strategies.forEach(({ finalDistances }, s) => {
      expect(finalDistances).toEqual(full.strategies[s]!.finalDistances.slice(0, 3));
    });
    expect(full).toEqual(seedsOutcome(figure3, 8));
  });

  it('pauses often within one long seed', () => {
    const job = new ReachingSeeds({ ...figure3, iterations: 5000 }, 1);
    let slices = 0;
    while (job.advance()) slices += 1;
    // (4 strategies + the draws) × 5000 × 20 slots at 40,000 a slice, about 1 ms each.
    expect(slices).toBeGreaterThanOrEqual(12);
  });

  it('counts an agent that left all bounds as infinitely far', () => {
    const outcome = seedsOutcome({ ...figure3, stepSize: 300, iterations: 500 }, 2);
    expect([...outcome.strategies[0]!.finalDistances]).toEqual([
      Number.POSITIVE_INFINITY,
      Number.POSITIVE_INFINITY,
    ]);
    expect(outcome.strategies.reduce((sum, { winnerShare }) => sum + winnerShare, 0)).toBeCloseTo(1, 12);
  });
});

describe('a job without seeds', () => {
  it.each([0, -1, 2.5, Number.NaN])('is refused: %d', (seeds) => {
    expect(() => new ReachingSeeds(figure3, seeds)).toThrow(/whole number from 1/);
  });
});

describe('addWinner', () => {
  it('splits ties evenly, infinite ones too', () => {
    const shares = new Float64Array(4);
    addWinner(shares, [3, 1, 2, 1]);
    addWinner(shares, [5, 5, 4, 6]);
    const infinite = Number.POSITIVE_INFINITY;
    addWinner(shares, [infinite, infinite, infinite, infinite]);
    expect([...shares]).toEqual([0.25, 0.75, 1.25, 0.75]);
  });
});
