// Joint training: one network for all tasks at once, no inner loop in training. The baseline that learns their
// average ('pretrained', [MAML] §5.1) and, when the task itself is among the inputs, the oracle.
import type { AlgorithmId } from '../experiment/experiment.ts';
import type { Algorithm, PseudocodeLine } from './algorithm.ts';
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
import { metaUpdateLine, rmamlLines, sampleLine } from './pseudocode-lines.ts';

/**
 * The first-order meta-gradient with k = 0 on the query points is plain joint training; costs one gradient.
 * Free of side effects, and said to be: workers that train policies need not fetch it.
 */
/* @__NO_SIDE_EFFECTS__ */
export function createJointTraining(
  id: AlgorithmId,
  lines: () => readonly [model: PseudocodeLine, adapt: PseudocodeLine, loss: PseudocodeLine],
): Algorithm {
  return {
    id,
    trains: true,

    pseudocode: (experiment) => [
      sampleLine(experiment, id),
      ...lines(),
      metaUpdateLine(experiment, '∇Qᵢ(θ)'),
      ...rmamlLines(experiment, id),
    ],

    async *step(context) {
      const drawn = drawBatch(context, id);
      if (!context.silent) yield sampled(drawn);

      const request = { ...requestFor(context, drawn), wantAlphaGradient: false };
      const result = await context.engine.metaGradient({ ...request, innerSteps: 0, kind: 'first' });
      if (!context.silent) yield* adaptedAndScored(context, 0, result);

      const state = {
        ...applyMetaGradient(context, result.metaGradient),
        ...updateAlphaAndBuffer(context, drawn, result),
      };
      if (!context.silent) yield metaUpdated(context.state, state, result.metaGradient);
      return summarise(state, drawn, result, 1);
    },
  };
}
