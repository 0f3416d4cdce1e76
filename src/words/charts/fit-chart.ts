// One algorithm's fit of the user's task.
import { inLanguages } from '../language.ts';

const points = (count: number) => `${count} support ${count === 1 ? 'point' : 'points'}`;

export const fitWords = inLanguages({
  en: {
    /** Beside the curves. */
    truth: 'true',
    before: 'before',
    notTrained: (name: string, support: number) => `${name}: ${points(support)}, not trained yet.`,
    /** `after`: "after 5 steps". */
    summary: (
      name: string,
      errors: readonly [before: string, after: string],
      after: string,
      support: number,
    ) =>
      `${name}: mean squared error ${errors[0]} before adaptation, ${errors[1]} ${after} on ${points(support)}.`,
  },
});
