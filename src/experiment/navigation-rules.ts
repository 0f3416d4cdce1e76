// The Navigation lab's rules between fields, and what its experiments cost. Limits of single fields (goals outside the
// square, say) are in the field table.
import { adaptedNumbersFit } from './adapted-numbers-rule.ts';
import { parameterCountOf } from './cost.ts';
import type { Rule } from './lab.ts';
import type { NavigationExperiment } from './navigation-experiment.ts';
import { NAVIGATION_FIELDS } from './navigation-fields.ts';
import { NAVIGATION_PRESETS } from './navigation-presets.ts';
import { ordered } from './ordered-rule.ts';
import { policyMultiplyAdds, TIMESTEPS_FIT } from './policy-rules.ts';
import { REPLAY_FITS } from './replay-rule.ts';

/** Position; the oracle sees the goal too. */
const MOST_INPUTS = 4;
const ACTIONS = 2;
/** A meta-iteration this many times dearer than the default preset’s is heavy; no preset is. */
const HEAVY_FACTOR = 100;

/** P: the mean's net, and log σ of each action. */
function parametersOf({ hiddenWidths }: Pick<NavigationExperiment, 'hiddenWidths'>): number {
  return parameterCountOf(hiddenWidths, MOST_INPUTS, ACTIONS) + ACTIONS;
}

/** All rules, in the order in which they are repaired; a repair breaks no earlier rule. */
export const NAVIGATION_RULES: readonly Rule<NavigationExperiment>[] = [
  ordered(NAVIGATION_FIELDS, 'goalXMin', 'goalXMax'),
  ordered(NAVIGATION_FIELDS, 'goalYMin', 'goalYMax'),
  ordered(NAVIGATION_FIELDS, 'noiseInnerRadius', 'noiseOuterRadius'),
  ordered(NAVIGATION_FIELDS, 'alphaMin', 'alphaMax'),
  TIMESTEPS_FIT,
  adaptedNumbersFit(parametersOf),
  REPLAY_FITS,
];

/** Whether a link to this experiment opens paused, so that the user decides to start it. */
export function isHeavyNavigation(e: NavigationExperiment): boolean {
  const usual = NAVIGATION_PRESETS[0].experiment;
  const cost = (of: NavigationExperiment) => policyMultiplyAdds(of, parametersOf(of));
  return cost(e) > HEAVY_FACTOR * cost(usual);
}
