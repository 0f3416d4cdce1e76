// The inner learning rate over meta-iterations.
import { inLanguages } from '../language.ts';

export const alphaWords = inLanguages({
  en: {
    layer: (index: number) => `layer ${index}`,
    /** A run's name instead, where several learn their α. */
    layerOf: (name: string, index: number) => `${name} ${index}`,
    fixed: 'fixed α',
    allFixed: 'α is fixed in every run.',
    learned: (name: string, alpha: string, iteration: string) =>
      `${name}: α ${alpha} at iteration ${iteration}.`,
    learnedRange: (name: string, alpha: string, range: string, iteration: string) =>
      `${name}: α ${alpha} (${range}) at iteration ${iteration}.`,
    fixedAt: (name: string, alpha: string) => `${name}: fixed at ${alpha}.`,
    /** Beside the chart's title: what there is one α of. */
    qualifiers: { scalar: 'one\u00a0α', layer: 'per\u00a0layer', parameter: 'per\u00a0parameter' },
  },
});
