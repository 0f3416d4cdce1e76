// What many seeds of a Reaching experiment say together. Computed in reaching-seeds.ts, drawn by the charts.
import type { Strategy } from '../experiment/experiment.ts';

/** One strategy over N seeds. */
export interface StrategyOutcome {
  readonly strategy: Strategy;
  /** [N] distance to the main centre after the last iteration, by seed. */
  readonly finalDistances: Float64Array;
  /** [P] of the iterations in `at`: quantiles over seeds of the distance there. */
  readonly q25: Float64Array;
  readonly median: Float64Array;
  readonly q75: Float64Array;
  /** Share of seeds in which this strategy ends nearest (ties split evenly). */
  readonly winnerShare: number;
}

/** All strategies of an experiment over seeds first … first + N − 1. */
export interface SeedsOutcome {
  readonly seeds: number;
  /** [P] iterations at which the quantiles were taken, ascending; the first is 0, the last the end. */
  readonly at: Int32Array;
  /** In the experiment's order. */
  readonly strategies: readonly StrategyOutcome[];
}

/** Which number is varied along one axis of a phase map. */
export interface PhaseAxis {
  readonly field: PhaseField;
  /** Ascending. */
  readonly values: readonly number[];
}

/**
 * Single fields of the experiment, and two that stand for several: 'noiseShare' sets both noise counts so that they
 * make up this share of all three clouds (total kept), 'noiseDistance' moves both noise centres along the line from
 * the main centre to that distance.
 */
export const PHASE_FIELDS = [
  'noiseShare',
  'noiseDistance',
  'maxReplayedTasks',
  'replayRampIterations',
  'metaBatchSize',
  'stepSize',
  'innerLearningRate',
  'mainSpread',
  'iterations',
] as const;
export type PhaseField = (typeof PHASE_FIELDS)[number];

export interface PhaseMapRequest {
  readonly x: PhaseAxis;
  readonly y: PhaseAxis;
  readonly seeds: number;
}

/** One cell: who ends nearest, over the seeds. */
export interface PhaseCell {
  /** Index into x.values and y.values. */
  readonly column: number;
  readonly row: number;
  /** In the experiment's order of strategies. */
  readonly winnerShares: Float32Array;
  readonly medianDistances: Float32Array;
}
