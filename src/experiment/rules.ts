// The Sinusoid lab's rules between fields: what each setting alone cannot say. A rule names the control at which it
// is explained and how to get back to something that works. Limits of single fields are in the field table.
import { MAX_ADAPTED_NUMBERS, parameterCountOf } from './cost.ts';
import type { SinusoidExperiment } from './experiment.ts';
import type { FieldKey } from './field-types.ts';
import { FIELDS } from './fields.ts';
import type { Rule } from './lab.ts';
import { REPLAY_FITS } from './replay-rule.ts';

type NumericKey = {
  [K in FieldKey]: SinusoidExperiment[K] extends number ? K : never;
}[FieldKey];

/** low ≤ high. */
function ordered(low: NumericKey, high: NumericKey): Rule<SinusoidExperiment> {
  return {
    fields: [low, high],
    violation: (e) =>
      e[low] <= e[high]
        ? null
        : `“${FIELDS[low].label}” is ${e[low]}, above “${FIELDS[high].label}”, ${e[high]}. Lower the one or raise the other.`,
    repair: (e, fallback) => ({ ...e, [low]: fallback[low], [high]: fallback[high] }),
  };
}

/** All rules, in the order in which they are repaired; a repair breaks no earlier rule. */
export const RULES: readonly Rule<SinusoidExperiment>[] = [
  ordered('amplitudeMin', 'amplitudeMax'),
  ordered('phaseMin', 'phaseMax'),
  ordered('noiseAmplitudeMin', 'noiseAmplitudeMax'),
  ordered('noisePhaseMin', 'noisePhaseMax'),
  ordered('testAmplitudeMin', 'testAmplitudeMax'),
  ordered('testPhaseMin', 'testPhaseMax'),
  ordered('alphaMin', 'alphaMax'),
  {
    fields: ['xMin', 'xMax'],
    violation: (e) =>
      e.xMin < e.xMax
        ? null
        : `“${FIELDS.xMin.label}” is ${e.xMin} and “${FIELDS.xMax.label}” ${e.xMax}: the range has no width. Lower the one or raise the other.`,
    repair: (e, fallback) => ({ ...e, xMin: fallback.xMin, xMax: fallback.xMax }),
  },
  {
    fields: ['hiddenWidths', 'metaBatchSize'],
    violation: (e) => {
      const parameters = parameterCountOf(e.hiddenWidths, 3);
      const numbers = parameters * e.metaBatchSize;
      if (numbers <= MAX_ADAPTED_NUMBERS) return null;
      const tasks = Math.floor(MAX_ADAPTED_NUMBERS / parameters);
      return `${e.metaBatchSize} tasks × ${parameters} parameters would need ${numbers} numbers in memory at once; at most ${MAX_ADAPTED_NUMBERS} fit. Use narrower layers, or at most ${tasks} tasks per update.`;
    },
    repair: (e, fallback) => ({
      ...e,
      hiddenWidths: fallback.hiddenWidths,
      metaBatchSize: fallback.metaBatchSize,
    }),
  },
  REPLAY_FITS,
];
