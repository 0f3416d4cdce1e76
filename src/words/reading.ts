// Words of the way to what is read: the gallery's tab, the guide.
import { inLanguages } from './language.ts';

export const READING_WORDS = inLanguages({
  en: {
    gallery: 'Gallery',
    guide: 'Guide',
    guideTitle: 'Guide: what the labs show, to read',
  },
});
