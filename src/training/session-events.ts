// What a training session yields: the vocabulary between training and whoever drives it (worker, CLI, tests).
// Plain data only, structured-cloneable, so that the worker forwards it unchanged.
import type { PhaseEvent, RunState } from '../algorithms/algorithm.ts';
import type { AlgorithmId, AlphaMode, SinusoidExperiment } from '../experiment/experiment.ts';
import type { MetaGradientEngine } from '../gradients/meta-gradient.ts';
import type { SessionEventOf, SessionOf } from './session-kinds.ts';

/** One row per run and meta-iteration. Metrics are never dropped. */
export interface IterationMetrics {
  readonly algorithm: AlgorithmId;
  /** Number of meta-updates done, from 1. */
  readonly iteration: number;
  /** Mean query loss of this batch after adaptation. */
  readonly queryLoss: number;
  /** Mean support loss of this batch at θ. */
  readonly supportLoss: number;
  /** Cumulative gradient evaluations per task (a Hessian–vector product counts two). */
  readonly gradientEvaluations: number;
  /** Cumulative seconds spent in this run's own steps. */
  readonly seconds: number;
  /** L of this batch. */
  readonly replayedTasks: number;
  /** α: mean, minimum and maximum over its entries, after the update. */
  readonly alphaMean: number;
  readonly alphaMin: number;
  readonly alphaMax: number;
}

/** Order of IterationMetrics' numbers when packed as rows of a Float64Array by the worker. */
export const METRIC_COLUMNS = [
  'iteration',
  'queryLoss',
  'supportLoss',
  'gradientEvaluations',
  'seconds',
  'replayedTasks',
  'alphaMean',
  'alphaMin',
  'alphaMax',
] as const satisfies readonly Exclude<keyof IterationMetrics, 'algorithm'>[];
export type MetricColumn = (typeof METRIC_COLUMNS)[number];

/** Distribution over test tasks. A task counts as diverged when its loss is non-finite or above 100; it stays
 * in the quantiles (as +∞ when non-finite) and is left out of the mean only when non-finite. */
export interface LossSummary {
  readonly mean: number;
  readonly median: number;
  readonly q25: number;
  readonly q75: number;
  readonly diverged: number;
}

/** Held-out query loss after the experiment's test-time adaptation, on fixed test tasks. */
export interface HeldOutPoint {
  readonly algorithm: AlgorithmId;
  readonly iteration: number;
  readonly gradientEvaluations: number;
  readonly seconds: number;
  readonly tasks: number;
  readonly loss: LossSummary;
}

/** Query loss after 0…10 steps for one support size; entry i of each list is after i steps. */
export interface AdaptationCurve {
  readonly supportSize: number;
  readonly steps: readonly number[];
  readonly mean: readonly number[];
  readonly median: readonly number[];
  readonly q25: readonly number[];
  readonly q75: readonly number[];
  readonly diverged: readonly number[];
}

export interface AdaptationPoint {
  readonly algorithm: AlgorithmId;
  readonly iteration: number;
  readonly tasks: number;
  /** One per K = 5, 10, 20 (and the experiment's testSupportSize if it is another). */
  readonly curves: readonly AdaptationCurve[];
}

/** Everything needed to continue bit-exactly: one RunState per run, in the experiment's order. */
export interface Checkpoint {
  readonly iteration: number;
  readonly runs: readonly {
    readonly algorithm: AlgorithmId;
    readonly state: RunState;
    readonly gradientEvaluations: number;
    readonly seconds: number;
    /** Iteration at which this run diverged; it takes no further part. */
    readonly divergedAt: number | null;
  }[];
}

/** The last batch as the buffer sees it, in batch order. */
export interface BufferSnapshot {
  /** [M] priority scores. */
  readonly scores: Float32Array;
  /** [M] 1 where the task was itself replayed in this batch. */
  readonly replayed: Uint8Array;
  /** [M] 1 where it is a noise task. */
  readonly isNoise: Uint8Array;
  /** [M] 1 where the strategy chooses it for the next batch. */
  readonly chosen: Uint8Array;
  /** [M, 2] amplitude, phase. */
  readonly tasks: Float32Array;
}

export interface RunSnapshot {
  readonly algorithm: AlgorithmId;
  readonly iteration: number;
  readonly metaParams: Float32Array;
  readonly alpha: { readonly mode: AlphaMode; readonly values: Float32Array };
  readonly buffer: BufferSnapshot | null;
  /** The latest event of each phase of the last meta-iteration, in order. */
  readonly phases: readonly PhaseEvent[];
}

/** θ's path and a few tasks' adapted parameters in one common plane, (x, y) pairs. */
export interface ParameterSpace {
  readonly runs: readonly {
    readonly algorithm: AlgorithmId;
    /** [n, 2], oldest first; the last is the current θ. */
    readonly path: Float32Array;
    /** [n] meta-iteration of each path point, ascending; the last is the run's current one. */
    readonly iterations: readonly number[];
    /** [tasks, 2]: θ′ of the same few test tasks for every run, after the test-time inner steps. */
    readonly adapted: Float32Array;
  }[];
  /** Share of the paths' variance that the plane shows, 0…1. */
  readonly explainedVariance: number;
}

/** Big, latest wins. */
export interface Snapshot {
  readonly iteration: number;
  readonly runs: readonly RunSnapshot[];
  readonly parameterSpace: ParameterSpace | null;
}

/** The Sinusoid lab's SessionKinds. */
export interface SinusoidKinds {
  readonly experiment: SinusoidExperiment;
  readonly metrics: IterationMetrics;
  readonly heldOut: HeldOutPoint;
  readonly adaptation: AdaptationPoint;
  readonly probe: never;
  readonly probeRequest: never;
  readonly checkpoint: Checkpoint;
  readonly snapshot: Snapshot;
  readonly phase: PhaseEvent;
  readonly engine: MetaGradientEngine;
}

export type SessionEvent = SessionEventOf<SinusoidKinds>;
export type Session = SessionOf<SinusoidKinds>;
