// Returns by batch size.
import { inLanguages } from '../language.ts';

export const gridWords = inLanguages({
  en: {
    trajectories: 'trajectories per task',
    tasks: 'tasks per batch',
    nothing: 'Nothing computed yet.',
    cell: (value: string, tasks: number, trajectories: number) =>
      `${value} with ${tasks} tasks of ${trajectories} trajectories`,
    /** `worst` is null where there is one cell. */
    summary: (name: string, count: number, best: string, worst: string | null) =>
      `${name}, best of ${count}: ${best}${worst === null ? '' : `; worst ${worst}`}.`,
  },
});
