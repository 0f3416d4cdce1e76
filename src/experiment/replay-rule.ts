// The one rule that every lab with a task buffer has: what is replayed must fit into the batch.
import { ruleWords } from '../words/rules.ts';

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
    e.maxReplayedTasks <= e.metaBatchSize ? null : ruleWords.replay(e.maxReplayedTasks, e.metaBatchSize),
  repair: <E extends Batch>(e: E): E => ({
    ...e,
    maxReplayedTasks: Math.min(e.maxReplayedTasks, e.metaBatchSize),
  }),
} as const;
