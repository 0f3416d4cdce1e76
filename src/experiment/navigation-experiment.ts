// An experiment of the Navigation lab ([MAML] §5.3, [FO], REFERENCE 5.1): a point agent learns to walk to a goal that it
// is not told. Ranges and help are in the field table.
import type { PolicyExperiment } from './policy-experiment.ts';

export const NAVIGATION_REWARDS = ['distance', 'squared-distance'] as const;
/** −‖p − g‖ (the authors' code) or −‖p − g‖² (their text), p after the step. */
export type NavigationReward = (typeof NAVIGATION_REWARDS)[number];

export const NAVIGATION_STARTS = ['origin', 'square'] as const;
/** (0, 0), or anywhere in the unit square ([FO]). */
export type NavigationStart = (typeof NAVIGATION_STARTS)[number];

/** Field names are also the keys in links. Lengths in the plane's own unit. */
export interface NavigationExperiment extends PolicyExperiment {
  readonly lab: 'navigation';

  // --- the environment
  readonly reward: NavigationReward;
  readonly start: NavigationStart;

  // --- goals, uniform in a rectangle within the square [−0.5, 0.5]²
  readonly goalXMin: number;
  readonly goalXMax: number;
  readonly goalYMin: number;
  readonly goalYMax: number;
  /** Share of training goals drawn from a ring around the origin instead (NoiseNav), 0 … 0.9. */
  readonly noiseTaskShare: number;
  readonly noiseInnerRadius: number;
  readonly noiseOuterRadius: number;
}
