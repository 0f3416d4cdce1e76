// What the page paints of a meta-RL session: copies of the runs' current state. No decisions here.
import { replayedTaskCount, usesTaskBuffer } from '../algorithms/task-buffer.ts';
import { selectReplayedSlots } from '../tasks/replayed-tasks.ts';
import type { PolicyRun } from './policy-run.ts';
import type {
  PolicyBatchSnapshot,
  PolicyRunSnapshot,
  TrainablePolicyExperiment,
} from './policy-session-events.ts';
import { describeWarnings } from './policy-warnings.ts';

/** A copy of `run`; `iteration` is the session's, which decides the next batch's L. */
export function snapshotPolicyRun(
  experiment: TrainablePolicyExperiment,
  run: PolicyRun,
  iteration: number,
): PolicyRunSnapshot {
  const { algorithm, state, last } = run;
  return {
    algorithm,
    iteration: run.iteration,
    metaParams: state.metaParams.slice(),
    alpha: { mode: state.alpha.mode, values: state.alpha.values.slice() },
    batch: snapshotBatch(experiment, run, iteration),
    usesBuffer: usesTaskBuffer(experiment, algorithm),
    outer: last?.outer ?? null,
    warnings: last === null ? [] : describeWarnings(last.warnings, last.outer, last.tasks.length),
    phases: [...run.phases],
    earlierPhases: [...run.earlierPhases],
  };
}

function snapshotBatch(
  experiment: TrainablePolicyExperiment,
  { algorithm, state, last }: PolicyRun,
  iteration: number,
): PolicyBatchSnapshot | null {
  if (last === null) return null;
  const { tasks, returnsBefore, returnsAfter, replayedTasks } = last;
  const chosen = new Uint8Array(tasks.length);
  if (usesTaskBuffer(experiment, algorithm)) {
    const scores = state.buffer.map((entry) => entry.score);
    const count = replayedTaskCount(experiment, iteration);
    for (const slot of selectReplayedSlots(scores, experiment.strategy, count)) chosen[slot] = 1;
  }
  const fresh = tasks.length - replayedTasks;
  return {
    tasks: [...tasks],
    returnsBefore: Float32Array.from(returnsBefore),
    returnsAfter: Float32Array.from(returnsAfter),
    replayed: Uint8Array.from(tasks, (_, slot) => (slot >= fresh ? 1 : 0)),
    chosen,
  };
}
