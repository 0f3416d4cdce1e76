// Words of the two buttons that every page has for pinned runs; all others are in compare.ts, fetched with the panel.
import { inLanguages } from './language.ts';

export const COMPARE_BUTTON_WORDS = inLanguages({
  en: {
    pin: 'Pin',
    pinTitle: 'Keep the run on the screen, to compare others with it (K)',
    compare: 'Compare',
    compareTitle: 'Pinned runs: what differs, and what came of it; several seeds (V)',
  },
});
