import { describe, expect, it } from 'vitest';
import type { CrewRequest, PolicyCrew } from '../algorithms/meta-rl/crew.ts';
import { ALGORITHM_IDS } from '../experiment/experiment.ts';
import { createActor } from '../models/gaussian-policy.ts';
import { eventsOf, referenceCrew, startTiny, TINY } from './policy-session.testing.ts';
import type {
  PolicyMetrics,
  PolicySessionEvent,
  TrainablePolicyExperiment,
} from './policy-session-events.ts';

const ALL: TrainablePolicyExperiment = {
  ...TINY,
  algorithms: ALGORITHM_IDS,
  adaptiveAlpha: 'all',
  alphaMode: 'layer',
  taskBuffer: 'all',
  strategy: 'hard',
};

const metricsOf = (events: readonly PolicySessionEvent[]): PolicyMetrics[] =>
  events.flatMap((event) => (event.kind === 'metrics' ? [event.metrics] : []));
const kindsOf = (events: readonly PolicySessionEvent[]) => events.map(({ kind }) => kind);

/** A crew that writes down what it is asked for. */
function watch(crew: PolicyCrew): { readonly crew: PolicyCrew; readonly requests: CrewRequest[] } {
  const requests: CrewRequest[] = [];
  const adapt = (request: CrewRequest) => {
    requests.push(request);
    return crew.adapt(request);
  };
  return { crew: { ...crew, adapt }, requests };
}

