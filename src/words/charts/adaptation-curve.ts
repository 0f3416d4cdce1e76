// The loss by inner step, of the Sinusoid lab.
import { inLanguages } from '../language.ts';

export const adaptationWords = inLanguages({
  en: {
    /** `counts`: a name and its number each. */
    diverged: (counts: string, tasks: number) => `diverged: ${counts} of ${tasks}`,
    divergedTasks: (count: number) => `diverged: ${count} tasks`,
    published: (sources: string) => `means, ${sources}`,
    stepsOn: (steps: string, points: number) => `${steps}, K = ${points}`,
    notMeasured: (name: string) => `${name}: not measured yet.`,
    summary: (name: string, at: (step: number) => string, points: number) =>
      `${name}: median loss ${at(0)} before, ${at(1)} after 1 step, ${at(10)} after 10 steps, K = ${points}.`,
    lost: (count: number, tasks: number) => `${count} of ${tasks} tasks diverged.`,
  },
});
