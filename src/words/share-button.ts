// Words of the share button, which is there from the start; the dialog's are in share.ts.
import { inLanguages } from './language.ts';

export const shareButtonWords = inLanguages({
  en: {
    label: 'Share',
    title: 'Link, frame, pictures, numbers and run file of what is on the screen',
  },
});
