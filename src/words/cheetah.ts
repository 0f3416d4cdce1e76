// Words of the Cheetah lab's newer parts.
import { inLanguages } from './language.ts';

export const cheetahWords = inLanguages({
  en: {
    swarmTitle:
      'Every trajectory, thin behind the first; of velocities, those of a whole batch of goals, from violet for the slowest to green for the fastest',
    forwards: 'forwards',
    backwards: 'backwards',
    /** A tab beside "Adaptation" and "By goal". */
    byGoalTab: 'Over time',
    byGoalTitle: 'Test return by goal over training',
    byGoalQualifier: (step: number) =>
      step === 0 ? 'before adaptation' : `after ${step} ${step === 1 ? 'step' : 'steps'}, thin before`,
  },
});
