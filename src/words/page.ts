// What is said about the options of a page: what a link hides or locks, and what of it could not be read.
import { inLanguages } from './language.ts';

export const PAGE_WORDS = inLanguages({
  en: {
    /** A flag that is neither 0 nor 1; `got` is quoted already. */
    badFlag: (key: string, got: string) => `“${key}” must be 1 or 0; got ${got}. It is taken as 0.`,
    badPage: (got: string, known: string) => `There is no page ${got}; known are ${known}. The lab is shown.`,
    badRun: (got: string, most: number) =>
      `${got} names no recorded run of this lab; expected one to ${most} names such as cheetah-dir-maml, in the Cheetah lab. None is opened.`,
    badTale: 'The story in this link is damaged or cut off. Copy the whole link again. No story is told.',
    badStory: (got: string) =>
      `${got} names no place in a story; expected a story and a step, as in what-is-maml.0. No story is told.`,
    cannotHide: (got: string, lab: string, parts: string) =>
      `${got} cannot be hidden: it is neither a setting of the ${lab} lab nor one of ${parts}. It is ignored.`,
    cannotLock: (got: string, lab: string, parts: string) =>
      `${got} cannot be locked: it is neither a setting of the ${lab} lab nor one of ${parts}. It is ignored.`,
    lockedByLink: 'locked by this link',
    /** Why an edit was refused. */
    lockedSetting: (label: string) =>
      `“${label}” is locked by this link, so it was not changed. Open the lab without the lock to change it.`,
    lockedPresets: 'The preset is locked by this link.',
  },
});
