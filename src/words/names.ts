// What algorithms are called where they have no name of their own in the papers. MAML, FOMAML, Reptile, RMAML and the
// strategies' names are the same in every language.
import { inLanguages } from './language.ts';

export const algorithmNames = inLanguages({
  en: { pretrained: 'pretrained', random: 'random', oracle: 'oracle' },
});
