// The oracle ([MAML] §5.3): plain policy gradients on all tasks at once with the task in the observation. Needs no
// adaptation: the ceiling for the others.
import { optimiseSurrogate } from './outer-step.ts';
import type { PolicyAlgorithm } from './policy-algorithm.ts';
import { bufferLines, metaUpdateLine, rollOutLine, sampleLine } from './policy-lines.ts';
import { trainStep } from './train-step.ts';

/** Joint training that sees the task. */
export const oracle: PolicyAlgorithm = {
  id: 'oracle',
  trains: true,
  showsTask: true,

  pseudocode: (experiment) => [
    sampleLine(experiment, 'oracle'),
    rollOutLine(0),
    metaUpdateLine(experiment, '∇L(θ; Dᵢ)'),
    ...bufferLines(experiment, 'oracle'),
  ],

  step: (context) =>
    trainStep(context, { algorithm: 'oracle', innerSteps: 0, kind: 'first', outer: optimiseSurrogate }),
};
