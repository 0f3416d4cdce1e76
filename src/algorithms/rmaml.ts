// RMAML ([RMAML] Alg. 1–2): MAML that also learns its inner learning rate α by gradient descent and replays
// tasks from a prioritised buffer B. Either part can be switched off, or on for the other algorithms too.
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

/** Robust MAML. Costs what MAML costs: ∂Q/∂α comes out of the same backward pass. */
export const rmaml: Algorithm = {
  id: 'rmaml',
  trains: true,

  pseudocode: (experiment) => [
    sampleLine(experiment, 'rmaml'),
    innerGradientLine(experiment.innerSteps),
    adaptLine(experiment.innerSteps),
    queryLossLine('θ′ᵢ'),
    metaUpdateLine(experiment, '∇θ Qᵢ(θ′ᵢ(θ))'),
    ...rmamlLines(experiment, 'rmaml'),
  ],

  async *step(context) {
    const { innerSteps } = context.experiment;
    const drawn = drawBatch(context, 'rmaml');
    if (!context.silent) yield sampled(drawn);

    const request = requestFor(context, drawn);
    const result = await context.engine.metaGradient({ ...request, innerSteps, kind: 'second' });
    if (!context.silent) yield* adaptedAndScored(context, innerSteps, result);

    const theta = applyMetaGradient(context, result.metaGradient);
    const alphaAndBuffer = updateAlphaAndBuffer(context, drawn, result);
    const state = { ...theta, ...alphaAndBuffer };
    if (!context.silent) yield metaUpdated(context.state, state, result.metaGradient);
    return summarise(state, drawn, result, 3 * innerSteps + 1);
  },
};
