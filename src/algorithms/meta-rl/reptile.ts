// Reptile for policies ([REPTILE], batched): k REINFORCE steps on a task, each on trajectories of its own, then θ moves
// towards where they led. No gradient through the steps, and no trust region: ε says how far.

import { policyLineWords } from '../../words/pseudocode-policies.ts';
import { stepTowardsAdapted } from './outer-step.ts';
import type { PolicyAlgorithm } from './policy-algorithm.ts';
import {
  adaptLine,
  alphaLines,
  bufferLines,
  rollOutAdaptedLine,
  rollOutLine,
  sampleLine,
} from './policy-lines.ts';
import { trainStep } from './train-step.ts';

/** Reptile. The roll-outs after the last step only show what came of it. */
export const reptile: PolicyAlgorithm = {
  id: 'reptile',
  trains: true,
  showsTask: false,

  pseudocode: (experiment) => [
    sampleLine(experiment, 'reptile'),
    rollOutLine(experiment.reptileInnerSteps),
    adaptLine(experiment.reptileInnerSteps),
    { ...rollOutAdaptedLine(), text: policyLineWords.rollOutToLook },
    ...alphaLines(experiment, 'reptile'),
    {
      text: 'θ ← θ + ε meanᵢ (θ′ᵢ − θ)',
      indent: 0,
      phase: 'meta-update',
      value: { key: 'updateNorm', symbol: '‖Δθ‖' },
    },
    ...bufferLines(experiment, 'reptile'),
  ],

  step: (context) => {
    const innerSteps = context.experiment.reptileInnerSteps;
    return trainStep(context, {
      algorithm: 'reptile',
      innerSteps,
      kind: 'reptile',
      outer: stepTowardsAdapted,
    });
  },
};
