// What the page says of new versions of itself.
import { inLanguages } from './language.ts';

export const OFFLINE_WORDS = inLanguages({
  en: {
    updateName: 'New version',
    updateReady: 'A new version is ready. Reload when it suits you.',
    /** On the button's title: what a reload costs. */
    reloadCost: 'The page opens again from its link; training starts anew.',
    reload: 'Reload',
    later: 'Later',
    laterName: 'Not now: hide the word of a new version',
  },
});
