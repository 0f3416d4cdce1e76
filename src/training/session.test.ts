// The session on the quadratic test engine: order of events, resuming, divergence, schedules; what it measures on test
// tasks is in session-evaluate.test.ts. What real engines learn is in learning.test.ts.
import { describe, expect, it } from 'vitest';
import { PHASES } from '../algorithms/algorithm.ts';
import { createQuadraticEngine } from '../algorithms/quadratic-engine.testing.ts';
import { ALGORITHM_IDS, type SinusoidExperiment } from '../experiment/experiment.ts';
import type { MetaGradientEngine } from '../gradients/meta-gradient.ts';
import { collect, createEngine, experiment, losses, stateOf, still } from './session.testing.ts';
import { createSession } from './session.ts';
import type { SessionEvent } from './session-events.ts';

describe('the order of events', () => {
  it('steps the runs in lockstep: phases, metrics, then the iteration', async () => {
    const { events } = await collect({ ...experiment, metaIterations: 2 });
    const trained = events.filter((event) => event.kind !== 'checkpoint');
    const names = trained.map((event) => (event.kind === 'phase' ? event.event.phase : event.kind));
    const oneIteration = [...experiment.algorithms.flatMap(() => [...PHASES, 'metrics']), 'iteration'];
    expect(names).toEqual([...oneIteration, ...oneIteration, 'finished']);
  });

  it('keeps checkpoints at 0, on the log grid, and at the end', async () => {
    const { events } = await collect({ ...experiment, metaIterations: 19 });
    const kept = events.flatMap((event) => (event.kind === 'checkpoint' ? [event.checkpoint.iteration] : []));
    expect(kept).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 19]);
  });

  it('goes on after "finished" when update() has moved the end', async () => {
    const session = createSession({ ...experiment, metaIterations: 3 }, createEngine(), still);
    const iterations: number[] = [];
    let extended = false;
    for await (const event of session.events) {
      if (event.kind === 'iteration') iterations.push(event.iteration);
      if (event.kind === 'finished' && !extended) {
        extended = true;
        session.update({ ...session.experiment, metaIterations: 5 });
      }
    }
    expect(iterations).toEqual([1, 2, 3, 4, 5]);
  });
});

describe('fairness', () => {
  it('gives every run the same fresh tasks and points', async () => {
    const engine = createQuadraticEngine();
    const settings = { ...experiment, algorithms: ['maml', 'fomaml', 'reptile'] as const, metaIterations: 3 };
    await collect(settings, still, engine);
    for (let t = 0; t < 3; t++) {
      const [maml, fomaml, reptile] = engine.requests.slice(3 * t, 3 * t + 3).map((request) => request.tasks);
      expect(fomaml).toEqual(maml);
      expect(reptile!.queryY).toEqual(maml!.queryY);
      expect(reptile!.supportY.subarray(0, maml!.supportY.length)).toEqual(maml!.supportY);
    }
    expect(engine.requests[0]!.tasks.supportY).not.toEqual(engine.requests[3]!.tasks.supportY);
  });
});

