// An experiment of the Cheetah lab ([MAML] §5.3, [RMAML], REFERENCE 5.2): a planar half-cheetah learns to run at a velocity,
// or in a direction, that it is not told. Ranges and help are in the field table.
import type { PolicyExperiment } from './policy-experiment.ts';

export const CHEETAH_FAMILIES = ['dir', 'vel', 'noise-vel'] as const;
/** dir: forwards or backwards; vel: at a velocity; noise-vel: the same, with goals in training that tests never ask for. */
export type CheetahFamily = (typeof CHEETAH_FAMILIES)[number];

export const CHEETAH_CONVENTIONS = ['gym', 'finn2017'] as const;
/** How time, velocity, observations and starts are defined; returns compare within one of them only. */
export type CheetahConventionId = (typeof CHEETAH_CONVENTIONS)[number];

export const GOAL_DRAWS = ['spread', 'independent'] as const;
/** spread: each batch covers the range, or has both directions; independent: as in the papers. */
export type CheetahGoalDraw = (typeof GOAL_DRAWS)[number];

export const OBSERVATION_SCALINGS = ['scaled', 'raw'] as const;
/** scaled: times fixed numbers that bring them to about ±1; raw: metres, radians and seconds. */
export type ObservationScaling = (typeof OBSERVATION_SCALINGS)[number];

export const ACTION_COSTS = ['asked', 'clipped'] as const;
/** What 0.05 ‖a‖² is taken of: the action as sampled, or what the motors take of it. */
export type ActionCost = (typeof ACTION_COSTS)[number];

/** Field names are also the keys in links. Velocities in m/s. */
export interface CheetahExperiment extends PolicyExperiment {
  readonly lab: 'cheetah';

  // --- the environment
  readonly convention: CheetahConventionId;
  readonly observationScaling: ObservationScaling;
  readonly actionCost: ActionCost;
  /** What actions are divided by before the motors clip them to ±1. */
  readonly actionRange: number;

  // --- tasks
  readonly family: CheetahFamily;
  readonly goalDraw: CheetahGoalDraw;
  readonly goalMin: number;
  readonly goalMax: number;
  /** NoiseVEL: share of training goals from the range below instead, 0 … 0.9. */
  readonly noiseTaskShare: number;
  readonly noiseGoalMin: number;
  readonly noiseGoalMax: number;
}
