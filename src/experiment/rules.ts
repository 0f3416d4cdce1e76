// The Sinusoid lab's rules between fields: what each setting alone cannot say. A rule names the control at which it
// is explained and how to get back to something that works. Limits of single fields are in the field table.

import { ruleWords } from '../words/rules.ts';
import { adaptedNumbersFit } from './adapted-numbers-rule.ts';
import { parameterCountOf } from './cost.ts';
import type { SinusoidExperiment } from './experiment.ts';
import { FIELDS } from './fields.ts';
import type { Rule } from './lab.ts';
import { ordered } from './ordered-rule.ts';
import { REPLAY_FITS } from './replay-rule.ts';

/** All rules, in the order in which they are repaired; a repair breaks no earlier rule. */
export const RULES: readonly Rule<SinusoidExperiment>[] = [
  ordered(FIELDS, 'amplitudeMin', 'amplitudeMax'),
  ordered(FIELDS, 'phaseMin', 'phaseMax'),
  ordered(FIELDS, 'noiseAmplitudeMin', 'noiseAmplitudeMax'),
  ordered(FIELDS, 'noisePhaseMin', 'noisePhaseMax'),
  ordered(FIELDS, 'testAmplitudeMin', 'testAmplitudeMax'),
  ordered(FIELDS, 'testPhaseMin', 'testPhaseMax'),
  ordered(FIELDS, 'alphaMin', 'alphaMax'),
  {
    fields: ['xMin', 'xMax'],
    violation: (e) =>
      e.xMin < e.xMax
        ? null
        : ruleWords.noWidth(
            { label: FIELDS.xMin.label, value: e.xMin },
            { label: FIELDS.xMax.label, value: e.xMax },
          ),
    repair: (e, fallback) => ({ ...e, xMin: fallback.xMin, xMax: fallback.xMax }),
  },
  adaptedNumbersFit((e) => parameterCountOf(e.hiddenWidths, 3)),
  REPLAY_FITS,
];