describe('determinism', () => {
  const all: SinusoidExperiment = {
    ...experiment,
    algorithms: ALGORITHM_IDS,
    adaptiveAlpha: 'all',
    taskBuffer: 'all',
    metaIterations: 60,
  };

  it('gives the same losses for the same seed and others for another', async () => {
    const first = losses((await collect(all)).events);
    expect(losses((await collect(all)).events)).toEqual(first);
    expect(losses((await collect({ ...all, seed: 1 })).events)).not.toEqual(first);
  });

  it('does not let evaluations touch training', async () => {
    const silent = losses((await collect(all)).events);
    const evaluated = await collect(all, { clock: () => 0, evaluationTasks: 30 });
    expect(evaluated.events.some((event) => event.kind === 'held-out')).toBe(true);
    expect(losses(evaluated.events)).toEqual(silent);
  });

  it('resumes bit-exactly, for every algorithm, with adaptive α and buffer on', async () => {
    const straight = (await collect(all)).session.checkpoint();
    const half = (await collect({ ...all, metaIterations: 30 })).session.checkpoint();
    const resume = structuredClone(half);
    const { session, events } = await collect(all, { ...still, resume });
    expect(stateOf(session.checkpoint())).toEqual(stateOf(straight));
    expect(events.filter((event) => event.kind === 'iteration')).toHaveLength(30);
    // The halves differ from the end, so the comparison above has something to find.
    expect(stateOf(half)).not.toEqual(stateOf(straight));
  });

  it('refuses a checkpoint of another experiment', async () => {
    const checkpoint = (await collect(experiment)).session.checkpoint();
    const options = { ...still, resume: checkpoint };
    const others = { ...experiment, algorithms: ['maml'] as const };
    expect(() => createSession(others, createEngine(), options)).toThrow(/maml, reptile, rmaml/);
    const wider = { ...experiment, hiddenWidths: [4] };
    expect(() => createSession(wider, createEngine(), options)).toThrow(/10 parameters.*13/);
  });
});

describe('copies', () => {
  it('hands out snapshots and checkpoints that can be transferred without harm', async () => {
    const reference = losses((await collect(experiment)).events);
    const session = createSession(experiment, createEngine(), still);
    const events: SessionEvent[] = [];
    for await (const event of session.events) {
      events.push(event);
      for (const run of session.snapshot().runs) run.metaParams.fill(7);
      for (const run of session.checkpoint().runs) run.state.metaParams.fill(7);
      if (event.kind === 'checkpoint') for (const run of event.checkpoint.runs) run.state.metaParams.fill(7);
    }
    expect(losses(events)).toEqual(reference);
  });

  it('shows in the snapshot which tasks the buffer will replay next', async () => {
    const { session } = await collect(experiment);
    const [maml, , rmaml] = session.snapshot().runs;
    expect(maml!.buffer).toBeNull();
    const { scores, chosen, replayed, tasks } = rmaml!.buffer!;
    expect([...chosen].filter((flag) => flag === 1)).toHaveLength(2);
    const hardest = [...scores].sort((a, b) => b - a).slice(0, 2);
    expect([...scores].filter((_, slot) => chosen[slot] === 1).sort((a, b) => b - a)).toEqual(hardest);
    expect([...replayed]).toEqual([0, 0, 1, 1]);
    expect(tasks).toHaveLength(8);
  });
});

describe('the parameter space', () => {
  const pathOf = (session: Awaited<ReturnType<typeof collect>>['session'], run = 0) =>
    session.snapshot().parameterSpace!.runs[run]!;

  it('says at which meta-iteration each point of a path was, each once', async () => {
    const { session, events } = await collect({ ...experiment, metaIterations: 19 });
    const kept = events.flatMap((event) => (event.kind === 'checkpoint' ? [event.checkpoint.iteration] : []));
    const { iterations, path } = pathOf(session);
    expect(iterations).toEqual(kept);
    expect(path).toHaveLength(2 * kept.length);
  });

  it('ends at the current iteration between two checkpoints', async () => {
    const session = createSession(experiment, createEngine(), still);
    for await (const event of session.events) {
      if (event.kind === 'iteration' && event.iteration === 9) break;
    }
    expect(pathOf(session, 1).iterations.slice(-3)).toEqual([7, 8, 9]);
  });

  it('begins at the common start also when resumed', async () => {
    const straight = (await collect(experiment)).session;
    const half = (await collect({ ...experiment, metaIterations: 12 })).session.checkpoint();
    const { session } = await collect(experiment, { ...still, resume: half });
    const resumed = pathOf(session);
    expect(resumed.iterations).toEqual([0, 12, 14, 16, 20]);
    expect(Math.hypot(resumed.path[0]!, resumed.path[1]!)).toBeLessThan(1e-6);
    const reach = (path: Float32Array) => Math.hypot(path.at(-2)!, path.at(-1)!);
    expect(reach(resumed.path)).toBeCloseTo(reach(pathOf(straight).path), 1);
  });
});

