// One task's loss and the steps on it, too small, right and too large.
import { inLanguages } from '../language.ts';

export const stepSizeWords = inLanguages({
  en: {
    tooSmall: 'too small',
    right: 'right',
    tooLarge: 'too large',
    asFar: (factor: string) => `${factor} × as far`,
    left: (percent: number | null) => `${percent === null ? '< 1' : percent} % left`,
    /** `steps`: "5 steps"; `outcome`: one of the two before. */
    outcome: (steps: string, outcome: string) => `${steps}: ${outcome}`,
    task: 'task',
    alpha: (alpha: string, verdict: string, outcome: string) => `α ${alpha} ${verdict}, ${outcome}`,
    summary: (distance: string, alphas: string) =>
      `One task’s loss from a distance of ${distance}: ${alphas}.`,
  },
});
