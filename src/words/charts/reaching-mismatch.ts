// Where the strategies end between the main centre and the noise.
import { inLanguages } from '../language.ts';

export const mismatchWords = inLanguages({
  en: {
    goal: 'goal: 0',
    noise: (position: string) => `noise: ${position}`,
    key: 'line: tasks sampled; shaded: test distribution',
    nothing: 'Where the strategies end between the main centre and the noise: not run yet.',
    end: (strategy: string, position: string) => `${strategy} at ${position}`,
    summary: (ends: string) => `Along the line from the main centre to the noise: ${ends}; the goal is 0.`,
  },
});
