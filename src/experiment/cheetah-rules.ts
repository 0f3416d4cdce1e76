// The Cheetah lab's rules between fields, and what its experiments cost. Limits of single fields are in the field table.
import { adaptedNumbersFit } from './adapted-numbers-rule.ts';
import type { CheetahExperiment } from './cheetah-experiment.ts';
import { CHEETAH_FIELDS } from './cheetah-fields.ts';
import { CHEETAH_PRESETS } from './cheetah-presets.ts';
import { parameterCountOf } from './cost.ts';
import type { Rule } from './lab.ts';
import { ordered } from './ordered-rule.ts';
import { policyMultiplyAdds, TIMESTEPS_FIT } from './policy-rules.ts';
import { REPLAY_FITS } from './replay-rule.ts';

/** finn2017's 20 observations; the oracle sees the goal too. */
const MOST_INPUTS = 21;
const ACTIONS = 6;
/** The presets at the paper’s scale are some 170 times dearer than the default one. */
const HEAVY_FACTOR = 400;

/** P: the mean's net, and log σ of each action. */
function parametersOf({ hiddenWidths }: Pick<CheetahExperiment, 'hiddenWidths'>): number {
  return parameterCountOf(hiddenWidths, MOST_INPUTS, ACTIONS) + ACTIONS;
}

/** All rules, in the order in which they are repaired; a repair breaks no earlier rule. */
export const CHEETAH_RULES: readonly Rule<CheetahExperiment>[] = [
  ordered(CHEETAH_FIELDS, 'goalMin', 'goalMax'),
  ordered(CHEETAH_FIELDS, 'noiseGoalMin', 'noiseGoalMax'),
  ordered(CHEETAH_FIELDS, 'alphaMin', 'alphaMax'),
  TIMESTEPS_FIT,
  adaptedNumbersFit(parametersOf),
  REPLAY_FITS,
];

/** Whether a link to this experiment opens paused, so that the user decides to start it. */
export function isHeavyCheetah(e: CheetahExperiment): boolean {
  const usual = CHEETAH_PRESETS[0].experiment;
  const cost = (of: CheetahExperiment) => policyMultiplyAdds(of, parametersOf(of));
  return cost(e) > HEAVY_FACTOR * cost(usual);
}
