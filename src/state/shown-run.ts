// Which state of an algorithm the page shows: the live snapshot, or the checkpoint that the scrubber stands on.
import type { AlgorithmId, SinusoidExperiment } from '../experiment/experiment.ts';
import type { Checkpoint, RunSnapshot } from '../training/session-events.ts';
import { snapshotRun } from '../training/snapshots.ts';
import type { AppStores } from './store-types.ts';

/** A RunSnapshot; `phases` is empty for checkpoints. Its arrays belong to the stores. */
export interface ShownRun extends RunSnapshot {
  readonly isLive: boolean;
}

/** The stores on which it depends what is shown. */
export type ShownStores = Pick<AppStores, 'experiment' | 'view' | 'data'>;

/**
 * What to show of `algorithm` now: null before the first snapshot, or when it takes no part. The same object as
 * before while nothing changed, so that it can be a memo's key.
 */
export function shownRun(stores: ShownStores, algorithm: AlgorithmId): ShownRun | null {
  const { scrubIteration } = stores.view.getState();
  const { experiment } = stores.experiment.getState();
  const checkpoint = scrubIteration === null ? null : checkpointAt(stores.data.checkpoints, scrubIteration);
  if (checkpoint !== null) return fromCheckpoint(experiment, checkpoint, algorithm);
  const snapshot = stores.data.snapshot?.runs.find((run) => run.algorithm === algorithm);
  return snapshot === undefined ? null : live(snapshot);
}

/** The newest checkpoint that is not after `iteration`, else the first; null when there are none. */
export function checkpointAt(checkpoints: readonly Checkpoint[], iteration: number): Checkpoint | null {
  return checkpoints.findLast((checkpoint) => checkpoint.iteration <= iteration) ?? checkpoints[0] ?? null;
}

const liveRuns = new WeakMap<RunSnapshot, ShownRun>();
const keptRuns = new WeakMap<
  Checkpoint['runs'][number],
  { experiment: SinusoidExperiment; shown: ShownRun }
>();

function live(snapshot: RunSnapshot): ShownRun {
  const known = liveRuns.get(snapshot);
  if (known !== undefined) return known;
  const shown = { ...snapshot, isLive: true };
  liveRuns.set(snapshot, shown);
  return shown;
}

function fromCheckpoint(
  experiment: SinusoidExperiment,
  checkpoint: Checkpoint,
  algorithm: AlgorithmId,
): ShownRun | null {
  const kept = checkpoint.runs.find((run) => run.algorithm === algorithm);
  if (kept === undefined) return null;
  const known = keptRuns.get(kept);
  if (known?.experiment === experiment) return known.shown;
  const iteration = kept.divergedAt === null ? checkpoint.iteration : kept.divergedAt - 1;
  const run = { ...kept, iteration, phases: [] };
  const shown = { ...snapshotRun(experiment, run, checkpoint.iteration), isLive: false };
  keptRuns.set(kept, { experiment, shown });
  return shown;
}
