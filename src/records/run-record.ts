// A run as it is kept: in run files, among pinned runs, in recordings that come with the page. Plain data, structured-
// cloneable; encoding as JSON and reading it back are run-file.ts's affair.
import type { AlgorithmId, AlphaMode, Experiment } from '../experiment/experiment.ts';

export interface RunRecord {
  /** What whoever kept it calls it; null: nothing yet. */
  readonly title: string | null;
  /** The program's version that trained it. */
  readonly program: string;
  readonly experiment: Experiment;
  /** The engine's id. */
  readonly engine: string;
  /** Wall-clock seconds of training, all runs together. */
  readonly seconds: number;
  /** Meta-iterations done. */
  readonly iterations: number;
  /** One per algorithm, in the experiment's order. */
  readonly runs: readonly RecordedRun[];
  /** Ascending by iteration; the last is the end. */
  readonly checkpoints: readonly RecordedCheckpoint[];
}

export interface RecordedRun {
  readonly algorithm: AlgorithmId;
  /** Iteration at which it became non-finite; null: never. */
  readonly divergedAt: number | null;
  /** Columns of equal length by the lab's metric names, thinned; entry i of each belongs to one meta-iteration. */
  readonly metrics: Readonly<Record<string, readonly number[]>>;
  /** The lab's adaptation points (AdaptationPoint, PolicyAdaptationPoint), ascending by iteration. */
  readonly adaptations: readonly RecordedPoint[];
  /** The lab's held-out points; empty where it has none. */
  readonly heldOut: readonly RecordedPoint[];
}

/** An evaluation: numbers and lists of numbers by name. */
export interface RecordedPoint {
  readonly algorithm: AlgorithmId;
  readonly iteration: number;
  readonly [name: string]: unknown;
}

/** θ and α, all that adapting needs. Optimiser and buffer are not kept: training that continues from here begins both anew. */
export interface RecordedCheckpoint {
  readonly iteration: number;
  readonly runs: readonly {
    readonly algorithm: AlgorithmId;
    readonly metaParams: Float32Array;
    readonly alpha: { readonly mode: AlphaMode; readonly values: Float32Array };
    readonly environmentSteps: number;
    readonly seconds: number;
  }[];
}
