// What a session measures on test tasks: now, and anew for kept moments when a test-time setting changed.
import { describe, expect, it } from 'vitest';
import { createQuadraticEngine } from '../algorithms/quadratic-engine.testing.ts';
import type { SinusoidExperiment } from '../experiment/experiment.ts';
import type { MetaGradientEngine } from '../gradients/meta-gradient.ts';
import { collect, createEngine, experiment, losses, stateOf } from './session.testing.ts';
import { createSession, type SessionOptions } from './session.ts';
import type { SessionEvent } from './session-events.ts';

describe('evaluate', () => {
  const options = { clock: () => 0, evaluationTasks: 30 };
  const pair: SinusoidExperiment = { ...experiment, algorithms: ['maml', 'rmaml'] };
  type Evaluated = Extract<SessionEvent, { kind: 'held-out' | 'adaptation' }>;

  /** A session trained for `count` meta-iterations, then paused. */
  async function trainedFor(count: number, changes: Partial<SessionOptions> = {}) {
    const session = createSession(pair, createEngine(), { ...options, ...changes });
    for (;;) {
      const { value } = await session.events.next();
      if (value?.kind === 'iteration' && value.iteration === count) return session;
    }
  }
  async function evaluateAll(session: Awaited<ReturnType<typeof trainedFor>>) {
    const events: Evaluated[] = [];
    for (;;) {
      const event = await session.evaluate();
      if (event === null) return events;
      if (event.kind === 'held-out' || event.kind === 'adaptation') events.push(event);
    }
  }

  it('measures now and every kept moment anew, newest first, without training', async () => {
    const session = await trainedFor(9);
    session.update({ ...session.experiment, testInnerSteps: 3, testSupportSize: 7 });
    const before = stateOf(session.checkpoint());
    const events = await evaluateAll(session);
    expect(session.checkpoint().iteration).toBe(9);
    expect(stateOf(session.checkpoint())).toEqual(before);
    for (const algorithm of pair.algorithms) {
      const of = (kind: Evaluated['kind']) =>
        events
          .filter((event) => event.kind === kind && event.point.algorithm === algorithm)
          .map((event) => event.point.iteration);
      expect(of('held-out')).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
      expect(of('adaptation')).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
    }
    expect(await session.evaluate()).toBeNull();
  });

  it('finds for a past moment what would have been found then', async () => {
    const other = { testInnerSteps: 3, testAmplitudeMax: 9 };
    const session = await trainedFor(9);
    session.update({ ...pair, ...other });
    const later = (await evaluateAll(session)).find(
      (event) => event.kind === 'held-out' && event.point.iteration === 0,
    );
    const { events } = await collect({ ...pair, ...other }, options);
    const wanted = events.find(
      (event) =>
        event.kind === 'held-out' &&
        event.point.iteration === 0 &&
        event.point.algorithm === later?.point.algorithm,
    );
    expect(later).toBeDefined();
    expect(later).toEqual(wanted);
  });

  it('leaves training as it would have been', async () => {
    const straight = losses((await collect(pair, options)).events);
    const session = await trainedFor(9);
    session.update({ ...pair, testInnerSteps: 3 });
    await evaluateAll(session);
    const events: SessionEvent[] = [];
    for await (const event of session.events) events.push(event);
    expect(losses(events)).toEqual(straight.slice(-losses(events).length));
    expect(losses(events)).toHaveLength(2 * 11);
  });

  it('has nothing to do anew when no test-time setting changed', async () => {
    const session = await trainedFor(9);
    await evaluateAll(session);
    session.update({ ...pair, metaIterations: 30 });
    expect(await session.evaluate()).toBeNull();
  });

  it('says that training is finished before it measures the past', async () => {
    const session = createSession({ ...pair, metaIterations: 12 }, createEngine(), options);
    const kinds: string[] = [];
    for await (const event of session.events) {
      if (event.kind === 'iteration' && event.iteration === 11)
        session.update({ ...session.experiment, testInnerSteps: 3 });
      const isPast = event.kind === 'held-out' && event.point.iteration === 1;
      if (event.kind === 'finished' || (isPast && session.checkpoint().iteration === 12))
        kinds.push(event.kind);
    }
    expect(kinds).toEqual(['finished', 'held-out', 'held-out']);
  });
});

describe('evaluation in a session', () => {
  it('reports every run at the start and at the end, with costs', async () => {
    const { events } = await collect(experiment, { clock: () => 0, evaluationTasks: 30 });
    for (const kind of ['held-out', 'adaptation'] as const) {
      const points = events.flatMap((event) => (event.kind === kind ? [event.point] : []));
      const at = (iteration: number) =>
        points.filter((point) => point.iteration === iteration).map((point) => point.algorithm);
      expect(at(0)).toEqual(experiment.algorithms);
      expect(at(20)).toEqual(experiment.algorithms);
      expect(points.every((point) => point.tasks === 30)).toBe(true);
    }
  });

  it('spends no more than its share of the time', async () => {
    // Every call of the engine takes 10 ms of this clock.
    let now = 0;
    let evaluating = 0;
    const engine = createQuadraticEngine();
    const slow: MetaGradientEngine = {
      ...engine,
      metaGradient: (request) => {
        now += 10;
        return engine.metaGradient(request);
      },
      adapt: (request) => {
        now += 10;
        evaluating += 10;
        return engine.adapt(request);
      },
    };
    const long = { ...experiment, metaIterations: 1000 };
    const session = createSession(long, slow, { clock: () => now, evaluationTasks: 100 });
    for await (const event of session.events) {
      if (event.kind === 'iteration' && event.iteration === 999) break;
    }
    expect(evaluating / now).toBeGreaterThan(0.01);
    expect(evaluating / now).toBeLessThan(0.4);
  });
});