describe('createPolicySession', () => {
  it('trains every run on the same fresh tasks and draws, iteration by iteration', async () => {
    const { crew, requests } = watch(referenceCrew());
    const experiment = { ...ALL, taskBuffer: 'none' as const, metaIterations: 2 };
    const events = await eventsOf(startTiny(experiment, {}, crew));
    const rows = metricsOf(events);
    expect(rows.map(({ algorithm, iteration }) => `${algorithm} ${iteration}`)).toEqual(
      [1, 2].flatMap((iteration) => ALGORITHM_IDS.map((id) => `${id} ${iteration}`)),
    );
    const [first, second] = [requests.slice(0, 7), requests.slice(7)];
    for (const request of first) {
      expect(request.tasks).toEqual(first[0]!.tasks);
      expect(request.key).toEqual(first[0]!.key);
    }
    expect(second[0]!.tasks).not.toEqual(first[0]!.tasks);
    expect(second[0]!.key).not.toEqual(first[0]!.key);
    // All but the oracle, whose net is wider, set out from the same θ on the same draws.
    const before = rows.filter(({ iteration, algorithm }) => iteration === 1 && algorithm !== 'oracle');
    expect(new Set(before.map(({ returnBefore }) => returnBefore)).size).toBe(1);
    expect(kindsOf(events).at(-1)).toBe('finished');
  });

  it('gives the same numbers for the same seed and others for another', async () => {
    const run = async (seed: number) => metricsOf(await eventsOf(startTiny({ ...ALL, seed })));
    expect(await run(5)).toEqual(await run(5));
    expect(await run(6)).not.toEqual(await run(5));
  });

  it.each(['adam', 'trpo'] as const)(
    'resumes bit-exactly with %s, α learned and tasks replayed',
    async (outerOptimizer) => {
      const experiment = { ...ALL, outerOptimizer, outerSteps: 2, metaIterations: 5 };
      const whole = startTiny(experiment);
      const all = metricsOf(await eventsOf(whole));
      const half = startTiny(experiment);
      await eventsOf(half, (event) => event.kind === 'iteration' && event.iteration === 3);
      const resumed = startTiny(experiment, { resume: structuredClone(half.checkpoint()) });
      expect(metricsOf(await eventsOf(resumed))).toEqual(all.filter(({ iteration }) => iteration > 3));
      expect(resumed.checkpoint()).toEqual(whole.checkpoint());
      expect(all.some(({ accepted }) => accepted === 1)).toBe(true);
    },
  );

  it('refuses a checkpoint of other runs or another net', () => {
    const checkpoint = startTiny(TINY).checkpoint();
    expect(() => startTiny(ALL, { resume: checkpoint })).toThrow('has the runs maml');
    expect(() => startTiny({ ...TINY, hiddenWidths: [5] }, { resume: checkpoint })).toThrow('parameters');
  });

  it('replays tasks of the last batch by their score', async () => {
    const { crew, requests } = watch(referenceCrew());
    const session = startTiny({ ...TINY, taskBuffer: 'all', strategy: 'hard' }, {}, crew);
    const events = await eventsOf(session, (event) => event.kind === 'iteration' && event.iteration === 2);
    expect(metricsOf(events).map(({ replayedTasks }) => replayedTasks)).toEqual([0, 1]);
    const { buffer } = session.checkpoint().runs[0]!.state;
    expect(buffer.map(({ replayed }) => replayed)).toEqual([false, false, false, true]);
    const snapshot = session.snapshot().runs[0]!;
    expect([...snapshot.batch!.replayed]).toEqual([0, 0, 0, 1]);
    // L = 2 next: the two whose return after adaptation is least.
    const worst = [...snapshot.batch!.returnsAfter.keys()]
      .sort((a, b) => snapshot.batch!.returnsAfter[a]! - snapshot.batch!.returnsAfter[b]!)
      .slice(0, 2);
    expect([...snapshot.batch!.chosen.keys()].filter((at) => snapshot.batch!.chosen[at])).toEqual(
      worst.sort(),
    );
    expect(requests[0]!.tasks).toContainEqual(requests[1]!.tasks[3]);
  });

  it('learns α within its limits', async () => {
    const limits = { alphaMin: 0.09, alphaMax: 0.11, alphaLearningRate: 1e4 };
    const rows = metricsOf(await eventsOf(startTiny({ ...TINY, ...limits, adaptiveAlpha: 'all' })));
    for (const { alphaMean } of rows) expect([0.09, 0.11].map(Math.fround)).toContain(alphaMean);
    const free = metricsOf(
      await eventsOf(startTiny({ ...TINY, adaptiveAlpha: 'all', alphaLearningRate: 1e-3 })),
    );
    expect(new Set(free.map(({ alphaMean }) => alphaMean)).size).toBe(4);
  });

  it('takes more steps of Adam on a batch only while KL is small', async () => {
    const tries = async (maxKl: number) =>
      metricsOf(await eventsOf(startTiny({ ...TINY, outerSteps: 3, maxKl }))).map((row) => row.tries);
    expect(await tries(1)).toEqual([3, 3, 3, 3]);
    expect(await tries(1e-9)).toEqual([1, 1, 1, 1]);
  });

  it('leaves a random run as it is', async () => {
    const session = startTiny({ ...TINY, algorithms: ['random'] });
    const before = session.checkpoint().runs[0]!.state.metaParams;
    const rows = metricsOf(await eventsOf(session));
    expect(session.checkpoint().runs[0]!.state.metaParams).toEqual(before);
    expect(rows.map(({ accepted }) => accepted)).toEqual([0, 0, 0, 0]);
    expect(rows.every(({ returnBefore, returnAfter }) => returnBefore !== returnAfter)).toBe(true);
  });
});

