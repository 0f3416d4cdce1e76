// Timing meta-iterations without training anything: for the engine race and the benchmark.
import type { Experiment } from '../experiment/experiment.ts';
import type { MetaGradientEngine } from '../gradients/meta-gradient.ts';
import { createSession } from './session.ts';

/**
 * A function that runs one more meta-iteration of all runs of `experiment`, without evaluations. Its rates are made
 * tiny, which costs the same and cannot diverge: a diverged run takes no further steps and would seem fast.
 */
export function createStepper(experiment: Experiment, engine: MetaGradientEngine): () => Promise<void> {
  const tame: Experiment = {
    ...experiment,
    innerLearningRate: 1e-4,
    metaLearningRate: 1e-6,
    alphaLearningRate: 1e-9,
    metaIterations: Number.MAX_SAFE_INTEGER,
  };
  const { events } = createSession(tame, engine, { clock: () => 0, evaluationTasks: 0 });
  return async () => {
    for (;;) {
      const next = await events.next();
      if (next.done === true || next.value.kind === 'iteration') return;
    }
  };
}
