// Bursts on helper threads against the same session on one: the same bits, whatever the helpers do.
import { describe, expect, it } from 'vitest';
import { createQuadraticEngine } from '../algorithms/quadratic-engine.testing.ts';
import { ALGORITHM_IDS, type SinusoidExperiment } from '../experiment/experiment.ts';
import { presetById } from '../experiment/presets.ts';
import type { EngineId, MetaGradientEngine } from '../gradients/meta-gradient.ts';
import { createReferenceEngine } from '../gradients/reference/reference-engine.ts';
import { iterationContext } from '../training/burst.ts';
import { createSession } from '../training/session.ts';
import type { SessionEvent } from '../training/session-events.ts';
import type { FromHelper } from './burst-helper.ts';
import { type BurstThreadsOptions, createBurstThreads, shareOut } from './burst-threads.ts';
import { createFakeHelpers, type FakeHelperOptions } from './fake-helpers.testing.ts';
import { createMacrotaskYield } from './macrotask.ts';

const experiment: SinusoidExperiment = {
  ...presetById('sinusoid-live')!.experiment,
  algorithms: ALGORITHM_IDS,
  hiddenWidths: [5],
  metaBatchSize: 4,
  metaIterations: 50,
  alphaMode: 'layer',
  adaptiveAlpha: 'all',
  taskBuffer: 'all',
  strategy: 'hard',
  maxReplayedTasks: 2,
  replayRampIterations: 5,
};
const clock = () => performance.now();
const yieldMacrotask = createMacrotaskYield();

/** Everything a session tells and ends with, but the wall-clock time. */
async function train(settings: SinusoidExperiment, engine: MetaGradientEngine, threads: BurstThreadsLike) {
  const session = createSession(settings, engine, {
    clock,
    evaluationTasks: 0,
    burst: () => 6,
    runBurst: threads.runBurst,
  });
  const events: SessionEvent[] = [];
  for await (const event of session.events) {
    // As in the worker: messages of helpers get in between bursts.
    if (event.kind === 'iteration') for (let i = 0; i < 5; i++) await yieldMacrotask();
    events.push(event);
  }
  const rows = events.flatMap((event) =>
    event.kind === 'metrics' ? [{ ...event.metrics, seconds: 0 }] : [],
  );
  const diverged = events.filter(({ kind }) => kind === 'diverged');
  const runs = session.checkpoint().runs.map((run) => ({ ...run, seconds: 0 }));
  return { told: [...rows, ...diverged], diverged, runs, shown: session.snapshot().runs, session };
}

type BurstThreadsLike = Pick<ReturnType<typeof createBurstThreads>, 'runBurst'>;

function threadsWith(options: Partial<BurstThreadsOptions> & FakeHelperOptions) {
  const { openEngine, spoil, ...others } = options;
  const helpers = createFakeHelpers({ ...(openEngine && { openEngine }), ...(spoil && { spoil }) });
  const threads = createBurstThreads({
    createHelper: helpers.createHelper,
    cores: 16,
    clock,
    delayMs: 0,
    ...others,
  });
  return { helpers, threads };
}

const withId = (engine: MetaGradientEngine, id: EngineId): MetaGradientEngine => ({ ...engine, id });

describe('bursts on helper threads', () => {
  it.each([
    [3, 1],
    [4, 2],
    [64, 3],
  ])('give the bits of one thread on %d cores, with %d helpers', async (cores, count) => {
    const alone = await train(experiment, createReferenceEngine(), threadsWith({ cores: 1 }).threads);
    const { helpers, threads } = threadsWith({ cores });
    const shared = await train(experiment, createReferenceEngine(), threads);
    expect(helpers.started()).toBe(count);
    expect(helpers.sent().every((bursts) => bursts.flat().length > 5)).toBe(true);
    expect(shared.told).toEqual(alone.told);
    expect(shared.runs).toEqual(alone.runs);
    expect(shared.shown).toEqual(alone.shown);
    expect(alone.told).toHaveLength(50 * ALGORITHM_IDS.length);
  });

  it('keep the seconds and costs of each run', async () => {
    const { threads } = threadsWith({});
    const { session } = await train(experiment, createReferenceEngine(), threads);
    for (const run of session.checkpoint().runs) {
      expect(run.seconds).toBeGreaterThan(0);
      expect(run.seconds).toBeLessThan(10);
    }
  });

  it('tell of a run that diverges, wherever it is trained', async () => {
    // Iteration 31 (t = 30) is known by its points, so that it fails however often it is tried, and on every thread.
    const [x] = iterationContext({ experiment, engine: createReferenceEngine() }, 30).freshPoints!.queryX;
    const createEngine = (): MetaGradientEngine => {
      const engine = createReferenceEngine();
      return {
        ...engine,
        metaGradient: async (request) => {
          const result = await engine.metaGradient(request);
          const isHit = request.kind !== 'reptile' && request.tasks.queryX[0] === x;
          return isHit ? { ...result, queryLosses: result.queryLosses.map(() => Number.NaN) } : result;
        },
      };
    };
    const alone = await train(experiment, createEngine(), threadsWith({ cores: 1 }).threads);
    const { helpers, threads } = threadsWith({ openEngine: async () => createEngine() });
    const shared = await train(experiment, createEngine(), threads);
    expect(helpers.started()).toBe(3);
    expect(alone.diverged.length).toBeGreaterThan(2);
    expect(shared.told).toEqual(alone.told);
    expect(shared.runs).toEqual(alone.runs);
  });
});

