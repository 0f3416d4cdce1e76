// The prioritised task buffer (PTB) of RMAML ([RMAML] Alg. 2): which tasks of the last batch are replayed.
// After each meta-update all M tasks go into B with their scores; the next batch is L of them and M − L fresh.
import type { AlgorithmId, SinusoidExperiment, Strategy } from '../experiment/experiment.ts';
import type { ScoredTask } from '../tasks/scored-task.ts';
import type { SinusoidTask } from '../tasks/sinusoid-task.ts';

/** Whether this run keeps a buffer. 'random' never does: it does not learn from its batches. */
export function usesTaskBuffer(experiment: SinusoidExperiment, algorithm: AlgorithmId): boolean {
  if (algorithm === 'random') return false;
  return experiment.taskBuffer === 'all' || experiment.taskBuffer === algorithm;
}

/** L at meta-iteration t (from 0): round(MAX_L · min(1, t / ramp)), so 0 at t = 0; never more than M. */
export function replayedTaskCount(experiment: SinusoidExperiment, iteration: number): number {
  if (iteration === 0 || experiment.strategy === 'uniform') return 0;
  const ramp = Math.min(1, iteration / Math.max(1, experiment.replayRampIterations));
  return Math.min(Math.round(experiment.maxReplayedTasks * ramp), experiment.metaBatchSize);
}

/**
 * Slots of the `count` tasks to replay, by ascending score: EASY the first, MEDIUM those from
 * floor((M − L)/2) on, HARD the last, UNIFORM none. Equal scores keep batch order; NaN counts as hardest.
 */
export function selectReplayedSlots(scores: ArrayLike<number>, strategy: Strategy, count: number): number[] {
  if (strategy === 'uniform') return [];
  const rank = (slot: number) => (Number.isNaN(scores[slot]) ? Number.POSITIVE_INFINITY : scores[slot]!);
  const ascending = Array.from({ length: scores.length }, (_, slot) => slot).sort((a, b) =>
    rank(a) === rank(b) ? a - b : rank(a) - rank(b),
  );
  const taken = Math.min(count, ascending.length);
  const spare = ascending.length - taken;
  const start = { easy: 0, medium: Math.floor(spare / 2), hard: spare }[strategy];
  return ascending.slice(start, start + taken);
}

/** The tasks of the last batch to replay, easiest first. */
export function selectReplayed(
  buffer: readonly ScoredTask[],
  strategy: Strategy,
  count: number,
): SinusoidTask[] {
  const scores = buffer.map((entry) => entry.score);
  return selectReplayedSlots(scores, strategy, count).map((slot) => buffer[slot]!.task);
}

/** B after a meta-update: the whole batch with its query losses; the last `replayed` were replayed ones. */
export function fillBuffer(
  tasks: readonly SinusoidTask[],
  queryLosses: ArrayLike<number>,
  replayed: number,
): ScoredTask[] {
  return tasks.map((task, slot) => ({
    task,
    score: queryLosses[slot]!,
    replayed: slot >= tasks.length - replayed,
  }));
}
