// The random initialisation: never trained; its tasks are adapted like MAML's, to show what the inner steps alone do.

import { policyLineWords } from '../../words/pseudocode-policies.ts';
import type { PolicyAlgorithm } from './policy-algorithm.ts';
import { adaptLine, rollOutAdaptedLine, rollOutLine, sampleLine } from './policy-lines.ts';
import { trainStep } from './train-step.ts';

/** No training. */
export const random: PolicyAlgorithm = {
  id: 'random',
  trains: false,
  showsTask: false,

  pseudocode: (experiment) => [
    sampleLine(experiment, 'random'),
    rollOutLine(experiment.innerSteps),
    adaptLine(experiment.innerSteps),
    rollOutAdaptedLine(),
    { text: policyLineWords.unchanged, indent: 0, phase: 'meta-update' },
  ],

  step: (context) => {
    const { innerSteps } = context.experiment;
    return trainStep(context, { algorithm: 'random', innerSteps, kind: null, outer: null });
  },
};
