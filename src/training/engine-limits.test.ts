import { describe, expect, it } from 'vitest';
import type { SinusoidExperiment } from '../experiment/experiment.ts';
import { presetById } from '../experiment/presets.ts';
import type { EngineId, EngineLimits, MetaGradientEngine } from '../gradients/meta-gradient.ts';
import { createReferenceEngine } from '../gradients/reference/reference-engine.ts';
import { engineLimits } from './engine-limits.ts';
import { createSession } from './session.ts';

const live = presetById('sinusoid-live')!.experiment;
const small: SinusoidExperiment = {
  ...live,
  hiddenWidths: [3],
  metaIterations: 2,
  maxReplayedTasks: 1,
  metaBatchSize: 3,
};

/** The reference engine, noting the largest of what it is asked. */
function watched() {
  const reference = createReferenceEngine();
  const most = { inputs: 0, innerSteps: 0, taskCount: 0, points: 0 };
  const note = (request: Parameters<MetaGradientEngine['adapt']>[0]): void => {
    const { shape, innerSteps, tasks } = request;
    most.inputs = Math.max(most.inputs, shape.sizes[0]!);
    most.innerSteps = Math.max(most.innerSteps, innerSteps);
    most.taskCount = Math.max(most.taskCount, tasks.taskCount);
    most.points = Math.max(most.points, tasks.supportSize, tasks.querySize);
  };
  const engine: MetaGradientEngine = {
    id: 'reference' satisfies EngineId,
    dispose() {},
    metaGradient(request) {
      note(request);
      return reference.metaGradient(request);
    },
    adapt(request) {
      note(request);
      return reference.adapt(request);
    },
  };
  return { engine, most };
}

async function requested(experiment: SinusoidExperiment) {
  const { engine, most } = watched();
  const { events } = createSession(experiment, engine, { clock: () => performance.now() });
  for await (const _ of events);
  return most;
}

describe('what a session asks of an engine', () => {
  const variants: readonly (readonly [string, Partial<SinusoidExperiment>])[] = [
    ['the small experiment', {}],
    ['the oracle', { algorithms: ['maml', 'oracle'] }],
    ['many Reptile steps', { algorithms: ['reptile'], reptileInnerSteps: 14 }],
    ['many points', { supportSize: 31, querySize: 7 }],
    ['many test points and steps', { testSupportSize: 33, testInnerSteps: 10 }],
    ['many tasks', { metaBatchSize: 15 }],
  ];
  it.each(variants)('stays within the limits and reaches them: %s', async (_, changes) => {
    const experiment = { ...small, ...changes };
    const most = await requested(experiment);
    const { shape, ...limits }: EngineLimits = engineLimits(experiment);
    expect({ inputs: shape.sizes[0], ...limits }).toEqual(most);
  });
});
