// The random baseline ([MAML] §5): the untrained initialisation, adapted to each task like the others and never
// learned from. Its losses show what the inner loop does on its own.

import { lineWords } from '../words/pseudocode-lines.ts';
import type { Algorithm } from './algorithm.ts';
import {
  adaptedAndScored,
  drawBatch,
  metaUpdated,
  requestFor,
  sampled,
  summarise,
} from './meta-iteration.ts';
import { adaptLine, innerGradientLine, queryLossLine, sampleLine } from './pseudocode-lines.ts';

/** No training: θ stays. Costs k inner gradients, for the scores only. */
export const random: Algorithm = {
  id: 'random',
  trains: false,

  pseudocode: (experiment) => [
    sampleLine(experiment, 'random'),
    innerGradientLine(experiment.innerSteps),
    adaptLine(experiment.innerSteps),
    queryLossLine('θ′ᵢ'),
    {
      text: lineWords.nothingLearned,
      indent: 0,
      phase: 'meta-update',
      value: { key: 'updateNorm', symbol: '‖Δθ‖' },
    },
  ],

  async *step(context) {
    const { innerSteps } = context.experiment;
    const drawn = drawBatch(context, 'random');
    if (!context.silent) yield sampled(drawn);

    // Reptile's kind computes no gradient of the query loss: the cheapest way to the scores.
    const request = requestFor(context, drawn);
    const result = await context.engine.metaGradient({ ...request, innerSteps, kind: 'reptile' });
    if (!context.silent) yield* adaptedAndScored(context, innerSteps, result);

    if (!context.silent) {
      const noChange = new Float32Array(context.state.metaParams.length);
      yield metaUpdated(context.state, context.state, noChange);
    }
    return summarise(context.state, drawn, result, innerSteps);
  },
};
