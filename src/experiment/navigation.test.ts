// The Navigation lab's fields, rules and links: what is its own, or that of all meta-RL labs. labs.test.ts has what
// holds in every lab.
import { describe, expect, it } from 'vitest';
import { foldIn, key } from '../math/rng.ts';
import { decodeLink } from './codec.ts';
import { changesPastIn, changesTestsIn } from './field-changes.ts';
import { findPreset, NAVIGATION_LAB } from './labs.ts';
import type { NavigationExperiment } from './navigation-experiment.ts';
import { MAX_TIMESTEPS } from './policy-rules.ts';
import { randomExperiment } from './random-experiment.testing.ts';
import { checkPatch, checkPatchIn, validateExperiment } from './schema.ts';
import { visibleSettings } from './settings.ts';

type Change = Partial<NavigationExperiment>;

const live = NAVIGATION_LAB.presets[0].experiment;
const withChange = (change: Change): NavigationExperiment => ({ ...live, ...change });
const patch = (change: Change, from = live) => checkPatchIn(NAVIGATION_LAB, from, { ...change });

describe('the Navigation lab’s presets', () => {
  it('are the five that links may name, MAML first', () => {
    expect(NAVIGATION_LAB.presets.map(({ id }) => id)).toEqual([
      'navigation-maml-live',
      'navigation-compare-live',
      'navigation-maml-paper',
      'navigation-first-order',
      'navigation-noise',
    ]);
  });

  it('have the paper’s setting as REFERENCE 5 and 5.1 give it', () => {
    expect(findPreset('navigation-maml-paper')?.experiment).toMatchObject({
      ...{
        reward: 'distance',
        start: 'origin',
        goalXMin: -0.5,
        goalXMax: 0.5,
        goalYMin: -0.5,
        goalYMax: 0.5,
      },
      ...{ trajectoriesPerTask: 20, metaBatchSize: 20, horizon: 100, discount: 0.99, gaeLambda: 1 },
      ...{ hiddenWidths: [100, 100], activation: 'relu', innerSteps: 1, innerLearningRate: 0.1 },
      ...{ outerOptimizer: 'trpo', maxKl: 0.01, conjugateGradientIterations: 10, damping: 1e-5 },
      ...{ lineSearchTries: 15, lineSearchBacktrack: 0.8, testLaterStepFactor: 0.5 },
    });
  });
});

describe('the Navigation lab’s fields', () => {
  const trpo = ['conjugateGradientIterations', 'damping', 'lineSearchTries', 'curvatureRows'];
  const adam = ['metaLearningRate', 'outerSteps'];
  const buffer = ['strategy', 'maxReplayedTasks', 'replayRampIterations'];
  const alpha = ['alphaMode', 'alphaLearningRate', 'alphaMin', 'alphaMax'];
  const ring = ['noiseInnerRadius', 'noiseOuterRadius'];

  it.each<[string, Change, string[], string[]]>([
    ['Adam, one step', { outerSteps: 1 }, adam, [...trpo, 'maxKl']],
    ['Adam, several steps', { outerSteps: 3 }, [...adam, 'maxKl'], trpo],
    ['TRPO', { outerOptimizer: 'trpo' }, [...trpo, 'lineSearchBacktrack', 'maxKl'], adam],
    [
      'Reptile alone',
      { algorithms: ['reptile'], outerOptimizer: 'trpo' },
      ['reptileInnerSteps', 'reptileStepSize'],
      [...trpo, ...adam, 'maxKl', 'outerOptimizer', 'innerSteps'],
    ],
    ['MAML alone', { algorithms: ['maml'] }, ['innerSteps'], [...buffer, ...alpha, 'reptileStepSize']],
    ['RMAML', { algorithms: ['rmaml'] }, [...buffer, ...alpha], []],
    ['a buffer for all', { taskBuffer: 'all' }, buffer, alpha],
    ['learned α for all', { adaptiveAlpha: 'all' }, alpha, buffer],
    ['no noise goals', { noiseTaskShare: 0 }, [], ring],
    ['noise goals', { noiseTaskShare: 0.1 }, ring, []],
  ])('%s: shows what it uses, hides what it does not', (_, change, shown, hidden) => {
    const visible = visibleSettings(withChange(change));
    expect(visible).toEqual(expect.arrayContaining(shown));
    expect(hidden.filter((name) => visible.includes(name))).toEqual([]);
  });
});

