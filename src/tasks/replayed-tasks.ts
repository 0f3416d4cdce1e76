// Which tasks of the last batch are replayed, by their scores ([RMAML] Alg. 2). Who keeps a buffer, and how many tasks are
// replayed when, algorithms/task-buffer.ts says.
import type { Strategy } from '../experiment/experiment.ts';
import type { ScoredTask } from './scored-task.ts';

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
