// Sessions of the Cheetah lab: tasks, resuming, β's KL target, unstable episodes. What all meta-RL sessions do is tested in
// policy-session.test.ts.
import { describe, expect, it } from 'vitest';
import type { PolicyCrew } from '../algorithms/meta-rl/crew.ts';
import type { CheetahExperiment } from '../experiment/cheetah-experiment.ts';
import { CHEETAH_PRESETS } from '../experiment/cheetah-presets.ts';
import { findPreset } from '../experiment/labs.ts';
import type { CheetahTask } from '../tasks/locomotion/cheetah-tasks.ts';
import {
  comparePolicyExperiments,
  drawPolicyTasks,
  drawPolicyTestTasks,
  policyShapeFor,
} from './policy-domain.ts';
import { eventsOf, referenceCrew, startTiny } from './policy-session.testing.ts';
import type { PolicyMetrics, PolicySessionEvent } from './policy-session-events.ts';

const SMALL = {
  hiddenWidths: [5],
  trajectoriesPerTask: 2,
  horizon: 6,
  metaIterations: 4,
  replayRampIterations: 2,
  testTrajectories: 2,
} as const;

const DIR: CheetahExperiment = { ...CHEETAH_PRESETS[0].experiment, ...SMALL, metaBatchSize: 2 };
const VEL: CheetahExperiment = { ...DIR, family: 'vel', metaBatchSize: 4, maxReplayedTasks: 2 };
const NOISE: CheetahExperiment = { ...VEL, family: 'noise-vel', noiseTaskShare: 0.5 };

const metricsOf = (events: readonly PolicySessionEvent[]): PolicyMetrics[] =>
  events.flatMap((event) => (event.kind === 'metrics' ? [event.metrics] : []));

const goalsAt = (experiment: CheetahExperiment, iteration: number) =>
  drawPolicyTasks(experiment, iteration).map((task) => ('goal' in task ? task.goal : Number.NaN));

describe('tasks', () => {
  it('of DIR are both directions in every batch, and in turn at test', () => {
    for (let iteration = 0; iteration < 5; iteration++) {
      expect(goalsAt(DIR, iteration).sort()).toEqual([-1, 1]);
    }
    expect(drawPolicyTestTasks(DIR, 3).map(({ goal }) => goal)).toEqual([1, -1, 1]);
  });

  it('of VEL cover the range in every batch, in any order', () => {
    const orders = new Set<string>();
    for (let iteration = 0; iteration < 20; iteration++) {
      const quarters = goalsAt(VEL, iteration).map((goal) => Math.floor(2 * goal));
      orders.add(quarters.join());
      expect(quarters.sort()).toEqual([0, 1, 2, 3]);
    }
    expect(orders.size).toBeGreaterThan(8);
  });

  it('of NoiseVEL are noise in about their share of the training, never at test', () => {
    const trained = Array.from({ length: 50 }, (_, iteration) => goalsAt(NOISE, iteration)).flat();
    const noise = trained.filter((goal) => goal >= 3 && goal < 4);
    expect(noise.length).toBeGreaterThan(70);
    expect(noise.length).toBeLessThan(130);
    expect(trained.filter((goal) => goal < 2)).toHaveLength(200 - noise.length);
    const tests: CheetahTask[] = drawPolicyTestTasks(NOISE, 100);
    expect(tests.every(({ goal, isNoise }) => goal >= 0 && goal < 2 && !isNoise)).toBe(true);
  });

  it('are independent draws where asked for', () => {
    const alone: CheetahExperiment = { ...DIR, goalDraw: 'independent', metaBatchSize: 6 };
    const sums = Array.from({ length: 20 }, (_, t) => goalsAt(alone, t).reduce((sum, goal) => sum + goal, 0));
    expect(new Set(sums).size).toBeGreaterThan(2);
  });
});

