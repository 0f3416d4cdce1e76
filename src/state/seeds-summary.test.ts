import { describe, expect, it } from 'vitest';
import { studentQuantile } from '../math/student-t.ts';
import { smallRecord } from './pins.testing.ts';
import { reachingExperiment } from './pins-reaching.testing.ts';
import { finalsOfReaching, meanCurve, SeedsCollector, seedAt } from './seeds-summary.ts';

describe('SeedsCollector', () => {
  it('takes seeds together: finals one by one, curves as means with t intervals', () => {
    const collector = new SeedsCollector(3);
    expect(collector.summary()).toBeNull();
    for (const [i, level] of [1, 2, 3].entries())
      collector.add(smallRecord({ seed: 7 + i, testInnerSteps: 5 }, level));
    const summary = collector.summary()!;
    expect(summary.seeds).toEqual([7, 8, 9]);
    const maml = summary.groups.find(({ id }) => id === 'maml')!;
    expect(maml.finals.before?.map((value) => value - 2)).toEqual([1, 2, 3]);
    const curve = maml.curves.find(({ name }) => name === 'adaptation 10')!;
    expect(curve.n).toBe(3);
    expect(curve.mean[0]).toBeCloseTo(4, 10);
    expect(curve.high[0]! - curve.mean[0]!).toBeCloseTo(studentQuantile(0.95, 2) / Math.sqrt(3), 9);
    expect(maml.curves.find(({ name }) => name === 'learning')?.x).toEqual([0, 10, 20]);
    expect(collector.first?.experiment.seed).toBe(7);
  });

  it('counts what diverged and leaves it out of the means', () => {
    const collector = new SeedsCollector(2);
    collector.add(smallRecord({}, 1));
    const bad = smallRecord({ seed: 2 }, 99);
    collector.add({ ...bad, runs: bad.runs.map((run, i) => (i === 0 ? { ...run, divergedAt: 12 } : run)) });
    const [maml, rmaml] = collector.summary()!.groups;
    expect(maml).toMatchObject({ id: 'maml', diverged: 1 });
    expect(maml?.finals.before).toHaveLength(1);
    expect(rmaml?.diverged).toBe(0);
    expect(rmaml?.finals.before).toHaveLength(2);
    expect(collector.diverged).toBe(1);
  });
});

describe('meanCurve', () => {
  it('is straight between a seed’s own measurements, and only where all seeds have any', () => {
    const curve = meanCurve('learning', [
      { name: 'learning', x: [0, 5, 10], y: [4, 3, 2] },
      { name: 'learning', x: [0, 8, 12], y: [2, 10, 4] },
    ]);
    // At 5: (3 + 7)/2; at 8: (2.4 + 10)/2; at 10: (2 + 7)/2.
    expect(curve.x).toEqual([0, 5, 8, 10]);
    for (const [i, mean] of [3, 5, 6.2, 4.5].entries()) expect(curve.mean[i]).toBeCloseTo(mean, 12);
    expect(curve.n).toBe(2);
  });

  it('leaves measurements out that are not finite', () => {
    const curve = meanCurve('adaptation', [
      { name: 'adaptation', x: [0, 1, 2], y: [1, Number.POSITIVE_INFINITY, 3] },
      { name: 'adaptation', x: [0, 1, 2], y: [1, 2, 3] },
    ]);
    expect(curve.mean).toEqual([1, 2, 3]);
  });

  it('keeps its ends when it is thinned', () => {
    const x = Array.from({ length: 1000 }, (_, i) => i + 1);
    const curve = meanCurve('learning', [{ name: 'learning', x, y: x }]);
    expect(curve.x.length).toBeLessThanOrEqual(120);
    expect(curve.x.at(-1)).toBe(1000);
    expect(curve.low).toEqual(curve.mean);
  });
});

describe('seeds', () => {
  it('follow on the experiment’s own and wrap', () => {
    expect(seedAt(5, 3)).toBe(8);
    expect(seedAt(2 ** 32 - 1, 2)).toBe(1);
  });

  it('of the Reaching lab are its outcome', () => {
    const experiment = reachingExperiment({ seed: 3 });
    const quantiles = { q25: new Float64Array(1), median: new Float64Array(1), q75: new Float64Array(1) };
    const outcome = {
      seeds: 2,
      at: Int32Array.of(0),
      strategies: [
        {
          strategy: 'medium' as const,
          finalDistances: Float64Array.of(0.1, Number.NaN),
          ...quantiles,
          winnerShare: 1,
        },
      ],
    };
    expect(finalsOfReaching(experiment, outcome, 2)).toMatchObject({
      seeds: [3, 4],
      groups: [{ id: 'medium', diverged: 1, finals: { distance: [0.1] } }],
    });
  });
});
