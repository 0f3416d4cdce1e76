// An entry of the prioritised task buffer; how entries are chosen for replay is in replayed-tasks.ts.
import type { SinusoidTask } from './sinusoid-task.ts';

/** A task of the last batch with its priority score, high = hard: validation loss, or −mean return. */
export interface ScoredTask<Task = SinusoidTask> {
  readonly task: Task;
  readonly score: number;
  /** Whether it was itself a replayed one. */
  readonly replayed: boolean;
}
