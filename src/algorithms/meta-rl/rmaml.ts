// RMAML for policies ([RMAML] Alg. 1-2): MAML that also learns its inner learning rate α, by the return after
// adaptation, and replays tasks from a prioritised buffer B. Either part can be switched off, or on for the others.
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

/** Robust MAML. ∂L/∂α comes out of the same backward pass as the meta-gradient. */
export const rmaml: PolicyAlgorithm = {
  id: 'rmaml',
  trains: true,
  showsTask: false,

  pseudocode: (experiment) => [
    sampleLine(experiment, 'rmaml'),
    rollOutLine(experiment.innerSteps),
    adaptLine(experiment.innerSteps),
    rollOutAdaptedLine(),
    ...alphaLines(experiment, 'rmaml'),
    metaUpdateLine(experiment, '∇θ L(θ′ᵢ(θ); D′ᵢ)'),
    ...bufferLines(experiment, 'rmaml'),
  ],

  step: (context) => {
    const { innerSteps } = context.experiment;
    return trainStep(context, { algorithm: 'rmaml', innerSteps, kind: 'second', outer: optimiseSurrogate });
  },
};
