// What the tests of a session share: a small experiment on the quadratic test engine, and ways to read what it tells.
import { createQuadraticEngine } from '../algorithms/quadratic-engine.testing.ts';
import type { SinusoidExperiment } from '../experiment/experiment.ts';
import { presetById } from '../experiment/presets.ts';
import type { MetaGradientEngine } from '../gradients/meta-gradient.ts';
import { createSession, type SessionOptions } from './session.ts';
import type { Checkpoint, SessionEvent } from './session-events.ts';

export const experiment: SinusoidExperiment = {
  ...presetById('sinusoid-live')!.experiment,
  algorithms: ['maml', 'reptile', 'rmaml'],
  hiddenWidths: [3],
  metaBatchSize: 4,
  metaIterations: 20,
  innerLearningRate: 0.1,
  alphaMode: 'scalar',
  strategy: 'hard',
  maxReplayedTasks: 2,
  replayRampIterations: 5,
};
export const still: SessionOptions = { clock: () => 0, evaluationTasks: 0 };

export async function collect(
  settings: SinusoidExperiment,
  options: SessionOptions = still,
  engine = createEngine(),
) {
  const session = createSession(settings, engine, options);
  const events: SessionEvent[] = [];
  for await (const event of session.events) events.push(event);
  return { session, events };
}

export const createEngine = (): MetaGradientEngine => createQuadraticEngine();

/** Everything of a checkpoint but the wall-clock time. */
export const stateOf = (checkpoint: Checkpoint) => checkpoint.runs.map(({ seconds: _, ...run }) => run);

export function losses(events: readonly SessionEvent[]) {
  return events.flatMap((event) =>
    event.kind === 'metrics'
      ? [[event.metrics.algorithm, event.metrics.iteration, event.metrics.queryLoss]]
      : [],
  );
}
