// Around the pseudocode: what its values are of, and folding it away. The lines themselves are the algorithms'.
import { inLanguages } from './language.ts';

export const pseudocodeWords = inLanguages({
  en: {
    pseudocode: 'Pseudocode',
    shownOf: 'Algorithm whose pseudocode is shown',
    pressRun: 'Press Run to see values here',
    stepping: (iteration: string) => `stepping · iteration ${iteration}`,
    running: (iteration: string) => `running · iteration ${iteration}`,
    paused: (iteration: string) => `paused · iteration ${iteration}`,
    finished: (iteration: string) => `finished · iteration ${iteration}`,
    show: 'Show',
    hide: 'Hide',
    /** After “Show” or “Hide”, for those who hear it. */
    thePseudocode: ' the pseudocode',
  },
});
