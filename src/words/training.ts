// Why a run diverged: "MAML diverged at iteration 40: …".
import { inLanguages } from './language.ts';

export const divergenceWords = inLanguages({
  en: {
    parameter: 'a parameter of θ became non-finite',
    alpha: 'the inner learning rate α became non-finite',
  },
});

/** Of supervised learning. */
export const lossWords = inLanguages({
  en: {
    notANumber: 'the query loss became not-a-number',
    infinite: 'the query loss became infinite',
    above: (limit: string) => `the query loss rose above ${limit}`,
  },
});
