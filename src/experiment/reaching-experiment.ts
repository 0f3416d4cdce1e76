// An experiment of the Reaching lab ([RMAML] §5, Fig. 3): points in a plane as tasks, an agent whose position is its
// weight, and a buffer that decides which tasks it meets again. Ranges and help are in the field table.
import type { Strategy } from './experiment.ts';

/** How L, the number of replayed tasks, grows to MAX_L at `replayRampIterations`. L is 0 at iteration 0 always. */
export const REPLAY_SCHEDULES = ['linear', 'step', 'constant'] as const;
/** linear: round(MAX_L · min(1, t/ramp)); step: 0 before the ramp's end, MAX_L from it on; constant: MAX_L at once. */
export type ReplaySchedule = (typeof REPLAY_SCHEDULES)[number];

export const MIDDLES = ['ranks', 'mean-score'] as const;
/** What MEDIUM takes: ranks from floor((M − L)/2) on; or the L tasks whose scores lie nearest to the mean score. */
export type Middle = (typeof MIDDLES)[number];

export const SCORED_AT = ['updated', 'before'] as const;
/** Where the agent stands when distances are measured: after the meta-update (as in the paper) or before it. */
export type ScoredAt = (typeof SCORED_AT)[number];

/** Field names are also the keys in links. Lengths are in the plane's own unit. */
export interface ReachingExperiment {
  readonly lab: 'reaching';
  readonly preset: string;
  /** Unsigned 32-bit integer: the clouds' points and every batch derive from it. */
  readonly seed: number;
  /** Which agents run, in canonical order (STRATEGIES), at least one, no repeats. */
  readonly strategies: readonly Strategy[];

  // --- the clouds: normal, one standard deviation for both axes. `main` is the test distribution and the goal.
  readonly mainX: number;
  readonly mainY: number;
  readonly mainSpread: number;
  readonly mainCount: number;
  readonly firstNoiseX: number;
  readonly firstNoiseY: number;
  readonly firstNoiseSpread: number;
  readonly firstNoiseCount: number;
  readonly secondNoiseX: number;
  readonly secondNoiseY: number;
  readonly secondNoiseSpread: number;
  readonly secondNoiseCount: number;
  /** Tasks painted by the user, x and y in turn: x₀, y₀, x₁, y₁, … */
  readonly extraTasks: readonly number[];

  // --- the learner
  readonly startX: number;
  readonly startY: number;
  /** β: w ← w + β mean((1 − α)² (task − w)). */
  readonly stepSize: number;
  /**
   * α of the optional per-task adaptation w′ = w + α (task − w); 0: none, as in the paper. The loss is
   * ½‖w′ − task‖², so the meta-gradient gains (1 − α)² and the score |1 − α|.
   */
  readonly innerLearningRate: number;
  readonly iterations: number;

  // --- the buffer
  /** M */
  readonly metaBatchSize: number;
  /** MAX_L, at most M. */
  readonly maxReplayedTasks: number;
  readonly replaySchedule: ReplaySchedule;
  readonly replayRampIterations: number;
  readonly middle: Middle;
  readonly scoredAt: ScoredAt;
}
