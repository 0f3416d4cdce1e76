// Where the strategies end, over seeds.
import { inLanguages } from '../language.ts';

export const reachingFinalWords = inLanguages({
  en: {
    ranks: ['1st', '2nd', '3rd', '4th'],
    /** Headings of columns. */
    nearestIn: 'nearest in',
    median: 'median',
    outOf: (count: string, all: string) => `${count} of ${all}`,
    notComputed: 'Not computed yet.',
    nothing: 'Final distances: not computed yet.',
    strategy: (rank: string, name: string, median: string, wins: string) =>
      `${rank} ${name}, median ${median}, nearest in ${wins}`,
    summary: (seeds: string, strategies: string) =>
      `After the last iteration, ${seeds} seeds: ${strategies}.`,
  },
});
