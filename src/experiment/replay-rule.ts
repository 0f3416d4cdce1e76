// The one rule that every lab with a task buffer has: what is replayed must fit into the batch.

interface Batch {
  /** MAX_L */
  readonly maxReplayedTasks: number;
  /** M */
  readonly metaBatchSize: number;
}

/** MAX_L ≤ M, as a Rule of any lab's experiment. */
export const REPLAY_FITS = {
  fields: ['maxReplayedTasks', 'metaBatchSize'],
  violation: (e: Batch): string | null =>
    e.maxReplayedTasks <= e.metaBatchSize
      ? null
      : `${e.maxReplayedTasks} replayed tasks do not fit into a batch of ${e.metaBatchSize}. Replay at most ${e.metaBatchSize}, or use more tasks per update.`,
  repair: <E extends Batch>(e: E): E => ({
    ...e,
    maxReplayedTasks: Math.min(e.maxReplayedTasks, e.metaBatchSize),
  }),
} as const;
