// The return by inner step.
import { inLanguages } from '../language.ts';

export const returnAdaptationWords = inLanguages({
  en: {
    measured: (name: string, returns: string, lastStep: number, tasks: number) =>
      `${name}: ${returns} after 0 to ${lastStep} steps, ${tasks} test tasks.`,
    published: (source: string, name: string, returns: string) => `${source}, ${name}: ${returns}.`,
  },
});
