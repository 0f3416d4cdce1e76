// The distance to the main centre over iterations.
import { inLanguages } from '../language.ts';

export const reachingDistanceWords = inLanguages({
  en: {
    nothing: 'Distance to the main centre: nothing run yet.',
    summary: (iteration: string, distances: string) =>
      `Distance to the main centre at iteration ${iteration}: ${distances}.`,
    medians: (seeds: string, distances: string) => `Medians of ${seeds} seeds at the end: ${distances}.`,
  },
});
