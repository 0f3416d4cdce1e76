// The task buffer of the Reaching lab.
import { inLanguages } from '../language.ts';

export const reachingBufferWords = inLanguages({
  en: {
    noBuffer: 'UNIFORM: no buffer',
    distances: 'distances',
    replayed: (count: string, most: string) => `L = ${count} of ${most}`,
    iterations: (count: string) => `${count} iterations`,
    noBatch: 'Task buffer: no batch yet.',
    none: 'no buffer',
    kept: (replayed: number, chosen: number) => `${replayed} replayed, ${chosen} chosen for the next batch`,
    /** `kept`: one of the two before. */
    summary: (batch: {
      readonly strategy: string;
      readonly iteration: string;
      readonly tasks: number;
      readonly distances: string;
      readonly kept: string;
      readonly noise: number;
    }) =>
      `${batch.strategy} at iteration ${batch.iteration}: ${batch.tasks} tasks, distances ${batch.distances}; ${batch.kept}, ${batch.noise} from noise clouds.`,
  },
});
