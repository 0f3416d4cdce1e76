// The pretrained baseline ([MAML] §5.3): plain policy gradients on all tasks at once, k = 0. One policy that is as good
// as can be on average; at test time it is fine-tuned like the others.
import { optimiseSurrogate } from './outer-step.ts';
import type { PolicyAlgorithm } from './policy-algorithm.ts';
import { bufferLines, metaUpdateLine, rollOutLine, sampleLine } from './policy-lines.ts';
import { trainStep } from './train-step.ts';

/** Joint training: θ learns no adaptation. */
export const pretrained: PolicyAlgorithm = {
  id: 'pretrained',
  trains: true,
  showsTask: false,

  pseudocode: (experiment) => [
    sampleLine(experiment, 'pretrained'),
    rollOutLine(0),
    metaUpdateLine(experiment, '∇L(θ; Dᵢ)'),
    ...bufferLines(experiment, 'pretrained'),
  ],

  step: (context) =>
    trainStep(context, { algorithm: 'pretrained', innerSteps: 0, kind: 'first', outer: optimiseSurrogate }),
};
