// What one strategy's run in the Reaching lab consists of, in full: small enough to keep every iteration, so that
// the page can show and scrub to any of them. How it is computed is in ideal-learner.ts.
import type { Strategy } from '../experiment/experiment.ts';

/**
 * The run of one strategy over T meta-iterations. Iteration t (from 0) samples batch t at agent position path[t] and
 * moves it to path[t + 1].
 */
export interface ReachingRun {
  readonly strategy: Strategy;
  /** T */
  readonly iterations: number;
  /** M */
  readonly batchSize: number;
  /** [T + 1, 2] the agent's position before each iteration, and at the end. */
  readonly path: Float64Array;
  /** [T + 1] distance to the main cloud's centre. */
  readonly distances: Float64Array;
  /** [T] L: the last L of a batch's slots are replayed tasks, the others fresh. */
  readonly replayed: Int32Array;
  /** [T, M] which task, by index into ReachingTasks. Fresh slots are the same for all strategies. */
  readonly batches: Int32Array;
  /** [T, M] priority score of each slot's task: its distance to the agent (after adaptation, where there is one). */
  readonly scores: Float64Array;
  /** [T, M] 1 where the strategy takes the slot's task into the next batch (of iteration t + 1). */
  readonly chosen: Uint8Array;
  /** [T, 4] how much the fresh and the replayed tasks move the agent: dx, dy of the fresh, dx, dy of the replayed. */
  readonly pulls: Float64Array;
}
