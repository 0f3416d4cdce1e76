// MAML ([MAML] Alg. 2): learn an initialisation θ from which k gradient steps fit a new task. The meta-gradient
// goes through the inner steps exactly: v ← v − α∇²Lᵢ(θ_j)v backwards along the path, from v = ∇Qᵢ(θ′ᵢ).
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

/** Second-order MAML. Costs k inner gradients, one query gradient and k Hessian–vector products. */
export const maml: Algorithm = {
  id: 'maml',
  trains: true,

  pseudocode: (experiment) => [
    sampleLine(experiment, 'maml'),
    innerGradientLine(experiment.innerSteps),
    adaptLine(experiment.innerSteps),
    queryLossLine('θ′ᵢ'),
    metaUpdateLine(experiment, '∇θ Qᵢ(θ′ᵢ(θ))'),
    ...rmamlLines(experiment, 'maml'),
  ],

  async *step(context) {
    const { innerSteps } = context.experiment;
    const drawn = drawBatch(context, 'maml');
    if (!context.silent) yield sampled(drawn);

    const request = requestFor(context, drawn);
    const result = await context.engine.metaGradient({ ...request, innerSteps, kind: 'second' });
    if (!context.silent) yield* adaptedAndScored(context, innerSteps, result);

    const state = {
      ...applyMetaGradient(context, result.metaGradient),
      ...updateAlphaAndBuffer(context, drawn, result),
    };
    if (!context.silent) yield metaUpdated(context.state, state, result.metaGradient);
    return summarise(state, drawn, result, 3 * innerSteps + 1);
  },
};