describe('a session', () => {
  it.each([
    ['DIR', DIR],
    ['NoiseVEL with a buffer and learned α', { ...NOISE, algorithms: ['maml', 'rmaml'] }],
    ['VEL with TRPO', { ...VEL, outerOptimizer: 'trpo' }],
  ] satisfies [string, CheetahExperiment][])('of %s resumes bit-exactly', async (_, experiment) => {
    const whole = startTiny(experiment);
    const all = metricsOf(await eventsOf(whole));
    expect(all.some(({ accepted }) => accepted === 1)).toBe(true);
    const half = startTiny(experiment);
    await eventsOf(half, (event) => event.kind === 'iteration' && event.iteration === 2);
    const resumed = startTiny(experiment, { resume: structuredClone(half.checkpoint()) });
    expect(metricsOf(await eventsOf(resumed))).toEqual(all.filter(({ iteration }) => iteration > 2));
    expect(resumed.checkpoint()).toEqual(whole.checkpoint());
  });

  it('of the oracle sees the goal after all else, and needs no inner steps', async () => {
    const experiment: CheetahExperiment = { ...VEL, algorithms: ['oracle'], metaIterations: 2 };
    expect(policyShapeFor(experiment, 'oracle').sizes).toEqual([18, 5, 6]);
    expect(policyShapeFor({ ...experiment, convention: 'finn2017' }, 'maml').sizes[0]).toBe(20);
    expect(metricsOf(await eventsOf(startTiny(experiment)))).toHaveLength(2);
  });

  it('gives each test task’s return, and what its timesteps gain: −|v − g| for VEL, d·v for DIR', async () => {
    const curves = async (experiment: CheetahExperiment) => {
      const events = await eventsOf(startTiny({ ...experiment, metaIterations: 0 }, { evaluationTasks: 6 }));
      return events.flatMap((event) => (event.kind === 'adaptation' ? [event.point] : []));
    };
    const [vel] = await curves(VEL);
    expect(vel!.returnsByTask.map((returns) => returns.length)).toEqual([6, 6, 6, 6, 6]);
    const [first] = vel!.returnsByTask;
    expect(first!.reduce((sum, value) => sum + value, 0) / 6).toBeCloseTo(vel!.meanReturn[0]!, 10);
    vel!.gainsByTask![0]!.forEach((gain, task) => {
      expect(gain).toBeLessThan(0);
      // The cost of actions comes on top.
      expect(first![task]!).toBeLessThan(VEL.horizon * gain);
    });
    vel!.velocityErrorsByTask!.forEach((errors, step) => {
      errors.forEach((error, task) => {
        expect(error).toBeLessThanOrEqual(-vel!.gainsByTask![step]![task]! + 1e-6);
      });
    });
    const [dir] = await curves(DIR);
    expect(dir!.velocityErrorsByTask).toBeUndefined();
    const [forwards, backwards] = dir!.gainsByTask![0]!;
    expect(Math.abs(forwards! + backwards!)).toBeLessThan(1);
  });

  it('lets β follow the KL target, and stops beyond twice that', async () => {
    const factors = async (klTarget: number) => {
      const session = startTiny({ ...DIR, klTarget });
      const rows = metricsOf(await eventsOf(session));
      const { optimizer } = session.checkpoint().runs[0]!.state;
      return {
        tries: rows.map(({ tries }) => tries),
        factor: 'rateFactor' in optimizer && optimizer.rateFactor,
      };
    };
    expect(await factors(1e-9)).toEqual({ tries: [1, 1, 1, 1], factor: 1.5 ** -4 });
    // Never above what the experiment says.
    expect(await factors(1e6)).toEqual({ tries: [3, 3, 3, 3], factor: 1 });
  });

  it('counts unstable episodes among its warnings, and says so', async () => {
    const steady = referenceCrew();
    const crew: PolicyCrew = {
      ...steady,
      async adapt(request) {
        const outcome = await steady.adapt(request);
        return { ...outcome, warnings: [{ kind: 'unstable', task: 1, step: 0, episodes: 2 }] };
      },
    };
    const session = startTiny({ ...DIR, metaIterations: 1 }, {}, crew);
    const [row] = metricsOf(await eventsOf(session));
    expect(row).toMatchObject({ warnings: 1, unstableEpisodes: 2 });
    expect(session.snapshot().runs[0]!.warnings).toEqual([
      'In 1 of 2 tasks the body’s state became unstable; 2 episodes ended there.',
    ]);
  });

  it('takes over what alters no past, and nothing else', () => {
    const session = startTiny(DIR);
    session.update({ ...DIR, testInnerSteps: 1 });
    expect(() => session.update({ ...DIR, klTarget: 0.5 })).toThrow('klTarget');
    const other = findPreset('navigation-maml-live')!.experiment;
    if (other.lab !== 'navigation') throw new Error('not a navigation preset');
    expect(comparePolicyExperiments(DIR, other)).toMatchObject({ changesPast: true, changed: ['lab'] });
    expect(() => session.update(other)).toThrow('lab');
  });
});