describe('bad input', () => {
  it.each<[string, Change, string, RegExp]>([
    ['a goal outside the square', { goalXMax: 0.6 }, 'goalXMax', /Got 0\.6; expected -0\.5 to 0\.5\./],
    [
      'goals the wrong way round',
      { goalYMin: 0.4, goalYMax: 0.3 },
      'goalYMin',
      /“Goals from, y” is 0\.4, above/,
    ],
    [
      'a ring inside out',
      { noiseTaskShare: 0.2, noiseOuterRadius: 0.5 },
      'noiseOuterRadius',
      /“Ring from” is 0\.75, above “Ring to”, 0\.5\. Lower the one/,
    ],
    ['no task but noise', { noiseTaskShare: 1 }, 'noiseTaskShare', /expected 0 to 0\.9/],
    [
      'too many timesteps',
      { metaBatchSize: 50, trajectoriesPerTask: 100 },
      'trajectoriesPerTask',
      /50 tasks × 100 trajectories × 100 timesteps are 500,000 .*at most 400,000.* at most 80 trajectories/,
    ],
    [
      'too many timesteps at any number of trajectories',
      { metaBatchSize: 200, horizon: 1000, trajectoriesPerTask: 3, maxReplayedTasks: 0 },
      'trajectoriesPerTask',
      /600,000 .*at most 2 trajectories/,
    ],
    [
      'too many parameters at once',
      { hiddenWidths: [256, 256, 256, 256, 256], metaBatchSize: 40 },
      'hiddenWidths',
      /40 tasks × 264,964 parameters .*at most 30 tasks/,
    ],
    [
      'more steps at test than are shown',
      { testInnerSteps: 5 },
      'testInnerSteps',
      /expected a whole number, 0 to 4/,
    ],
    ['no trust region', { maxKl: 0 }, 'maxKl', /expected 0\.0001 to 10/],
  ])('%s: is explained at the control, and changes nothing', (_, change, field, said) => {
    const { experiment, issues } = patch(change);
    expect(experiment).toBe(live);
    expect(issues.map((issue) => issue.field)).toEqual([field]);
    expect(issues[0]?.message).toMatch(said);
  });

  it('MAX_L above M, and α’s limits crossed, are explained where the buffer and α are used', () => {
    const rmaml = withChange({ algorithms: ['rmaml'] });
    expect(patch({ metaBatchSize: 4 }, rmaml).issues.map(({ field }) => field)).toEqual(['metaBatchSize']);
    expect(patch({ alphaMin: 2 }, rmaml).issues.map(({ field }) => field)).toEqual(['alphaMin']);
    expect(patch({ metaBatchSize: 4 }).experiment).toMatchObject({ metaBatchSize: 4, maxReplayedTasks: 4 });
  });

  it('of another lab’s settings is refused by name', () => {
    expect(checkPatch(live, { supportSize: 3 })).toEqual({
      experiment: live,
      issues: [{ field: 'supportSize', message: expect.stringContaining('Navigation lab has no setting') }],
    });
  });

  it('lets goals lie in one line or one point', () => {
    expect(patch({ goalXMin: 0.2, goalXMax: 0.2 }).issues).toEqual([]);
  });
});

describe('repairs', () => {
  it('of everything at once meet all rules, and raise no count', () => {
    for (let i = 0; i < 300; i++) {
      const from = randomExperiment(foldIn(key(5), i), 'navigation');
      const wanted = {
        ...from,
        ...{ metaBatchSize: 200, trajectoriesPerTask: 1 + (i % 200), horizon: 1 + 3 * i },
        ...{ hiddenWidths: [256, 256, 256, 256, 256], maxReplayedTasks: 200 },
        ...{ goalXMin: 0.3, goalXMax: -0.3, noiseInnerRadius: 4, noiseOuterRadius: 1 },
      };
      const { experiment } = validateExperiment(wanted);
      if (experiment.lab !== 'navigation') throw new Error(`got an experiment of the ${experiment.lab} lab`);
      for (const rule of NAVIGATION_LAB.rules) expect(rule.violation(experiment)).toBeNull();
      const { metaBatchSize, trajectoriesPerTask, horizon } = experiment;
      expect(metaBatchSize * trajectoriesPerTask * horizon).toBeLessThanOrEqual(MAX_TIMESTEPS);
      expect(trajectoriesPerTask).toBeLessThanOrEqual(wanted.trajectoriesPerTask);
      expect(horizon).toBeLessThanOrEqual(wanted.horizon);
    }
  });
});

describe('changes', () => {
  const changesPast = (change: Change, from = live) =>
    changesPastIn(NAVIGATION_LAB, from, { ...from, ...change });
  const changesTests = (change: Change) => changesTestsIn(NAVIGATION_LAB, live, withChange(change));

  it('of what training used alter the past', () => {
    expect(changesPast({ reward: 'squared-distance' })).toBe(true);
    expect(changesPast({ trajectoriesPerTask: 10 })).toBe(true);
    expect(changesPast({ outerOptimizer: 'trpo' })).toBe(true);
    expect(changesPast({ hiddenWidths: [...live.hiddenWidths] })).toBe(false);
  });

  it('of what no algorithm uses do not', () => {
    expect(changesPast({ damping: 0.1, reptileStepSize: 0.1, alphaMax: 0.5, noiseOuterRadius: 2 })).toBe(
      false,
    );
    expect(changesPast({ damping: 0.1 }, withChange({ outerOptimizer: 'trpo' }))).toBe(true);
  });

  it('of the number of meta-iterations never do, whatever runs', () => {
    const all = withChange({ algorithms: ['maml', 'reptile', 'rmaml'] });
    expect(changesPast({ metaIterations: 7 }, all)).toBe(false);
  });

  it('of test time alter tests, and only they do', () => {
    const atTest: Change[] = [
      { testInnerSteps: 1 },
      { testTrajectories: 5 },
      { testInnerLearningRate: 0.5 },
      { testLaterStepFactor: 1 },
    ];
    for (const change of atTest) {
      expect(changesTests(change)).toBe(true);
      expect(changesPast(change)).toBe(false);
    }
    expect(changesTests({ metaIterations: 7, horizon: 50 })).toBe(false);
  });
});

describe('cost', () => {
  it('opens what is far dearer than the default paused', async () => {
    const open = (rest: string) =>
      decodeLink(`#v=1&lab=navigation&preset=navigation-maml-paper&seed=0&${rest}`);
    expect(await open('')).toMatchObject({ issues: [], heavy: false, opensPaused: false });
    expect(await open('metaBatchSize=40&hiddenWidths=200,200&curvatureRows=0')).toMatchObject({
      heavy: true,
      opensPaused: true,
    });
    expect(
      await open('metaBatchSize=40&hiddenWidths=200,200&curvatureRows=0&outerOptimizer=adam'),
    ).toMatchObject({
      heavy: false,
    });
  });
});
