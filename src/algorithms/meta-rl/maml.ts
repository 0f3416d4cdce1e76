// MAML for policies ([MAML] Alg. 3): learn θ from which k REINFORCE steps on K trajectories fit a new task. The
// gradient goes through those steps exactly; by default TRPO bounds how far the adapted policies move.
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

/** Second-order MAML. */
export const maml: PolicyAlgorithm = {
  id: 'maml',
  trains: true,
  showsTask: false,

  pseudocode: (experiment) => [
    sampleLine(experiment, 'maml'),
    rollOutLine(experiment.innerSteps),
    adaptLine(experiment.innerSteps),
    rollOutAdaptedLine(),
    ...alphaLines(experiment, 'maml'),
    metaUpdateLine(experiment, '∇θ L(θ′ᵢ(θ); D′ᵢ)'),
    ...bufferLines(experiment, 'maml'),
  ],

  step: (context) => {
    const { innerSteps } = context.experiment;
    return trainStep(context, { algorithm: 'maml', innerSteps, kind: 'second', outer: optimiseSurrogate });
  },
};
