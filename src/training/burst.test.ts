// Bursts against the same session one iteration at a time: same numbers, same events but phases and iteration ends.
import { describe, expect, it } from 'vitest';
import { PHASES } from '../algorithms/algorithm.ts';
import { createQuadraticEngine } from '../algorithms/quadratic-engine.testing.ts';
import { withTrain } from '../algorithms/train-by-request.testing.ts';
import { ALGORITHM_IDS, type SinusoidExperiment } from '../experiment/experiment.ts';
import { presetById } from '../experiment/presets.ts';
import type { MetaGradientEngine, MetaGradientResult } from '../gradients/meta-gradient.ts';
import { createReferenceEngine } from '../gradients/reference/reference-engine.ts';
import { iterationContext } from './burst.ts';
import { createSession, type SessionOptions } from './session.ts';
import type { SessionEvent } from './session-events.ts';

const experiment: SinusoidExperiment = {
  ...presetById('sinusoid-live')!.experiment,
  algorithms: ALGORITHM_IDS,
  hiddenWidths: [5],
  metaBatchSize: 4,
  metaIterations: 75,
  noise: 0.1,
  alphaMode: 'layer',
  adaptiveAlpha: 'all',
  taskBuffer: 'all',
  strategy: 'hard',
  maxReplayedTasks: 2,
  replayRampIterations: 5,
  reptileSchedule: 'linear',
};

async function collect(
  settings: SinusoidExperiment,
  engine: MetaGradientEngine,
  changes: Partial<SessionOptions>,
) {
  const session = createSession(settings, engine, { clock: () => 0, evaluationTasks: 0, ...changes });
  const events: SessionEvent[] = [];
  for await (const event of session.events) events.push(event);
  return { session, events };
}

/** What must not depend on bursts. */
const kept = (events: readonly SessionEvent[]) =>
  events.filter(({ kind }) => kind !== 'phase' && kind !== 'iteration');
const iterationsOf = (events: readonly SessionEvent[]) =>
  events.flatMap((event) => (event.kind === 'iteration' ? [event.iteration] : []));

describe('a burst', () => {
  it('gives every number that single iterations give, for every algorithm', async () => {
    const single = await collect(experiment, createReferenceEngine(), {});
    for (const burst of [2, 7, 1000]) {
      const { events, session } = await collect(experiment, createReferenceEngine(), { burst: () => burst });
      expect(kept(events)).toEqual(kept(single.events));
      expect(session.checkpoint()).toEqual(single.session.checkpoint());
      expect(session.snapshot().runs).toEqual(single.session.snapshot().runs);
    }
  });

  it('ends where a checkpoint or an evaluation is due, and at the end', async () => {
    const long = { ...experiment, algorithms: ['maml'] as const, metaIterations: 500 };
    const { events } = await collect(long, createQuadraticEngine(), {
      burst: () => 1000,
      evaluationTasks: 1,
    });
    const ends = iterationsOf(events);
    const checkpoints = events.flatMap((event) =>
      event.kind === 'checkpoint' ? [event.checkpoint.iteration] : [],
    );
    expect(checkpoints.slice(1).every((iteration) => ends.includes(iteration))).toBe(true);
    // 18 on the held-out grid of eight per octave; 490 because there are at least 50 points.
    expect([18, 490, 500].every((iteration) => ends.includes(iteration))).toBe(true);
    expect(ends.length).toBeLessThan(100);
  });

  it('may be as long as it likes from one to the next', async () => {
    const lengths = [1, 3, 1, 1, 9, 2];
    let asked = 0;
    const burst = () => lengths[asked++ % lengths.length]!;
    const single = await collect(experiment, createReferenceEngine(), {});
    const { events } = await collect(experiment, createReferenceEngine(), { burst });
    expect(kept(events)).toEqual(kept(single.events));
    expect(events.some(({ kind }) => kind === 'phase')).toBe(true);
  });

  it('leaves the phases of its last iteration in the snapshot', async () => {
    const { session } = await collect({ ...experiment, metaIterations: 20 }, createReferenceEngine(), {
      burst: () => 1000,
    });
    for (const run of session.snapshot().runs) {
      expect(run.phases.map(({ phase }) => phase)).toEqual(PHASES);
    }
  });

  it('can be evaluated and resumed from its checkpoints', async () => {
    const straight = await collect(experiment, createReferenceEngine(), {});
    const half = { ...experiment, reptileSchedule: 'constant' as const };
    const whole = await collect(half, createReferenceEngine(), {});
    const first = await collect({ ...half, metaIterations: 33 }, createReferenceEngine(), {
      burst: () => 10,
    });
    const resume = structuredClone(first.session.checkpoint());
    const second = await collect(half, createReferenceEngine(), { burst: () => 10, resume });
    expect(second.session.checkpoint()).toEqual(whole.session.checkpoint());
    const evaluated = await collect(experiment, createReferenceEngine(), {
      burst: () => 10,
      evaluationTasks: 8,
    });
    expect(evaluated.events.some(({ kind }) => kind === 'held-out')).toBe(true);
    expect(evaluated.session.checkpoint()).toEqual(straight.session.checkpoint());
  });
});

