// One policy's ways through the arena of the Navigation lab.
import { inLanguages } from '../language.ts';

export const navigationArenaWords = inLanguages({
  en: {
    goal: 'goal',
    before: 'before',
    summaryGoal: (x: string, y: string) => `Goal at ${x}, ${y}.`,
    /** `when`: "after 1 step". */
    returnWhen: (value: string, when: string) => `${value} ${when}`,
    summaryReturns: (returns: string, trajectories: number) =>
      `Mean return ${returns}; ${trajectories} trajectories each.`,
  },
});
