// FOMAML: MAML with the Jacobian of the inner steps taken as the identity, so no Hessian is needed: the
// meta-gradient is the query gradient at the adapted parameters, ∇Qᵢ(θ′ᵢ) ([MAML] §5.2, [FO]).

import { lineWords } from '../words/pseudocode-lines.ts';
import type { Algorithm } from './algorithm.ts';
import {
  adaptedAndScored,
  applyMetaGradient,
  drawBatch,
  metaUpdated,
  requestFor,
  sampled,
  summarise,
  updateAlphaAndBuffer,
} from './meta-iteration.ts';
import {
  adaptLine,
  innerGradientLine,
  metaUpdateLine,
  queryLossLine,
  rmamlLines,
  sampleLine,
} from './pseudocode-lines.ts';

/** First-order MAML. Costs k inner gradients and one query gradient. */
export const fomaml: Algorithm = {
  id: 'fomaml',
  trains: true,

  pseudocode: (experiment) => [
    sampleLine(experiment, 'fomaml'),
    innerGradientLine(experiment.innerSteps),
    adaptLine(experiment.innerSteps),
    queryLossLine('θ′ᵢ'),
    metaUpdateLine(experiment, lineWords.gradientAt('∇Qᵢ', 'θ′ᵢ')),
    ...rmamlLines(experiment, 'fomaml'),
  ],

  async *step(context) {
    const { innerSteps } = context.experiment;
    const drawn = drawBatch(context, 'fomaml');
    if (!context.silent) yield sampled(drawn);

    const request = requestFor(context, drawn);
    const result = await context.engine.metaGradient({ ...request, innerSteps, kind: 'first' });
    if (!context.silent) yield* adaptedAndScored(context, innerSteps, result);

    const state = {
      ...applyMetaGradient(context, result.metaGradient),
      ...updateAlphaAndBuffer(context, drawn, result),
    };
    if (!context.silent) yield metaUpdated(context.state, state, result.metaGradient);
    return summarise(state, drawn, result, innerSteps + 1);
  },
};
