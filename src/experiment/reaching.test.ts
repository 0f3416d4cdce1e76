// The Reaching lab's fields, presets and rules, and its links.
import { describe, expect, it } from 'vitest';
import { decodeLink, encodePlainLink, MAX_LINK_LENGTH } from './codec.ts';
import { REACHING_LAB } from './labs.ts';
import type { ReachingExperiment } from './reaching-experiment.ts';
import { REACHING_PRESETS } from './reaching-presets.ts';
import { checkPatch, checkPatchIn } from './schema.ts';
import { changedSettings, settingField, visibleSettings } from './settings.ts';

const figure3 = REACHING_PRESETS[0].experiment;
const patch = (change: Partial<ReachingExperiment>, from = figure3) =>
  checkPatchIn(REACHING_LAB, from, { ...change });
const issueFields = (change: Partial<ReachingExperiment>) => patch(change).issues.map(({ field }) => field);

describe('the Reaching lab’s fields', () => {
  it('hide what the chosen strategies and the schedule do not use', () => {
    const shown = (change: Partial<ReachingExperiment>) => visibleSettings({ ...figure3, ...change });
    expect(shown({})).toContain('maxReplayedTasks');
    expect(shown({ strategies: ['uniform'] })).not.toContain('maxReplayedTasks');
    expect(shown({ strategies: ['uniform', 'hard'] })).not.toContain('middle');
    expect(shown({ replaySchedule: 'constant' })).not.toContain('replayRampIterations');
    expect(shown({})).not.toContain('extraTasks');
    expect(shown({ extraTasks: [1, 1] })).toContain('extraTasks');
  });
});

describe('the Reaching lab’s presets', () => {
  it('begin with the reference’s default, exactly', () => {
    expect(figure3).toEqual({
      lab: 'reaching',
      preset: 'reaching-figure-3',
      seed: 0,
      strategies: ['uniform', 'easy', 'medium', 'hard'],
      ...{ mainX: 0, mainY: 0, mainSpread: 1, mainCount: 200 },
      ...{ firstNoiseX: -4, firstNoiseY: 5, firstNoiseSpread: 0.5, firstNoiseCount: 50 },
      ...{ secondNoiseX: 5, secondNoiseY: 4, secondNoiseSpread: 0.5, secondNoiseCount: 50 },
      extraTasks: [],
      ...{ startX: -6, startY: -4, stepSize: 0.1, innerLearningRate: 0, iterations: 200 },
      ...{ metaBatchSize: 20, maxReplayedTasks: 15, replaySchedule: 'linear', replayRampIterations: 100 },
      ...{ middle: 'ranks', scoredAt: 'updated' },
    });
  });
});

describe('bad input', () => {
  it.each<[string, Partial<ReachingExperiment>, string, RegExp]>([
    [
      'MAX_L above M',
      { maxReplayedTasks: 21 },
      'maxReplayedTasks',
      /21 replayed.*batch of 20\. Replay at most 20/,
    ],
    ['M below MAX_L', { metaBatchSize: 14 }, 'metaBatchSize', /15 replayed.*batch of 14/],
    [
      'no tasks',
      { mainCount: 0, firstNoiseCount: 0, secondNoiseCount: 0 },
      'mainCount',
      /no tasks at all.*Give/,
    ],
    [
      'too many tasks',
      { firstNoiseCount: 20_000 },
      'firstNoiseCount',
      /20,250 tasks.*at most 20,000.*by 250/,
    ],
    [
      'all centres equal',
      { firstNoiseX: 0, firstNoiseY: 0, secondNoiseX: 0, secondNoiseY: 0 },
      'firstNoiseX',
      /All centres are equal, at \(0, 0\).*Move one/,
    ],
    ['a negative spread', { mainSpread: -1 }, 'mainSpread', /Got -1; expected 0 to 50/],
    [
      'an endless overshoot',
      { innerLearningRate: 3, stepSize: 0.6 },
      'stepSize',
      /β \(1 − α\)² is 2\.4.*Lower β/,
    ],
    [
      'too much to compute',
      { iterations: 10_000, metaBatchSize: 1000 },
      'iterations',
      /40,000,000 draws.*at most 500 it/,
    ],
    ['half a point', { extraTasks: [1] }, 'extraTasks', /at most 200 points/],
    [
      'too many points',
      { extraTasks: Array.from({ length: 402 }, () => 1) },
      'extraTasks',
      /at most 200 points/,
    ],
  ])('%s: is explained at the control, and changes nothing', (_, change, field, said) => {
    const { experiment, issues } = patch(change);
    expect(experiment).toBe(figure3);
    expect(issues.map((issue) => issue.field)).toEqual([field]);
    expect(issues[0]?.message).toMatch(said);
  });

  it('is explained where it was made', () => {
    expect(issueFields({ metaBatchSize: 3 })).toEqual(['metaBatchSize']);
    const near = patch({ secondNoiseX: 0, secondNoiseY: 0, firstNoiseX: 0 }).experiment;
    expect(near.firstNoiseX).toBe(0);
    expect(patch({ firstNoiseY: 0 }, near).issues.map(({ field }) => field)).toEqual(['firstNoiseY']);
  });

  it('lets centres be equal where there is no noise, or one cloud lie elsewhere', () => {
    expect(issueFields({ firstNoiseX: 0, firstNoiseY: 0 })).toEqual([]);
    const none = { firstNoiseCount: 0, secondNoiseCount: 0 };
    expect(
      issueFields({ ...none, firstNoiseX: 0, firstNoiseY: 0, secondNoiseX: 0, secondNoiseY: 0 }),
    ).toEqual([]);
  });

  it('of the other lab’s settings is refused by name', () => {
    const { experiment, issues } = checkPatch(figure3, { supportSize: 3 });
    expect(experiment).toBe(figure3);
    expect(issues).toEqual([
      { field: 'supportSize', message: expect.stringContaining('Reaching lab has no setting') },
    ]);
    expect(settingField('reaching', 'supportSize')).toBeUndefined();
    expect(settingField('reaching', '__proto__')).toBeUndefined();
  });
});

describe('painted tasks', () => {
  it('keep two decimals and count as one change', () => {
    const { experiment } = patch({ extraTasks: [1.234567, -0.001] });
    expect(experiment.extraTasks).toEqual([1.23, 0]);
    expect(Object.is(experiment.extraTasks[1], 0)).toBe(true);
    expect(changedSettings(experiment)).toEqual(['extraTasks']);
  });

  it('fit into a link, all 200 of them', () => {
    const extraTasks = Array.from({ length: 400 }, (_, i) => -99.99 + i / 100);
    const { experiment, issues } = patch({ extraTasks });
    expect(issues).toEqual([]);
    expect(encodePlainLink(experiment).length).toBeLessThan(MAX_LINK_LENGTH / 2);
  });
});

describe('Reaching links', () => {
  it.each([
    'extraTasks=1e999,1',
    'extraTasks=,',
    'extraTasks=NaN,1',
    `extraTasks=${'9,'.repeat(3000)}1`,
    'strategies=uniform,uniform',
    'strategies=__proto__',
    'mainCount=-0.5',
    'iterations=0x10',
  ])('%s is refused, and the preset’s value used', async (pair) => {
    const { experiment, issues } = await decodeLink(`#v=1&lab=reaching&seed=0&${pair}`);
    expect(issues).toHaveLength(1);
    expect(experiment).toEqual(figure3);
  });
});
