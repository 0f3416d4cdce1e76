// What the page paints: copies of the runs' current state. No decisions here.
import { replayedTaskCount, usesTaskBuffer } from '../algorithms/task-buffer.ts';
import type { SinusoidExperiment } from '../experiment/experiment.ts';
import { selectReplayedSlots } from '../tasks/replayed-tasks.ts';
import type { Run } from './run.ts';
import type { BufferSnapshot, RunSnapshot } from './session-events.ts';

/** A copy of `run`; `iteration` is the session's, which decides the next batch's L. */
export function snapshotRun(experiment: SinusoidExperiment, run: Run, iteration: number): RunSnapshot {
  const { metaParams, alpha } = run.state;
  return {
    algorithm: run.algorithm,
    iteration: run.iteration,
    metaParams: metaParams.slice(),
    alpha: { mode: alpha.mode, values: alpha.values.slice() },
    buffer: snapshotBuffer(experiment, run, iteration),
    phases: [...run.phases],
  };
}

function snapshotBuffer(experiment: SinusoidExperiment, run: Run, iteration: number): BufferSnapshot | null {
  if (!usesTaskBuffer(experiment, run.algorithm)) return null;
  const { buffer } = run.state;
  const scores = Float32Array.from(buffer, (entry) => entry.score);
  const chosen = new Uint8Array(buffer.length);
  // Judged on the exact scores, as the next batch will be.
  const exact = buffer.map((entry) => entry.score);
  const count = replayedTaskCount(experiment, iteration);
  for (const slot of selectReplayedSlots(exact, experiment.strategy, count)) chosen[slot] = 1;
  return {
    scores,
    replayed: Uint8Array.from(buffer, (entry) => (entry.replayed ? 1 : 0)),
    isNoise: Uint8Array.from(buffer, (entry) => (entry.task.isNoise ? 1 : 0)),
    chosen,
    tasks: Float32Array.from(buffer.flatMap((entry) => [entry.task.amplitude, entry.task.phase])),
  };
}
