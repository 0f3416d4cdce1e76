// The return over training.
import { inLanguages } from '../language.ts';

export const returnCurveWords = inLanguages({
  en: {
    /** Of environments. */
    countedSteps: (count: string) => `${count} steps`,
    /** `at`: "iteration 60". */
    summary: (name: string, [before, after]: readonly [string, string], at: string) =>
      `${name}: ${before} before and ${after} after adaptation at ${at}.`,
    diverged: (iteration: string) => `Diverged at ${iteration}.`,
  },
});
