// With a real engine: permuting the tasks of a batch changes no algorithm's update (Reptile's least of all: its
// batched form has no order), and the metamorphic relations hold on a network, not only on quadratics.
import { describe, expect, it } from 'vitest';
import type { SinusoidExperiment } from '../experiment/experiment.ts';
import { presetById } from '../experiment/presets.ts';
import type { MetaGradientEngine, MetaGradientRequest } from '../gradients/meta-gradient.ts';
import { createReferenceEngine } from '../gradients/reference/reference-engine.ts';
import { key } from '../math/rng.ts';
import { initialiseParams } from '../models/initialise.ts';
import { sampleTasks, trainingDistribution } from '../tasks/sinusoid.ts';
import type { TaskBatch } from '../tasks/task-batch.ts';
import { createAlpha } from './adaptive-alpha.ts';
import { algorithmById } from './algorithms.ts';
import { createOptimizer } from './optimizers.ts';
import { shapeFor } from './run-shape.ts';

const experiment: SinusoidExperiment = {
  ...presetById('sinusoid-live')!.experiment,
  hiddenWidths: [8, 8],
  metaOptimizer: 'sgd',
  metaLearningRate: 0.05,
  innerSteps: 2,
  innerLearningRate: 0.05,
  metaBatchSize: 5,
  taskBuffer: 'none',
};

const reference = createReferenceEngine();

/** The reference engine, shown the batch's tasks in reverse. */
const reversing: MetaGradientEngine = {
  ...reference,
  metaGradient: (request: MetaGradientRequest) =>
    reference.metaGradient({ ...request, tasks: reverseTasks(request.tasks) }),
};

function reverseTasks(batch: TaskBatch): TaskBatch {
  const { taskCount, supportSets, supportSize, querySize, inputSize } = batch;
  const flip = (values: ArrayLike<number>, sets: number) => {
    const width = values.length / (sets * taskCount);
    return Float32Array.from({ length: values.length }, (_, i) => {
      const row = Math.floor(i / width);
      const set = Math.floor(row / taskCount);
      const source = set * taskCount + (taskCount - 1 - (row % taskCount));
      return values[source * width + (i % width)]!;
    });
  };
  expect(batch.supportX.length).toBe(supportSets * taskCount * supportSize * inputSize);
  expect(batch.queryY.length).toBe(taskCount * querySize);
  return {
    ...batch,
    supportX: flip(batch.supportX, supportSets),
    supportY: flip(batch.supportY, supportSets),
    queryX: flip(batch.queryX, 1),
    queryY: flip(batch.queryY, 1),
  };
}

async function nextParams(
  id: 'maml' | 'fomaml' | 'reptile' | 'rmaml' | 'pretrained' | 'oracle',
  settings: SinusoidExperiment = experiment,
  engine: MetaGradientEngine = reference,
): Promise<number[]> {
  const shape = shapeFor(settings, id);
  const metaParams = initialiseParams(shape, 'glorot', key(1));
  const optimizer = createOptimizer(settings.metaOptimizer, metaParams.length);
  const state = { metaParams, optimizer, alpha: createAlpha(settings, id, shape), buffer: [] };
  const freshTasks = sampleTasks(key(2), trainingDistribution(settings), settings.metaBatchSize);
  const context = { experiment: settings, engine, state, iteration: 0, freshTasks, key: key(3) };
  const step = algorithmById(id).step(context);
  let next = await step.next();
  while (next.done !== true) next = await step.next();
  const { alpha, metaParams: moved } = next.value.state;
  expect(moved).not.toEqual(metaParams);
  return [...moved, ...alpha.values];
}

const largestGap = (a: readonly number[], b: readonly number[]) =>
  Math.max(...a.map((value, i) => Math.abs(value - b[i]!)));

describe.each(['maml', 'fomaml', 'reptile', 'rmaml', 'pretrained', 'oracle'] as const)('%s', (id) => {
  it('is independent of the order of the tasks', async () => {
    const gap = largestGap(await nextParams(id), await nextParams(id, experiment, reversing));
    expect(gap).toBeLessThan(1e-6);
  });
});

describe('on a network', () => {
  it('α = 0 turns MAML and FOMAML into joint training', async () => {
    const zero = { ...experiment, innerLearningRate: 0 };
    const joint = await nextParams('pretrained', zero);
    expect(largestGap(await nextParams('maml', zero), joint)).toBeLessThan(1e-6);
    expect(largestGap(await nextParams('fomaml', zero), joint)).toBeLessThan(1e-6);
  });

  it('MAML tends to FOMAML as α → 0', async () => {
    const gap = async (innerLearningRate: number) => {
      const settings: SinusoidExperiment = { ...experiment, activation: 'tanh', innerLearningRate };
      return largestGap(await nextParams('maml', settings), await nextParams('fomaml', settings));
    };
    const [large, small] = [await gap(0.005), await gap(0.0005)];
    expect(large).toBeGreaterThan(1e-4);
    expect(small / large).toBeGreaterThan(0.05);
    expect(small / large).toBeLessThan(0.2);
  });
});
