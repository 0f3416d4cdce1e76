// The return of groups of test goals over training.
import { inLanguages } from '../language.ts';

export const returnByGoalWords = inLanguages({
  en: {
    /** `when`: "after 1 step". */
    group: (goals: string, [before, after]: readonly [string, string], when: string) =>
      `${goals} ${before} before, ${after} ${when}`,
    summary: (name: string, iteration: string, groups: string) =>
      `${name} at iteration ${iteration}: ${groups}.`,
  },
});
