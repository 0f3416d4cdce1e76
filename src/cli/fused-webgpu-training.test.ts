// fused-webgpu's train() against the algorithms run step by step on the float64 reference, its random draws against
// math/rng.ts, and what happens when a run diverges or the device goes. In cli/ for Dawn's sake.
import { afterAll, describe, expect, it, vi } from 'vitest';
import { createTrainingRequest } from '../algorithms/training-requests.ts';
import type { AlgorithmId, SinusoidExperiment } from '../experiment/experiment.ts';
import { presetById } from '../experiment/presets.ts';
import { createFusedWebGpuEngine } from '../gradients/fused-webgpu/fused-webgpu-engine.ts';
import type { MetaGradientEngine } from '../gradients/meta-gradient.ts';
import { type OpenBackend, openBackend } from '../gradients/open-backend.ts';
import { relativeError } from '../gradients/random-request.testing.ts';
import { createReferenceEngine } from '../gradients/reference/reference-engine.ts';
import type { TrainingRequest } from '../gradients/training-request.ts';
import { drawTrainingTasks, pointsKeyAt, streamKeys } from '../training/draws.ts';
import { createRun, type Run, stepRun } from '../training/run.ts';
import { gpuInNode, nodeResources } from './node-backends.ts';

// For machines whose only GPU is software.
vi.setConfig({ testTimeout: 240_000 });
const TOLERANCE = 1e-4;
const STEPS = 8;
const gpu = await gpuInNode();
const reference = createReferenceEngine();
let opened: OpenBackend;
let engine: MetaGradientEngine;
const errors: string[] = [];
if (gpu) {
  opened = await openBackend('webgpu', await nodeResources('fused-webgpu'));
  opened.device?.addEventListener('uncapturederror', ({ error }) => errors.push(error.message));
  // On a software adapter one point per thread: slower, but its kernels compile in half the time.
  const tuning = { threads: 4, workgroupBytes: 0, rows: 1 };
  engine = createFusedWebGpuEngine(opened, opened.adapter?.isSoftware ? { tuning } : {});
}

/** Small, and with everything switched on that a run can have. */
const BASE: SinusoidExperiment = {
  ...presetById('sinusoid-live')!.experiment,
  hiddenWidths: [12, 10],
  metaBatchSize: 7,
  maxReplayedTasks: 4,
  replayRampIterations: 3,
  noise: 0.2,
  noiseTaskShare: 0.3,
  taskBuffer: 'all',
  adaptiveAlpha: 'all',
  supportSize: 6,
  querySize: 9,
  innerSteps: 2,
};

const CASES: readonly (readonly [AlgorithmId, Partial<SinusoidExperiment>])[] = [
  ['maml', { adaptiveAlpha: 'none', taskBuffer: 'none', innerSteps: 1 }],
  ['rmaml', {}],
  ['rmaml', { alphaMode: 'layer', metaLoss: 'sum', strategy: 'uniform' }],
  ['fomaml', { alphaMode: 'layer', strategy: 'hard', metaOptimizer: 'sgd', metaLearningRate: 0.01 }],
  [
    'reptile',
    {
      alphaMode: 'scalar',
      strategy: 'easy',
      noise: 0,
      alphaLearningRate: 1e-6,
      reptileSchedule: 'linear',
      metaIterations: 20,
    },
  ],
  ['pretrained', {}],
  ['oracle', { strategy: 'hard' }],
];

interface Followed {
  readonly run: Run;
  readonly queryLosses: number[];
  readonly supportLosses: number[];
  readonly alphas: number[];
}

/** The algorithm itself, step by step. */
async function follow(experiment: SinusoidExperiment, algorithm: AlgorithmId): Promise<Followed> {
  const followed: Followed = {
    run: createRun(experiment, algorithm),
    queryLosses: [],
    supportLosses: [],
    alphas: [],
  };
  for (let iteration = 0; iteration < STEPS; iteration++) {
    const freshTasks = drawTrainingTasks(experiment, iteration);
    const context = {
      experiment,
      engine: reference,
      iteration,
      freshTasks,
      key: pointsKeyAt(experiment, iteration),
    };
    const phases = stepRun(followed.run, context, () => 0);
    for (;;) {
      const next = await phases.next();
      if (next.done !== true) continue;
      if (next.value.kind === 'diverged') return followed;
      const { queryLoss, supportLoss, alphaMean, alphaMin, alphaMax } = next.value.metrics;
      followed.queryLosses.push(queryLoss);
      followed.supportLosses.push(supportLoss);
      followed.alphas.push(alphaMean, alphaMin, alphaMax);
      break;
    }
  }
  return followed;
}

function requestFor(
  experiment: SinusoidExperiment,
  algorithm: AlgorithmId,
  iterations = STEPS,
): TrainingRequest {
  const { state } = createRun(experiment, algorithm);
  const span = { ...streamKeys(experiment), state, iteration: 0, iterations, lossLimit: 1e8 };
  return createTrainingRequest(experiment, algorithm, span)!.request;
}

