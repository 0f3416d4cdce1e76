// FOMAML for policies ([FO]): MAML that takes the adapted parameters' own gradient, and their own Fisher matrix, for
// those of θ. Saves the Hessian-vector products.
import { optimiseSurrogate } from './outer-step.ts';
import type { PolicyAlgorithm } from './policy-algorithm.ts';
import {
  adaptLine,
  alphaLines,
  bufferLines,
  metaUpdateLine,
  rollOutAdaptedLine,
  rollOutLine,
  sampleLine,
} from './policy-lines.ts';
import { trainStep } from './train-step.ts';

/** First-order MAML. */
export const fomaml: PolicyAlgorithm = {
  id: 'fomaml',
  trains: true,
  showsTask: false,

  pseudocode: (experiment) => [
    sampleLine(experiment, 'fomaml'),
    rollOutLine(experiment.innerSteps),
    adaptLine(experiment.innerSteps),
    rollOutAdaptedLine(),
    ...alphaLines(experiment, 'fomaml'),
    metaUpdateLine(experiment, '∇L(θ′ᵢ; D′ᵢ)'),
    ...bufferLines(experiment, 'fomaml'),
  ],

  step: (context) => {
    const { innerSteps } = context.experiment;
    return trainStep(context, { algorithm: 'fomaml', innerSteps, kind: 'first', outer: optimiseSurrogate });
  },
};