describe('helpers', () => {
  const failed: FromHelper = { type: 'failed', reason: 'test' };
  let answers = 0;

  it.each<[string, Partial<BurstThreadsOptions> & FakeHelperOptions]>([
    [
      'cannot be started',
      {
        createHelper: () => {
          throw new Error('no workers here');
        },
      },
    ],
    ['cannot open their engine', { openEngine: () => Promise.reject(new Error('no engine')) }],
    ['never answer', { spoil: () => undefined, lateMs: 20 }],
    ['crash', { spoil: () => null }],
    ['fail in a burst', { spoil: (answer) => (answer.type === 'burst' ? failed : answer) }],
    ['crash in a burst', { spoil: (answer) => (answer.type === 'burst' ? null : answer) }],
    [
      'fall silent in a burst',
      { spoil: (answer) => (answer.type === 'burst' ? undefined : answer), lateMs: 20 },
    ],
    [
      'fail after some bursts',
      { spoil: (answer) => (answer.type === 'burst' && ++answers > 9 ? failed : answer) },
    ],
  ])('that %s are dropped, and their work is done here with the same numbers', async (_, options) => {
    const alone = await train(experiment, createReferenceEngine(), threadsWith({ cores: 1 }).threads);
    const { helpers, threads } = threadsWith(options);
    const shared = await train(experiment, createReferenceEngine(), threads);
    threads.release();
    expect(shared.told).toEqual(alone.told);
    expect(shared.runs).toEqual(alone.runs);
    expect(helpers.terminated()).toBe(helpers.started());
  });

  it.each<[string, Partial<SinusoidExperiment>, MetaGradientEngine, Partial<BurstThreadsOptions>]>([
    ['one run alone', { algorithms: ['maml'] }, createReferenceEngine(), {}],
    ['one run that trains', { algorithms: ['maml', 'random'] }, createReferenceEngine(), {}],
    ['engines that compute elsewhere', {}, withId(createQuadraticEngine(), 'composed-webgpu'), {}],
    ['two cores', {}, createReferenceEngine(), { cores: 2 }],
    ['a session of less than a second', {}, createReferenceEngine(), { delayMs: 60_000 }],
  ])('are not started for %s', async (_, changes, engine, options) => {
    const { helpers, threads } = threadsWith(options);
    await train({ ...experiment, ...changes, alphaMode: 'scalar' }, engine, threads);
    expect(helpers.started()).toBe(0);
  });

  it('end with the run and with a change of engine', async () => {
    const { helpers, threads } = threadsWith({
      openEngine: async (id) => withId(createReferenceEngine(), id),
    });
    await train(experiment, createReferenceEngine(), threads);
    expect([helpers.started(), helpers.terminated()]).toEqual([3, 0]);
    await train(experiment, withId(createReferenceEngine(), 'fused-wasm'), threads);
    expect([helpers.started(), helpers.terminated()]).toEqual([6, 3]);
    threads.release();
    expect(helpers.terminated()).toBe(6);
  });
});

describe('sharing out', () => {
  it('gives the costliest first to the thread with least to do', () => {
    const share = (costs: number[], threads: number) => shareOut(costs, threads, (cost) => cost);
    expect(share([1, 4, 2, 3], 2)).toEqual([
      [4, 1],
      [3, 2],
    ]);
    expect(share([5, 1, 1, 1], 2)).toEqual([[5], [1, 1, 1]]);
    expect(share([1, 2], 4)).toEqual([[2], [1], [], []]);
    expect(share([1, 2], 1)).toEqual([[2, 1]]);
  });
});
