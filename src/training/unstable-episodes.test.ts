// Cheetahs that are really thrown: the physics gives the second of each task a velocity beyond MAX_SPEED, or a position
// that is no number. Their episodes end there, are counted wherever a user looks, and training goes on.
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { CheetahExperiment } from '../experiment/cheetah-experiment.ts';
import { CHEETAH_PRESETS } from '../experiment/cheetah-presets.ts';
import { initialPolicyState } from './policy-domain.ts';
import { evaluatePolicy, probePolicy } from './policy-evaluation.ts';
import { eventsOf, referenceCrew, startTiny } from './policy-session.testing.ts';

/** After how many steps of every episode what is written where in its state. */
const thrown = vi.hoisted(() => ({ step: 0, at: 0, value: 0 }));
const HORIZON = 6;

vi.mock('../tasks/locomotion/cheetah-physics.ts', async (importOriginal) => {
  const original = await importOriginal<typeof import('../tasks/locomotion/cheetah-physics.ts')>();
  return {
    ...original,
    createCheetahPhysics(count: number) {
      const physics = original.createCheetahPhysics(count);
      let steps = 0;
      return {
        ...physics,
        step(substeps: number) {
          const solves = physics.step(substeps);
          steps += 1;
          if (thrown.step > 0 && steps % HORIZON === thrown.step) {
            physics.states[original.STATE_SIZE + thrown.at] = thrown.value;
          }
          return solves;
        },
      };
    },
  };
});

const VEL: CheetahExperiment = {
  ...CHEETAH_PRESETS[0].experiment,
  family: 'vel',
  hiddenWidths: [5],
  metaBatchSize: 3,
  trajectoriesPerTask: 2,
  testTrajectories: 2,
  horizon: HORIZON,
  metaIterations: 2,
};
const TOO_FAST = { step: 3, at: 9, value: 1500 };
const NO_NUMBER = { step: 3, at: 4, value: Number.NaN };

function subjectOf(experiment: CheetahExperiment) {
  const { metaParams, alpha } = initialPolicyState(experiment, 'maml');
  return { algorithm: 'maml', metaParams, alpha, iteration: 0, environmentSteps: 0, seconds: 0 } as const;
}

afterEach(() => Object.assign(thrown, { step: 0 }));

describe('a cheetah whose state becomes unstable', () => {
  it.each([
    ['too fast', TOO_FAST],
    ['no number', NO_NUMBER],
  ])('(%s) is counted in the metrics and told in the warnings, and training goes on', async (_, how) => {
    Object.assign(thrown, how);
    const session = startTiny(VEL);
    const events = await eventsOf(session);
    const rows = events.flatMap((event) => (event.kind === 'metrics' ? [event.metrics] : []));
    // One of each task's two, before and after the inner step.
    expect(rows.map(({ unstableEpisodes }) => unstableEpisodes)).toEqual([6, 6]);
    // Those lost three of their six steps.
    expect(rows.map(({ environmentSteps }) => environmentSteps)).toEqual([54, 108]);
    expect(rows.every(({ returnAfter }) => Number.isFinite(returnAfter))).toBe(true);
    expect(session.snapshot().runs[0]!.warnings).toContain(
      'In 3 of 3 tasks the body’s state became unstable; 6 episodes ended there.',
    );
    Object.assign(thrown, { step: 0 });
    const steady = await eventsOf(startTiny(VEL));
    const counts = steady.flatMap((event) =>
      event.kind === 'metrics' ? [event.metrics.unstableEpisodes] : [],
    );
    expect(counts).toEqual([0, 0]);
  });

  it('is counted by the evaluation, after each number of steps', async () => {
    Object.assign(thrown, TOO_FAST);
    const evaluation = evaluatePolicy(referenceCrew(), VEL, subjectOf(VEL), 5);
    let step = await evaluation.next();
    while (step.done !== true) step = await evaluation.next();
    expect(step.value.unstableEpisodes).toEqual([5, 5, 5, 5, 5]);
    expect(step.value.velocityErrorsByTask!.flat().every(Number.isFinite)).toBe(true);
  });

  it('ends its recording, which tells how many there were', async () => {
    Object.assign(thrown, NO_NUMBER);
    const request = { id: 1, task: { goal: 1.5, isNoise: false } };
    const { steps } = await probePolicy(referenceCrew(), VEL, subjectOf(VEL), request);
    for (const { trajectories } of steps) {
      expect([...trajectories.lengths]).toEqual([6, 3]);
      expect([...trajectories.unstableEpisodes!]).toEqual([1]);
      expect(trajectories.positions![0]!.every(Number.isFinite)).toBe(true);
    }
  });
});