describe('bad luck', () => {
  const still = { ...TINY, minLogStd: -30, initialLogStd: -30 };

  it('names an action that is not a number and goes on training', async () => {
    let calls = 0;
    const crew = referenceCrew({
      openActor: (...given) => {
        const actor = createActor(...given);
        const isBroken = ++calls % 5 === 0;
        return {
          std: actor.std,
          means: (seen) => (isBroken ? actor.means(seen).fill(Number.NaN) : actor.means(seen)),
        };
      },
    });
    const session = startTiny({ ...TINY, metaIterations: 3 }, {}, crew);
    const rows = metricsOf(await eventsOf(session));
    expect(rows).toHaveLength(3);
    expect(rows.every(({ warnings, accepted }) => warnings > 0 && accepted === 1)).toBe(true);
    expect(session.snapshot().runs[0]!.warnings.join()).toMatch(
      /In [1-4] of 4 tasks the policy gave an action/,
    );
  });

  it('skips a step from which nothing can be learned, and stalls after eight of them', async () => {
    // Rewards are all alike where every trajectory ends before its first step.
    const crew = referenceCrew({
      openActor: (...given) => {
        const actor = createActor(...given);
        return { std: actor.std, means: (seen) => actor.means(seen).fill(Number.NaN) };
      },
    });
    const session = startTiny({ ...still, outerOptimizer: 'trpo', metaIterations: 17 }, {}, crew);
    const before = session.checkpoint().runs[0]!.state;
    const events = await eventsOf(session);
    const stalled = events.flatMap((event) => (event.kind === 'stalled' ? [event] : []));
    expect(stalled.map(({ iteration }) => iteration)).toEqual([8, 16]);
    expect(stalled[0]!.cause).toMatch(
      /last 8 steps were refused.*meta-gradient is 0.*In 4 of 4 tasks the policy gave an action.*Lower α/s,
    );
    expect(metricsOf(events).every(({ accepted, warnings }) => accepted === 0 && warnings > 0)).toBe(true);
    expect(session.checkpoint().runs[0]!.state.metaParams).toEqual(before.metaParams);
    expect(session.snapshot().runs[0]!.warnings.join()).toContain('θ stayed as it was');
  });

  it('lets a run whose returns are not finite go and the others on', async () => {
    const good = referenceCrew();
    const crew: PolicyCrew = {
      ...good,
      async adapt(request) {
        const outcome = await good.adapt(request);
        const isReptile = request.objective?.kind === 'reptile';
        return isReptile ? { ...outcome, returns: outcome.returns.fill(Number.NaN) } : outcome;
      },
    };
    const session = startTiny({ ...TINY, algorithms: ['maml', 'reptile'] }, {}, crew);
    const events = await eventsOf(session);
    const diverged = events.filter(({ kind }) => kind === 'diverged');
    expect(diverged).toEqual([
      {
        kind: 'diverged',
        algorithm: 'reptile',
        iteration: 1,
        cause: expect.stringContaining('return'),
        lastGoodIteration: 0,
      },
    ]);
    expect(metricsOf(events).map(({ algorithm }) => algorithm)).toEqual(['maml', 'maml', 'maml', 'maml']);
  });
});

describe('evaluation', () => {
  const evaluated = { ...TINY, metaIterations: 3 };

  it('measures fixed test tasks after 0 to 4 steps without changing what is trained', async () => {
    const plain = metricsOf(await eventsOf(startTiny(evaluated)));
    const events = await eventsOf(startTiny(evaluated, { evaluationTasks: 6 }));
    expect(metricsOf(events)).toEqual(plain);
    const points = events.flatMap((event) => (event.kind === 'adaptation' ? [event.point] : []));
    expect(points.at(-1)).toMatchObject({ iteration: 3, tasks: 6, steps: [0, 1, 2, 3, 4] });
    expect(points.at(-1)!.standardError.every((value) => value > 0)).toBe(true);
    // Slices are places to pause: two for six tasks, before each point.
    expect(kindsOf(events).filter((kind) => kind === 'slice').length).toBeGreaterThanOrEqual(
      2 * points.length,
    );
  });

  it('evaluates anew what it kept when test-time settings change, and refuses a change of the past', async () => {
    const session = startTiny(evaluated, { evaluationTasks: 4 });
    await eventsOf(session, (event) => event.kind === 'finished');
    const again: number[] = [];
    session.update({ ...evaluated, testInnerLearningRate: 0.2 });
    for (let event = await session.evaluate(); event !== null; event = await session.evaluate()) {
      if (event.kind === 'adaptation') again.push(event.point.iteration);
    }
    expect(again).toEqual([3, 2, 1, 0]);
    expect(() => session.update({ ...evaluated, innerLearningRate: 0.2 })).toThrow('innerLearningRate');
  });

  it('uses its own α at test time, less from the second step on', async () => {
    const { crew, requests } = watch(referenceCrew());
    const experiment = { ...evaluated, testInnerLearningRate: 0.25, testLaterStepFactor: 0.5 };
    await eventsOf(startTiny(experiment, { evaluationTasks: 2 }, crew));
    const test = requests.find(({ objective }) => objective === null);
    expect(test?.alphas.map(({ values }) => values[0])).toEqual([0.25, 0.125, 0.125, 0.125]);
  });
});

