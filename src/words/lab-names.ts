// What the labs are called.
import { inLanguages } from './language.ts';

export const labNames = inLanguages({
  en: { sinusoid: 'Sinusoid', reaching: 'Reaching', navigation: 'Navigation', cheetah: 'Cheetah' },
});