describe('a burst on an engine that trains by itself', () => {
  it.each([
    ['everything on', {}],
    ['the plain algorithms', { adaptiveAlpha: 'none', taskBuffer: 'none', noise: 0 }],
    ['a sum over tasks, SGD, two inner steps', { metaLoss: 'sum', metaOptimizer: 'sgd', innerSteps: 2 }],
    ['α per parameter, easy tasks', { alphaMode: 'parameter', strategy: 'easy' }],
  ] as const)('gives what the algorithms give step by step: %s', async (_, changes) => {
    const settings: SinusoidExperiment = { ...experiment, ...changes, metaLearningRate: 1e-3 };
    const single = await collect(settings, createReferenceEngine(), {});
    const engine = withTrain(createReferenceEngine());
    const { events, session } = await collect(settings, engine, { burst: () => 1000 });
    expect(kept(events)).toEqual(kept(single.events));
    expect(session.checkpoint()).toEqual(single.session.checkpoint());
    expect(session.snapshot().runs).toEqual(single.session.snapshot().runs);
    // Six algorithms train, and in bursts of several.
    expect(engine.asked.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(150);
  });

  it.each([
    ['θ', (result: MetaGradientResult) => ({ metaGradient: result.metaGradient.map(() => Number.NaN) })],
    ['the loss', (result: MetaGradientResult) => ({ queryLosses: result.queryLosses.map(() => Number.NaN) })],
  ])('lets a run diverge as it would step by step: by %s', async (_, spoil) => {
    // Iteration 22 (t = 21) is known by its points, so that it fails however often it is tried.
    const [x] = iterationContext({ experiment, engine: createQuadraticEngine() }, 21).freshPoints!.queryX;
    const createEngine = (): MetaGradientEngine => {
      const engine = createQuadraticEngine();
      return {
        ...engine,
        metaGradient: async (request) => {
          const result = await engine.metaGradient(request);
          const isHit = request.kind === 'second' && request.tasks.queryX[0] === x;
          return isHit ? { ...result, ...spoil(result) } : result;
        },
      };
    };
    const pair: SinusoidExperiment = { ...experiment, algorithms: ['maml', 'reptile'], alphaMode: 'scalar' };
    const single = await collect(pair, createEngine(), {});
    const { events, session } = await collect(pair, withTrain(createEngine()), { burst: () => 1000 });
    const diverged = events.flatMap((event) => (event.kind === 'diverged' ? [event] : []));
    expect(diverged).toMatchObject([{ algorithm: 'maml', iteration: 22, lastGoodIteration: 20 }]);
    expect(kept(events)).toEqual(kept(single.events));
    expect(session.checkpoint()).toEqual(single.session.checkpoint());
  });
});

describe('divergence in a burst', () => {
  /** θ becomes NaN in each kind of meta-gradient once so many were asked for. */
  function createFailingEngine(limits: Partial<Record<string, number>>): MetaGradientEngine {
    const engine = createQuadraticEngine();
    const seen = new Map<string, number>();
    return {
      ...engine,
      metaGradient: async (request) => {
        const result = await engine.metaGradient(request);
        const count = (seen.get(request.kind) ?? 0) + 1;
        seen.set(request.kind, count);
        if (count < (limits[request.kind] ?? Number.POSITIVE_INFINITY)) return result;
        return { ...result, metaGradient: result.metaGradient.map(() => Number.NaN) };
      },
    };
  }
  const pair: SinusoidExperiment = { ...experiment, algorithms: ['maml', 'reptile'], alphaMode: 'scalar' };

  it.each([
    ['of one run', { second: 22 }],
    ['of both, one after the other', { second: 22, reptile: 23 }],
    ['of both at once', { second: 21, reptile: 21 }],
    ['in the last iteration of a burst', { second: 24 }],
  ])('%s: same iteration, same last good state, same events', async (_, limits) => {
    const single = await collect(pair, createFailingEngine(limits), {});
    const { events, session } = await collect(pair, createFailingEngine(limits), { burst: () => 1000 });
    expect(kept(single.events).some(({ kind }) => kind === 'diverged')).toBe(true);
    expect(kept(events)).toEqual(kept(single.events));
    expect(session.checkpoint()).toEqual(single.session.checkpoint());
    expect(session.snapshot().runs).toEqual(single.session.snapshot().runs);
  });
});
