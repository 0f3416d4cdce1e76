// Where published numbers stand. Papers are named as on the page of sources, in every language.
import { inLanguages } from '../language.ts';

export const publishedWords = inLanguages({
  en: {
    table: (paper: string, number: number) => `[${paper}] Table ${number}`,
    figure: (paper: string, number: number) => `[${paper}] Fig. ${number}`,
  },
});
