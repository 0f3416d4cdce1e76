// The Cheetah lab's presets, fields and rules: what is its own. labs.test.ts has what holds in every lab.
import { describe, expect, it } from 'vitest';
import type { CheetahExperiment } from './cheetah-experiment.ts';
import { changesPastIn } from './field-changes.ts';
import { CHEETAH_LAB, findPreset } from './labs.ts';
import { checkPatchIn } from './schema.ts';
import { visibleSettings } from './settings.ts';

type Change = Partial<CheetahExperiment>;

const live = CHEETAH_LAB.presets[0].experiment;
const withChange = (change: Change): CheetahExperiment => ({ ...live, ...change });
const patch = (change: Change, from = live) => checkPatchIn(CHEETAH_LAB, from, { ...change });

describe('the Cheetah lab’s presets', () => {
  it('are the five that links may name, DIR first', () => {
    expect(CHEETAH_LAB.presets.map(({ id }) => id)).toEqual([
      'cheetah-dir-maml-live',
      'cheetah-vel-maml-live',
      'cheetah-dir-maml-paper',
      'cheetah-vel-maml-paper',
      'cheetah-noise-vel',
    ]);
  });

  it.each(['dir', 'vel'] as const)('have the paper’s %s as REFERENCE 5 and 5.2 give it', (family) => {
    expect(findPreset(`cheetah-${family}-maml-paper`)?.experiment).toMatchObject({
      ...{ family, convention: 'finn2017', horizon: 200, goalMin: 0, goalMax: 2, goalDraw: 'independent' },
      ...{ metaBatchSize: 40, trajectoriesPerTask: 20, discount: 0.99, gaeLambda: 1 },
      ...{ hiddenWidths: [100, 100], activation: 'relu', innerSteps: 1, innerLearningRate: 0.1 },
      ...{ outerOptimizer: 'trpo', maxKl: 0.01, conjugateGradientIterations: 10, damping: 1e-5 },
      ...{ observationScaling: 'raw', actionRange: 1, testLaterStepFactor: 0.5 },
    });
  });

  it('have [RMAML]’s noise, for MAML and RMAML', () => {
    expect(findPreset('cheetah-noise-vel')?.experiment).toMatchObject({
      ...{ family: 'noise-vel', noiseTaskShare: 0.2, noiseGoalMin: 3, noiseGoalMax: 4 },
      ...{ goalMin: 0, goalMax: 2, algorithms: ['maml', 'rmaml'] },
    });
  });
});

describe('the Cheetah lab’s fields', () => {
  const goals = ['goalMin', 'goalMax'];
  const noise = ['noiseTaskShare', 'noiseGoalMin', 'noiseGoalMax'];

  it.each<[string, Change, string[], string[]]>([
    ['DIR', {}, ['goalDraw', 'convention'], [...goals, ...noise]],
    ['VEL', { family: 'vel' }, goals, noise],
    ['NoiseVEL', { family: 'noise-vel' }, [...goals, ...noise], []],
    ['a KL target', {}, ['klTarget', 'ratioClip', 'outerSteps'], ['maxKl']],
    ['no KL target', { klTarget: null }, ['klTarget', 'maxKl'], []],
    ['one outer step', { outerSteps: 1, klTarget: null }, [], ['maxKl', 'ratioClip']],
    ['TRPO', { outerOptimizer: 'trpo' }, ['maxKl'], ['klTarget', 'ratioClip', 'outerSteps']],
    ['the oracle', { algorithms: ['oracle'] }, ['ratioClip'], ['innerSteps']],
  ])('%s: shows what it uses, hides what it does not', (_, change, shown, hidden) => {
    const visible = visibleSettings(withChange(change));
    expect(visible).toEqual(expect.arrayContaining(shown));
    expect(hidden.filter((name) => visible.includes(name))).toEqual([]);
  });

  it('alter the past only where something uses them', () => {
    const changesPast = (change: Change, from = live) =>
      changesPastIn(CHEETAH_LAB, from, { ...from, ...change });
    expect(changesPast({ goalMax: 3 })).toBe(false);
    expect(changesPast({ goalMax: 3 }, withChange({ family: 'vel' }))).toBe(true);
    expect(changesPast({ maxKl: 1 })).toBe(false);
    expect(changesPast({ convention: 'finn2017' })).toBe(true);
    expect(changesPast({ testTrajectories: 20, metaIterations: 5 })).toBe(false);
  });
});

describe('bad input', () => {
  const noisy = withChange({ family: 'noise-vel' });
  it.each<[string, Change, string, RegExp]>([
    [
      'velocities the wrong way round',
      { goalMin: 3 },
      'goalMin',
      /“Velocities from” is 3, above “Velocities to”, 2/,
    ],
    [
      'noise the wrong way round',
      { noiseGoalMax: 2 },
      'noiseGoalMax',
      /“Noise from” is 3, above “Noise to”, 2/,
    ],
    ['nothing but noise', { noiseTaskShare: 1 }, 'noiseTaskShare', /expected 0 to 0\.9/],
    ['faster than any cheetah', { goalMax: 100 }, 'goalMax', /expected -10 to 10 m\/s/],
    ['a ratio clip of nothing', { ratioClip: 0 }, 'ratioClip', /expected 0\.01 to 10, or empty \(none\)/],
    [
      'too many timesteps',
      { metaBatchSize: 100, trajectoriesPerTask: 100 },
      'trajectoriesPerTask',
      /1,000,000 .*at most 40 trajectories/,
    ],
  ])('%s: is explained at the control, and changes nothing', (_, change, field, said) => {
    const { experiment, issues } = patch(change, noisy);
    expect(experiment).toBe(noisy);
    expect(issues.map((issue) => issue.field)).toEqual([field]);
    expect(issues[0]?.message).toMatch(said);
  });
});
