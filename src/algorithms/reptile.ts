// Reptile, batched ([REPTILE] Alg. 2): move θ towards where plain training on each task leads, θ_k. Each inner
// step sees a fresh minibatch; with k = 1 it is joint training. Always a mean over tasks, no outer optimiser.
import type { SinusoidExperiment } from '../experiment/experiment.ts';
import { lineWords } from '../words/pseudocode-lines.ts';
import type { Algorithm } from './algorithm.ts';
import {
  adaptedAndScored,
  drawBatch,
  metaUpdated,
  requestFor,
  sampled,
  summarise,
  updateAlphaAndBuffer,
} from './meta-iteration.ts';
import { descend } from './optimizers.ts';
import { adaptLine, innerGradientLine, queryLossLine, rmamlLines, sampleLine } from './pseudocode-lines.ts';

/** ε at meta-iteration t (from 0): constant, or falling linearly to 0 at the experiment's end. */
export function reptileStepSizeAt(experiment: SinusoidExperiment, iteration: number): number {
  const { reptileStepSize, reptileSchedule, metaIterations } = experiment;
  if (reptileSchedule === 'constant') return reptileStepSize;
  return reptileStepSize * Math.max(0, 1 - iteration / metaIterations);
}

/** Reptile. Costs k inner gradients; the query set is scored but not learned from. */
export const reptile: Algorithm = {
  id: 'reptile',
  trains: true,

  pseudocode: (experiment) => [
    sampleLine(experiment, 'reptile'),
    innerGradientLine(experiment.reptileInnerSteps, lineWords.freshPoints),
    adaptLine(experiment.reptileInnerSteps),
    queryLossLine('θ′ᵢ'),
    {
      text: 'θ ← θ + ε meanᵢ (θ′ᵢ − θ)',
      indent: 0,
      phase: 'meta-update',
      value: { key: 'stepSize', symbol: 'ε' },
    },
    ...rmamlLines(experiment, 'reptile'),
  ],

  async *step(context) {
    const innerSteps = context.experiment.reptileInnerSteps;
    const stepSize = reptileStepSizeAt(context.experiment, context.iteration);
    const drawn = drawBatch(context, 'reptile', innerSteps);
    if (!context.silent) yield sampled(drawn);

    const request = requestFor(context, drawn);
    const result = await context.engine.metaGradient({ ...request, innerSteps, kind: 'reptile' });
    if (!context.silent) yield* adaptedAndScored(context, innerSteps, result);

    // The engine's direction is meanᵢ (θ − θ′ᵢ), hence descend.
    const metaParams = descend(context.state.metaParams, result.metaGradient, stepSize);
    const alphaAndBuffer = updateAlphaAndBuffer(context, drawn, result);
    const state = { ...context.state, metaParams, ...alphaAndBuffer };
    if (!context.silent) {
      const event = metaUpdated(context.state, state, result.metaGradient);
      yield { ...event, values: { ...event.values, stepSize } };
    }
    return summarise(state, drawn, result, innerSteps);
  },
};
