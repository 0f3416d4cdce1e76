// The prioritised task buffer (PTB) of RMAML ([RMAML] Alg. 2): who keeps one, and how many tasks are replayed.
// After each meta-update all M tasks go into B with their scores; the next batch is L of them and M − L fresh;
// which L, tasks/replayed-tasks.ts says.
import type { AlgorithmId, AppliesTo, Strategy } from '../experiment/experiment.ts';
import type { ReplaySchedule } from '../experiment/reaching-experiment.ts';
import { mean } from '../math/statistics.ts';

/** Whether this run keeps a buffer. 'random' never does: it does not learn from its batches. */
export function usesTaskBuffer(
  experiment: { readonly taskBuffer: AppliesTo },
  algorithm: AlgorithmId,
): boolean {
  if (algorithm === 'random') return false;
  return experiment.taskBuffer === 'all' || experiment.taskBuffer === algorithm;
}

/** What L depends on. A lab without a choice of schedules has the linear one. */
export interface ReplaySettings {
  readonly strategy: Strategy;
  readonly metaBatchSize: number;
  readonly maxReplayedTasks: number;
  readonly replayRampIterations: number;
  readonly replaySchedule?: ReplaySchedule;
}

/**
 * L at meta-iteration t (from 0): 0 at t = 0 and for UNIFORM; round(MAX_L · min(1, t / ramp)) where it grows
 * linearly, MAX_L from t = ramp on for a step, or at once; never more than M.
 */
export function replayedTaskCount(settings: ReplaySettings, iteration: number): number {
  const { strategy, metaBatchSize, maxReplayedTasks, replayRampIterations, replaySchedule } = settings;
  if (iteration === 0 || strategy === 'uniform') return 0;
  const progress = Math.min(1, iteration / Math.max(1, replayRampIterations));
  const share = { linear: progress, step: Math.floor(progress), constant: 1 }[replaySchedule ?? 'linear'];
  return Math.min(Math.round(maxReplayedTasks * share), metaBatchSize);
}

/**
 * The same for the other middle: the L tasks whose scores lie nearest to the mean score. They have neighbouring
 * ranks; of two tasks as near, the easier is taken. `order` is rankSlots(scores).
 */
export function firstRankNearMean(scores: ArrayLike<number>, order: Int32Array, count: number): number {
  const centre = mean(scores);
  const distance = (rank: number) => Math.abs(scores[order[rank]!]! - centre);
  let start = 0;
  while (start + count < scores.length && distance(start + count) < distance(start)) start += 1;
  return start;
}