describe.skipIf(!gpu)('train on fused-webgpu', () => {
  afterAll(() => expect(errors).toEqual([]));

  it.each(CASES)('equals the algorithm step by step: %s %j', async (algorithm, settings) => {
    const experiment = { ...BASE, ...settings };
    const expected = await follow(experiment, algorithm);
    expect(expected.queryLosses).toHaveLength(STEPS);
    const request = requestFor(experiment, algorithm);
    const got = await engine.train!(request);
    const close = (a: ArrayLike<number>, b: ArrayLike<number>, what: string) =>
      expect(relativeError(a, b), what).toBeLessThan(TOLERANCE);
    expect(got.completed).toBe(STEPS);
    close(got.queryLosses, expected.queryLosses, 'query losses');
    close(got.supportLosses, expected.supportLosses, 'support losses');
    const { state } = expected.run;
    close(got.state.metaParams, state.metaParams, 'θ');
    close(got.state.alpha.values, state.alpha.values, 'α');
    expect(got.alphaSummaries).toHaveLength(request.alphaUpdate ? 3 * STEPS : 0);
    if (request.alphaUpdate) close(got.alphaSummaries, expected.alphas, 'α summaries');
    expect(got.state.optimizer.kind).toBe(state.optimizer.kind);
    if (got.state.optimizer.kind === 'adam' && state.optimizer.kind === 'adam') {
      expect(got.state.optimizer.count).toBe(state.optimizer.count);
      close(got.state.optimizer.firstMoment, state.optimizer.firstMoment, 'first moment');
      close(got.state.optimizer.secondMoment, state.optimizer.secondMoment, 'second moment');
    }
    const flags = (buffer: typeof state.buffer) =>
      buffer.map(({ task, replayed }) => [task.isNoise, replayed]);
    expect(flags(got.state.buffer)).toEqual(flags(state.buffer));
    const numbers = (buffer: typeof state.buffer) =>
      buffer.flatMap(({ task, score }) => [task.amplitude, task.phase, score]);
    close(numbers(got.state.buffer), numbers(state.buffer), 'buffer');
  });

  it('continues where it stopped', async () => {
    const whole = await engine.train!(requestFor(BASE, 'rmaml'));
    const first = await engine.train!(requestFor(BASE, 'rmaml', 3));
    const span = {
      ...streamKeys(BASE),
      state: first.state,
      iteration: 3,
      iterations: STEPS - 3,
      lossLimit: 1e8,
    };
    const rest = await engine.train!(createTrainingRequest(BASE, 'rmaml', span)!.request);
    expect([...first.queryLosses, ...rest.queryLosses]).toEqual([...whole.queryLosses]);
    expect(rest.state).toEqual(whole.state);
  });

  it('stops before the iteration that diverges, and keeps what was before', async () => {
    const experiment = { ...BASE, metaLearningRate: 1e3 };
    const expected = await follow(experiment, 'rmaml');
    expect(expected.queryLosses.length).toBeGreaterThan(0);
    expect(expected.queryLosses.length).toBeLessThan(STEPS);
    const completed = expected.queryLosses.length;
    const got = await engine.train!(requestFor(experiment, 'rmaml'));
    expect(got.completed).toBe(completed);
    expect(relativeError(got.state.metaParams, expected.run.state.metaParams)).toBeLessThan(TOLERANCE);
    expect(await engine.train!(requestFor(experiment, 'rmaml', completed))).toEqual(got);
    const nothing = await engine.train!({ ...requestFor(BASE, 'rmaml'), lossLimit: 0 });
    expect(nothing.completed).toBe(0);
    expect(nothing.queryLosses).toHaveLength(0);
  });

  it('does not change the request', async () => {
    const request = requestFor(BASE, 'rmaml');
    const copy = structuredClone(request);
    await engine.train!(request);
    expect(request).toEqual(copy);
  });

  it('says what does not fit', async () => {
    const request = requestFor(BASE, 'rmaml');
    await expect(engine.train!({ ...request, iterations: 0 })).rejects.toThrow(/0 iterations/);
    const counts = { strategy: 'easy' as const, counts: Array.from({ length: STEPS }, () => 1) };
    await expect(engine.train!({ ...request, replay: counts })).rejects.toThrow(/0 in the buffer/);
  });

  // Last: afterwards there is no device.
  it('rejects when the device goes in the middle, and says so from then on', async () => {
    const submitted = vi.spyOn(opened.device!.queue, 'submit');
    const training = engine.train!(requestFor({ ...BASE, metaBatchSize: 100 }, 'rmaml', 40));
    const rejected = expect(training).rejects.toThrow();
    // The first of several submissions is on its way.
    await vi.waitFor(() => expect(submitted).toHaveBeenCalled(), { interval: 1 });
    engine.destroyDevice?.();
    await rejected;
    expect(await engine.lost).toMatch(/\w/);
    await expect(engine.train!(requestFor(BASE, 'rmaml'))).rejects.toThrow(/device is gone/);
  });
});