describe('probe', () => {
  const request = { id: 1, task: { x: 0.3, y: -0.2 } };

  it('answers at once with every run’s adaptation, and again after iterations', async () => {
    const session = startTiny({ ...TINY, algorithms: ['maml', 'oracle'], testInnerSteps: 2 });
    await eventsOf(session, (event) => event.kind === 'iteration');
    const resumed = startTiny({ ...TINY, algorithms: ['maml', 'oracle'], testInnerSteps: 2 });
    resumed.probe!(request);
    const events = await eventsOf(resumed);
    expect(kindsOf(events).slice(1, 3)).toEqual(['probe', 'probe']);
    const points = events.flatMap((event) => (event.kind === 'probe' ? [event.point] : []));
    expect(points.map(({ algorithm }) => algorithm).slice(0, 2)).toEqual(['maml', 'oracle']);
    expect(new Set(points.map(({ iteration }) => iteration))).toEqual(new Set([0, 1, 2, 3, 4]));
    const [{ steps }] = points as [(typeof points)[0]];
    expect(steps.map(({ trajectories }) => trajectories.taskCount)).toEqual([1, 1, 1]);
  });

  it('is answered while paused, and forgotten when asked to', async () => {
    const session = startTiny(TINY);
    await eventsOf(session, (event) => event.kind === 'iteration');
    session.probe!(request);
    const answer = await session.evaluate();
    expect(answer).toMatchObject({ kind: 'probe', point: { iteration: 1, request } });
    session.probe!({ ...request, id: 2 });
    session.probe!(null);
    expect(await session.evaluate()).toBeNull();
  });

  it('is answered once by policies of the past, where it brings those of the same network along', async () => {
    const session = startTiny({ ...TINY, algorithms: ['maml', 'fomaml'] });
    session.probe!(request);
    const live = await eventsOf(session, (event) => event.kind === 'finished');
    const of = (events: readonly PolicySessionEvent[]) =>
      events.flatMap((event) => (event.kind === 'probe' ? [event.point] : []));
    const first = of(live).find(({ algorithm, iteration }) => algorithm === 'fomaml' && iteration === 0)!;
    const { metaParams, alpha } = session.checkpoint().runs[1]!.state;
    const from = {
      iteration: 0,
      runs: [
        { algorithm: 'maml' as const, metaParams: new Float32Array(3), alpha },
        { algorithm: 'reptile' as const, metaParams, alpha },
        { algorithm: 'fomaml' as const, metaParams: first.steps[0]!.params, alpha },
      ],
    };
    const later = startTiny({ ...TINY, algorithms: ['maml', 'fomaml'] });
    later.probe!({ ...request, from });
    const points = of(await eventsOf(later));
    expect(points).toEqual([first]);
    expect(points[0]!.request).toEqual(request);
  });

  it('does not change what is trained, even within an iteration', async () => {
    const plain = metricsOf(await eventsOf(startTiny(TINY)));
    const session = startTiny(TINY);
    const rows: PolicyMetrics[] = [];
    const order: string[] = [];
    for await (const event of session.events) {
      if (event.kind === 'metrics') rows.push(event.metrics);
      order.push(event.kind === 'phase' ? event.event.phase : event.kind);
      if (event.kind === 'phase' && event.event.phase === 'adapt') session.probe!(request);
    }
    expect(rows).toEqual(plain);
    expect(order[order.indexOf('adapt') + 1]).toBe('probe');
  });
});
