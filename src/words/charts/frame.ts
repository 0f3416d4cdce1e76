// What many charts say: the empty chart, units of axes, what the pointer reads.
import { inLanguages } from '../language.ts';

export const frameWords = inLanguages({
  en: {
    waiting: 'Being measured…',
    empty: 'Press Run to draw this.',
    nothing: 'Nothing measured yet.',
    notTrained: (name: string) => `${name}: not trained yet.`,
    divergedAt: (iteration: string) => `diverged at ${iteration}`,
    /** Units, after an axis' last number. */
    iterations: 'iterations',
    steps: 'steps',
    seconds: 's',
    iteration: (iteration: string) => `iteration ${iteration}`,
    countedSteps: (count: number) => `${count} ${count === 1 ? 'step' : 'steps'}`,
    afterSteps: (count: number) => `after ${count} ${count === 1 ? 'step' : 'steps'}`,
    inSeconds: (seconds: string) => `${seconds} s`,
    range: (from: string, to: string) => `${from} to ${to}`,
  },
});
