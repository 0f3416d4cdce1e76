// The prioritised task buffer (PTB) of RMAML: which tasks of the last batch are replayed.
import type { SinusoidTask } from '../tasks/sinusoid-task.ts';

/** A task of the last batch with its priority score: the validation (query) loss, high = hard. */
export interface ScoredTask {
  readonly task: SinusoidTask;
  readonly score: number;
  /** Whether it was itself a replayed one. */
  readonly replayed: boolean;
}
