// Bursts on fused-wasm, which draws, updates and adapts within its own memory: the same bits as step by step.
import { describe, expect, it } from 'vitest';
import { ALGORITHM_IDS, type SinusoidExperiment } from '../experiment/experiment.ts';
import { presetById } from '../experiment/presets.ts';
import { openEngine } from '../gradients/fused-wasm/compiled.testing.ts';
import type { MetaGradientEngine } from '../gradients/meta-gradient.ts';
import type { TrainingRequest } from '../gradients/training-request.ts';
import { createSession } from './session.ts';
import type { SessionEvent } from './session-events.ts';

const experiment: SinusoidExperiment = {
  ...presetById('sinusoid-live')!.experiment,
  algorithms: ALGORITHM_IDS,
  hiddenWidths: [9, 13],
  metaBatchSize: 6,
  supportSize: 7,
  querySize: 5,
  metaIterations: 45,
  noiseTaskShare: 0.3,
  taskBuffer: 'all',
  adaptiveAlpha: 'all',
  strategy: 'medium',
  maxReplayedTasks: 4,
  replayRampIterations: 5,
};

async function collect(settings: SinusoidExperiment, engine: MetaGradientEngine, burst: number) {
  const options = { clock: () => 0, evaluationTasks: 0, burst: () => burst };
  const session = createSession(settings, engine, options);
  const events: SessionEvent[] = [];
  for await (const event of session.events) {
    if (event.kind !== 'phase' && event.kind !== 'iteration') events.push(event);
  }
  return { events, checkpoint: session.checkpoint() };
}

/** The engine, and how many meta-iterations its `train` has completed. */
async function openCounting() {
  const { engine } = await openEngine();
  const counted = { completed: 0 };
  const train = async (request: TrainingRequest) => {
    const result = await engine.train!(request);
    counted.completed += result.completed;
    return result;
  };
  return { engine: { ...engine, train }, counted };
}

describe('a burst on fused-wasm', () => {
  it.each([
    ['everything on', {}],
    ['plain', { adaptiveAlpha: 'none', taskBuffer: 'none', noiseTaskShare: 0 }],
    ['noise on y', { noise: 0.3 }],
    ['a sum over tasks, SGD, two steps', { metaLoss: 'sum', metaOptimizer: 'sgd', innerSteps: 2 }],
    ['α per parameter, hard tasks, tanh', { alphaMode: 'parameter', strategy: 'hard', activation: 'tanh' }],
    ['no hidden layer', { hiddenWidths: [] }],
    ['more tasks than are sorted by insertion', { metaBatchSize: 70, metaIterations: 24, strategy: 'easy' }],
    ['far away', { xMin: -20, xMax: 20, phaseMin: -6, phaseMax: 6 }],
  ] as const)('gives the bits of single iterations: %s', async (_, changes) => {
    const settings: SinusoidExperiment = { ...experiment, ...changes, metaLearningRate: 1e-3 };
    const { engine, counted } = await openCounting();
    const { train: _train, ...stepwise } = engine;
    const single = await collect(settings, stepwise, 1);
    const whole = await collect(settings, engine, 1000);
    expect(whole.events).toEqual(single.events);
    expect(whole.checkpoint).toEqual(single.checkpoint);
    // Six algorithms train; the last iteration of each burst is stepped.
    expect(counted.completed).toBeGreaterThan(2 * settings.metaIterations);
  });

  it('diverges as single iterations do, and leaves nothing behind', async () => {
    const wild: SinusoidExperiment = {
      ...experiment,
      algorithms: ['maml', 'fomaml'],
      metaOptimizer: 'sgd',
      metaLearningRate: 100,
      adaptiveAlpha: 'none',
    };
    const { engine } = await openCounting();
    const { train: _train, ...stepwise } = engine;
    const single = await collect(wild, stepwise, 1);
    expect(single.events.some(({ kind }) => kind === 'diverged')).toBe(true);
    const whole = await collect(wild, engine, 1000);
    expect(whole.events).toEqual(single.events);
    expect(whole.checkpoint).toEqual(single.checkpoint);
    const calm = { ...wild, metaLearningRate: 1e-3 };
    const { engine: fresh } = await openCounting();
    expect(await collect(calm, engine, 1000)).toEqual(await collect(calm, fresh, 1000));
  });
});
