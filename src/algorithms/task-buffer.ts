// The prioritised task buffer (PTB) of RMAML ([RMAML] Alg. 2): which tasks of the last batch are replayed.
// After each meta-update all M tasks go into B with their scores; the next batch is L of them and M − L fresh.
import type { AlgorithmId, AppliesTo, Strategy } from '../experiment/experiment.ts';
import type { ReplaySchedule } from '../experiment/reaching-experiment.ts';
import { mean } from '../math/statistics.ts';
import type { ScoredTask } from '../tasks/scored-task.ts';

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
 * Slots of the `count` tasks to replay, by ascending score: EASY the first, MEDIUM those from
 * floor((M − L)/2) on, HARD the last, UNIFORM none. Equal scores keep batch order; NaN counts as hardest.
 */
export function selectReplayedSlots(scores: ArrayLike<number>, strategy: Strategy, count: number): number[] {
  if (strategy === 'uniform') return [];
  const ascending = rankSlots(scores, new Int32Array(scores.length));
  const taken = Math.min(count, ascending.length);
  const start = firstReplayedRank(ascending.length, strategy, taken);
  return [...ascending.subarray(start, start + taken)];
}

/** Writes the slots by ascending score into `order` and returns it. Equal scores keep batch order; NaN is hardest. */
export function rankSlots(scores: ArrayLike<number>, order: Int32Array): Int32Array {
  const size = scores.length;
  if (size > INSERTION_LIMIT) {
    for (let slot = 0; slot < size; slot++) order[slot] = slot;
    // Stable since ES2019.
    return order.sort((a, b) =>
      isHarder(scores[a]!, scores[b]!) ? 1 : isHarder(scores[b]!, scores[a]!) ? -1 : 0,
    );
  }
  // Insertion sort: nothing is allocated, and for one batch it is faster than a comparator.
  for (let slot = 0; slot < size; slot++) {
    const score = scores[slot]!;
    let rank = slot;
    while (rank > 0 && isHarder(scores[order[rank - 1]!]!, score)) {
      order[rank] = order[rank - 1]!;
      rank -= 1;
    }
    order[rank] = slot;
  }
  return order;
}

/** The rank, from 0, of the easiest of the L replayed tasks among M. UNIFORM, which replays none, has 0. */
export function firstReplayedRank(batchSize: number, strategy: Strategy, count: number): number {
  const spare = batchSize - count;
  if (strategy === 'hard') return spare;
  return strategy === 'medium' ? Math.floor(spare / 2) : 0;
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

/** Larger batches are left to the built-in sort, which grows slower than the square of M. */
const INSERTION_LIMIT = 64;

/** a > b, NaN above all numbers and equal to +∞. */
function isHarder(a: number, b: number): boolean {
  return a > b || (Number.isNaN(a) && b < Number.POSITIVE_INFINITY);
}

/** The tasks of the last batch to replay, easiest first. */
export function selectReplayed<Task>(
  buffer: readonly ScoredTask<Task>[],
  strategy: Strategy,
  count: number,
): Task[] {
  const scores = buffer.map((entry) => entry.score);
  return selectReplayedSlots(scores, strategy, count).map((slot) => buffer[slot]!.task);
}

/** B after a meta-update: the whole batch with its scores; the last `replayed` were replayed ones. */
export function fillBuffer<Task>(
  tasks: readonly Task[],
  scores: ArrayLike<number>,
  replayed: number,
): ScoredTask<Task>[] {
  return tasks.map((task, slot) => ({
    task,
    score: scores[slot]!,
    replayed: slot >= tasks.length - replayed,
  }));
}
