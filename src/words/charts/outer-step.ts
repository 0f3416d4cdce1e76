// The last outer step of one run of a policy: TRPO's line search, or Adam's steps.
import { inLanguages } from '../language.ts';

export const outerStepWords = inLanguages({
  en: {
    refusals: {
      'zero-gradient': 'the meta-gradient is 0',
      'non-finite-gradient': 'the meta-gradient is not finite',
      'non-finite-values': 'values became infinite',
      'no-curvature': 'no usable curvature',
      'line-search-failed': 'no try was good enough',
    },
    none: 'no step yet',
    untrained: 'does not train',
    kept: (reason: string) => `kept θ: ${reason}`,
    reptile: 'Reptile has no trust region',
    /** `kl` is null where nothing was tried. */
    adam: (steps: number, kl: string | null) =>
      `${steps} Adam ${steps === 1 ? 'step' : 'steps'}${kl === null ? '' : `, KL ${kl}`}`,
    taken: (tries: number, kl: string | null) => `taken at try ${tries}${kl === null ? '' : `, KL ${kl}`}`,
    most: (kl: string) => `max ${kl}`,
    /** Of the steps above. */
    summary: (step: string) => `Last outer step: ${step}.`,
    summaryChanged: (step: string, change: string) =>
      `Last outer step: ${step}; surrogate loss changed by ${change}.`,
  },
});
