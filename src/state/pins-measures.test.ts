import { describe, expect, it } from 'vitest';
import { NAVIGATION_LAB } from '../experiment/labs.ts';
import { studentQuantile } from '../math/student-t.ts';
import { smallDraft } from './pins.testing.ts';
import { differingSettings } from './pins-differences.ts';
import { difference, isLowerBetter, type Measure, measuresOf, ownInterval } from './pins-measures.ts';

const measure = (value: number, more: Partial<Measure> = {}): Measure => ({
  group: 'maml',
  id: 'after',
  value,
  tasks: { n: 100, halfWidth: 0.1 },
  seeds: null,
  iteration: 20,
  ...more,
});

describe('measures', () => {
  it('are the test tasks’ medians before and after adaptation, with intervals from the quartiles', () => {
    const draft = smallDraft('a', { testInnerSteps: 5 }, 1);
    const maml = measuresOf(draft).filter(({ group }) => group === 'maml');
    expect(maml.map(({ id }) => id)).toEqual(['before', 'after1', 'after']);
    expect(maml[0]?.value).toBeCloseTo(3, 10);
    expect(maml[2]?.value).toBeCloseTo(1 + 2 * Math.exp(-5), 10);
    // √(π/2) · IQR/1.349/√n · 1.96, IQR = 1, n = 100.
    expect(maml[0]?.tasks?.halfWidth).toBeCloseTo((1.96 * 1.2533) / 1.349 / 10, 3);
  });

  it('name one step once where testing takes one', () => {
    const ids = measuresOf(smallDraft('a', { testInnerSteps: 1 })).map(({ group, id }) => `${group} ${id}`);
    expect(ids).toEqual(['maml before', 'maml after', 'rmaml before', 'rmaml after']);
  });

  it('are means over seeds where there are several', () => {
    const seeds = {
      seeds: [1, 2, 3],
      asked: 3,
      failed: 0,
      groups: [{ id: 'maml', diverged: 0, finals: { after: [1, 2, 3] }, curves: [] }],
    };
    const [only] = measuresOf({ ...smallDraft('a'), seeds });
    expect(only).toMatchObject({ value: 2, tasks: null, seeds: [1, 2, 3] });
    expect(ownInterval(only!)?.halfWidth).toBeCloseTo(studentQuantile(0.95, 2) / Math.sqrt(3), 9);
    expect(ownInterval(only!)?.over).toBe('seeds');
  });
});

describe('difference', () => {
  it('is over tasks for two single runs, and unclear within its interval', () => {
    const d = difference(measure(1), measure(1.1), true);
    expect(d.centre).toBeCloseTo(-0.1, 12);
    expect(d.halfWidth).toBeCloseTo(Math.hypot(0.1, 0.1), 12);
    expect(d).toMatchObject({ over: 'tasks', n: [100, 100], verdict: 'unclear' });
  });

  it('is better or worse by what is better in the lab', () => {
    expect(difference(measure(0.5), measure(1), true).verdict).toBe('better');
    expect(difference(measure(0.5), measure(1), false).verdict).toBe('worse');
    expect(difference(measure(1.5), measure(1), false).verdict).toBe('better');
    expect(isLowerBetter(smallDraft('a').experiment)).toBe(true);
    expect(isLowerBetter(NAVIGATION_LAB.presets[0].experiment)).toBe(false);
  });

  it('is over seeds, by Welch, where both have several', () => {
    const a = measure(2, { seeds: [1, 2, 3], tasks: null });
    const b = measure(12, { seeds: [11, 12, 13], tasks: null });
    const d = difference(a, b, true);
    expect(d).toMatchObject({ centre: -10, over: 'seeds', n: [3, 3], verdict: 'better' });
    expect(d.halfWidth).toBeCloseTo(studentQuantile(0.95, 4) * Math.sqrt(2 / 3), 9);
  });

  it('has no interval between several seeds and one', () => {
    const d = difference(measure(2, { seeds: [1, 2, 3], tasks: null }), measure(1), true);
    expect(d).toMatchObject({ centre: 1, over: null, n: null, verdict: 'unknown' });
  });

  it('has none where a loss is infinite', () => {
    const lost = measure(Number.POSITIVE_INFINITY, { tasks: { n: 100, halfWidth: Number.NaN } });
    expect(difference(lost, measure(1), true).verdict).toBe('unknown');
  });
});

describe('differingSettings', () => {
  const base = smallDraft('a').experiment;

  it('lists only what differs, in the panel’s order, one value per run', () => {
    const rows = differingSettings([
      base,
      { ...base, supportSize: 5, innerLearningRate: 0.02 } as typeof base,
      base,
    ]);
    expect(rows.map(({ key, values }) => [key, values])).toEqual([
      ['innerLearningRate', ['0.01', '0.02', '0.01']],
      ['supportSize', ['10', '5', '10']],
    ]);
    expect(rows[0]).toMatchObject({ symbol: 'α' });
  });

  it('is empty for equal runs and for one', () => {
    expect(differingSettings([base, base])).toEqual([]);
    expect(differingSettings([base])).toEqual([]);
    expect(differingSettings([])).toEqual([]);
  });

  it('says where a setting has no effect', () => {
    if (base.lab !== 'sinusoid') throw new Error('another lab');
    const without = { ...base, algorithms: ['maml'] as const, adaptiveAlpha: 'none' as const };
    const rows = differingSettings([base, without]);
    const learned = rows.find(({ key }) => key === 'alphaLearningRate');
    expect(learned?.values[1]).toBeNull();
    expect(learned?.values[0]).not.toBeNull();
  });
});
