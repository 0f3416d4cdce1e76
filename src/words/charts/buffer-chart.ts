// The task buffer of one run. Strategies have the papers' names in every language.
import { inLanguages } from '../language.ts';

export const bufferWords = inLanguages({
  en: {
    chosen: (strategy: string, count: number) =>
      count === 0 ? `${strategy}, none chosen yet` : `${strategy}, ${count} for the next batch`,
    fresh: 'fresh',
    replayed: 'replayed',
    noise: 'noise',
    /** Under the bars, which are sorted. */
    order: 'easy → hard',
    none: 'This run has no task buffer.',
    noBuffer: (name: string) => `${name}: no task buffer.`,
    noBatch: (name: string) => `${name}: no batch scored yet.`,
    summary: (run: {
      readonly name: string;
      readonly strategy: string;
      readonly tasks: number;
      readonly scores: string;
      readonly replayed: number;
      readonly chosen: number;
      readonly noise: number;
    }) =>
      `${run.name}, ${run.strategy}: ${run.tasks} tasks, scores ${run.scores}; ${run.replayed} replayed, ${run.chosen} chosen for the next batch${run.noise > 0 ? `, ${run.noise} noise` : ''}.`,
  },
});
