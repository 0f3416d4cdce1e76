// The run before a change, whose curves stay faint.
import { inLanguages } from './language.ts';

export const beforeRunWords = inLanguages({
  en: {
    /** Its name follows after a colon. */
    before: 'before',
    title: (label: string) =>
      `The faint lines are the run before the change (${label}). Press to remove them.`,
  },
});