describe('divergence', () => {
  /** Returns NaN from the fifth meta-gradient of MAML on. */
  function createFailingEngine(): MetaGradientEngine {
    const engine = createQuadraticEngine();
    let seen = 0;
    return {
      ...engine,
      metaGradient: async (request) => {
        const result = await engine.metaGradient(request);
        if (request.kind !== 'second' || ++seen < 5) return result;
        return { ...result, metaGradient: result.metaGradient.map(() => Number.NaN) };
      },
    };
  }
  const pair: SinusoidExperiment = { ...experiment, algorithms: ['maml', 'reptile'] };

  it('says which run, when and why, freezes it, and lets the others go on', async () => {
    const { events, session } = await collect(pair, still, createFailingEngine());
    const diverged = events.filter((event) => event.kind === 'diverged');
    expect(diverged).toEqual([
      {
        kind: 'diverged',
        algorithm: 'maml',
        iteration: 5,
        cause: 'a parameter of θ became non-finite',
        lastGoodIteration: 4,
      },
    ]);
    const [maml, reptile] = session.checkpoint().runs;
    expect(maml!.divergedAt).toBe(5);
    expect(maml!.state.metaParams.every(Number.isFinite)).toBe(true);
    expect(reptile!.divergedAt).toBeNull();
    const runs = session.snapshot().runs.map((run) => [run.algorithm, run.iteration]);
    expect(runs).toEqual([
      ['maml', 4],
      ['reptile', 20],
    ]);
    expect(losses(events).filter(([algorithm]) => algorithm === 'maml')).toHaveLength(4);
    expect(losses(events).filter(([algorithm]) => algorithm === 'reptile')).toHaveLength(20);
  });

  it('finishes when no run is left', async () => {
    const { events } = await collect({ ...pair, algorithms: ['maml'] }, still, createFailingEngine());
    expect(events.at(-1)).toEqual({ kind: 'finished', iteration: 5 });
  });

  it('stays frozen when resumed', async () => {
    const { session } = await collect({ ...pair, metaIterations: 10 }, still, createFailingEngine());
    const resume = structuredClone(session.checkpoint());
    const resumed = await collect(pair, { ...still, resume });
    expect(losses(resumed.events).every(([algorithm]) => algorithm === 'reptile')).toBe(true);
    expect(resumed.session.snapshot().runs[0]!.iteration).toBe(4);
  });
});

describe('update', () => {
  it('takes test-time settings and refuses what would alter the past', () => {
    const session = createSession(experiment, createEngine(), still);
    session.update({ ...experiment, testInnerSteps: 5, testInnerLearningRate: 0.5 });
    expect(session.experiment.testInnerSteps).toBe(5);
    expect(() => session.update({ ...experiment, innerSteps: 2 })).toThrow(/innerSteps/);
    const linear = createSession({ ...experiment, reptileSchedule: 'linear' }, createEngine(), still);
    const longer = { ...experiment, reptileSchedule: 'linear' as const, metaIterations: 99 };
    expect(() => linear.update(longer)).toThrow(/metaIterations/);
  });

  it('evaluates anew with the new settings', async () => {
    const options = { clock: () => 0, evaluationTasks: 30 };
    const session = createSession({ ...experiment, metaIterations: 4 }, createEngine(), options);
    const sizes: number[][] = [];
    let updated = false;
    for await (const event of session.events) {
      if (event.kind === 'adaptation') sizes.push(event.point.curves.map((curve) => curve.supportSize));
      if (event.kind === 'finished' && !updated) {
        updated = true;
        session.update({ ...session.experiment, testSupportSize: 7 });
      }
    }
    expect(sizes[0]).toEqual([5, 10, 20]);
    expect(sizes.at(-1)).toEqual([5, 7, 10, 20]);
  });
});
