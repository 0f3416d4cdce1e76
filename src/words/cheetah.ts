// Words of the Cheetah lab's newer parts.
import { inLanguages } from './language.ts';

export const cheetahWords = inLanguages({
  en: {
    forwards: 'forwards',
    backwards: 'backwards',
    /** A tab beside "Adaptation" and "By goal". */
    byGoalTab: 'Over time',
    byGoalTitle: 'Test return by goal over training',
    byGoalQualifier: (step: number) =>
      step === 0 ? 'before adaptation' : `after ${step} ${step === 1 ? 'step' : 'steps'}, thin before`,
  },
});
