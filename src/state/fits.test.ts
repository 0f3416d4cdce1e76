import { beforeEach, describe, expect, it } from 'vitest';
import { shapeFor } from '../algorithms/run-shape.ts';
import type { AlgorithmId, SinusoidExperiment } from '../experiment/experiment.ts';
import { presetById } from '../experiment/presets.ts';
import { lossAndGradient, predict } from '../models/mlp-arrays.ts';
import { drawInitialParams } from '../training/draws.ts';
import { METRIC_COLUMNS, type SinusoidKinds } from '../training/session-events.ts';
import { createExperimentStores } from './experiment-store.ts';
import { createFitsReader, FIT_GRID } from './fits.ts';
import { createRunData, type WritableRunData } from './run-data.ts';
import type { ShownStores } from './shown-run.ts';
import { createViewStore } from './view-store.ts';

let stores: ShownStores;
let data: WritableRunData<SinusoidKinds>;

function snapshotOf(experiment: SinusoidExperiment, algorithms = experiment.algorithms) {
  const runs = algorithms.map((algorithm) => ({
    algorithm,
    iteration: 7,
    metaParams: drawInitialParams(experiment, algorithm),
    alpha: { mode: 'scalar' as const, values: Float32Array.of(0.01) },
    buffer: null,
    phases: [],
  }));
  return { iteration: 7, runs, parameterSpace: null };
}

function open(algorithms: AlgorithmId[] = ['maml', 'fomaml', 'reptile', 'rmaml']) {
  const experiment = { ...presetById('sinusoid-live')!.experiment, algorithms };
  const experiments = createExperimentStores(experiment).sinusoid;
  data = createRunData<SinusoidKinds>(METRIC_COLUMNS, () => {});
  stores = { experiment: experiments, view: createViewStore(experiments, null), data };
  return experiment;
}

describe('the fits of the user’s task', () => {
  let experiment: SinusoidExperiment;
  beforeEach(() => {
    experiment = open();
  });

  it('has no fit before the first snapshot', () => {
    expect(createFitsReader(stores).fit('maml')).toBeNull();
  });

  it('is f(θ) before, and f(θ − α∇L) after one step on the support points', () => {
    data.setSnapshot(snapshotOf(experiment));
    stores.view.getState().set({ innerStep: 1 });
    const reader = createFitsReader(stores);
    const { gridX, supportX, supportY } = reader.task();
    const fit = reader.fit('maml')!;
    const shape = shapeFor(experiment, 'maml');
    const theta = Float64Array.from(data.snapshot!.runs[0]!.metaParams);
    const { gradient } = lossAndGradient(shape, theta, { x: supportX, y: supportY });
    const alpha = Math.fround(0.01);
    const adapted = theta.map((value, at) => value - alpha * gradient[at]!);
    expect(fit.curves).toHaveLength(2);
    expect([...fit.curves[0]!]).toEqual([...predict(shape, theta, gridX)]);
    expect([...fit.curves[1]!]).toEqual([...predict(shape, adapted, gridX)]);
    expect(fit.iteration).toBe(7);
  });

  it('feeds the oracle the task’s amplitude and phase', () => {
    experiment = open(['oracle']);
    data.setSnapshot(snapshotOf(experiment));
    const reader = createFitsReader(stores);
    const before = reader.fit('oracle')!.curves[0]!;
    const { task } = stores.view.getState();
    stores.view.getState().set({ task: { ...task, amplitude: task.amplitude + 1 } });
    expect([...reader.fit('oracle')!.curves[0]!]).not.toEqual([...before]);
  });

  it('computes again only what changed', () => {
    data.setSnapshot(snapshotOf(experiment));
    const reader = createFitsReader(stores);
    const fit = reader.fit('maml')!;
    expect(reader.fit('maml')).toBe(fit);
    const { task } = stores.view.getState();
    const [first, ...others] = task.points;
    stores.view.getState().set({ task: { ...task, points: [{ ...first!, offset: 2 }, ...others] } });
    const moved = reader.fit('maml')!;
    expect(moved.curves[0]).toBe(fit.curves[0]);
    expect([...moved.curves[1]!]).not.toEqual([...fit.curves[1]!]);
  });

  it('has no fit while the parameters on the screen belong to another network', () => {
    data.setSnapshot(snapshotOf(experiment));
    stores.experiment.getState().edit({ hiddenWidths: [20] });
    expect(createFitsReader(stores).fit('maml')).toBeNull();
  });

  it('shows the checkpoint that the scrubber stands on', () => {
    data.setSnapshot(snapshotOf(experiment));
    const metaParams = drawInitialParams({ ...experiment, seed: 9 }, 'maml');
    data.addCheckpoint({
      iteration: 4,
      runs: [
        {
          algorithm: 'maml',
          state: {
            metaParams,
            optimizer: { kind: 'sgd' },
            alpha: { mode: 'scalar', values: Float32Array.of(0.01) },
            buffer: [],
          },
          gradientEvaluations: 0,
          seconds: 0,
          divergedAt: null,
        },
      ],
    });
    const reader = createFitsReader(stores);
    expect(reader.fit('maml')).toMatchObject({ iteration: 7, isLive: true });
    stores.view.getState().set({ scrubIteration: 4 });
    const { gridX } = reader.task();
    const past = reader.fit('maml')!;
    expect(past).toMatchObject({ iteration: 4, isLive: false });
    expect([...past.curves[0]!]).toEqual([...predict(shapeFor(experiment, 'maml'), metaParams, gridX)]);
  });

  // Ten steps are eleven curves; they get room for a machine on which everything takes twice as long.
  it.each([
    [1, 16],
    [10, 32],
  ])('follows a drag of four 40-40 nets at %i inner steps within %i ms', (innerStep, limit) => {
    data.setSnapshot(snapshotOf(experiment));
    stores.view.getState().set({ innerStep });
    const reader = createFitsReader(stores);
    const drag = (frame: number): void => {
      const { task } = stores.view.getState();
      const points = task.points.map((point, at) => (at === 3 ? { ...point, offset: frame / 20 } : point));
      stores.view.getState().set({ task: { ...task, points } });
      for (const id of experiment.algorithms)
        expect(reader.fit(id)!.curves[innerStep]).toHaveLength(FIT_GRID);
    };
    for (let frame = 0; frame < 20; frame++) drag(frame);
    // Processor time, so that a busy machine does not count against it.
    const began = process.cpuUsage();
    for (let frame = 0; frame < 40; frame++) drag(frame);
    const { user, system } = process.cpuUsage(began);
    const milliseconds = (user + system) / 1000 / 40;
    console.info(`fits: ${milliseconds.toFixed(2)} ms a frame for 4 algorithms, ${innerStep} inner steps`);
    expect(milliseconds).toBeLessThan(limit);
  });
});
