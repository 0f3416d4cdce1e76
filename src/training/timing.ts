// Timing meta-iterations without training anything: for the engine race and the benchmark.
import type { SinusoidExperiment } from '../experiment/experiment.ts';
import type { MetaGradientEngine } from '../gradients/meta-gradient.ts';
import { createSession } from './session.ts';

/**
 * The experiment with tiny rates and no end: costs the same per meta-iteration and cannot diverge. (A diverged run
 * takes no further steps and would seem infinitely fast.)
 */
export function timingExperiment(experiment: SinusoidExperiment): SinusoidExperiment {
  const rates = { innerLearningRate: 1e-4, metaLearningRate: 1e-6, alphaLearningRate: 1e-9 };
  return { ...experiment, ...rates, metaIterations: Number.MAX_SAFE_INTEGER };
}

/** A function that runs one more meta-iteration of all runs of `experiment` (made harmless), not evaluating. */
export function createStepper(
  experiment: SinusoidExperiment,
  engine: MetaGradientEngine,
): () => Promise<void> {
  const { events } = createSession(timingExperiment(experiment), engine, {
    clock: () => 0,
    evaluationTasks: 0,
  });
  return async () => {
    for (;;) {
      const next = await events.next();
      if (next.done === true || next.value.kind === 'iteration') return;
    }
  };
}
