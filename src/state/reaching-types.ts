// What the Reaching lab's state is. ReachingState is a zustand store for React (text at most four times a second);
// ReachingData holds what changes every frame and is read by charts past React, as run-data is in the Sinusoid lab.
// The experiment itself is in AppStores.reachingExperiment.
import type { ReachingRun } from '../algorithms/reaching-run.ts';
import type { Strategy } from '../experiment/experiment.ts';
import type { ReachingExperiment } from '../experiment/reaching-experiment.ts';
import type { FieldIssue } from '../experiment/schema.ts';
import type { ReachingTasks } from '../tasks/reaching-field.ts';
import type { PhaseCell, PhaseField, PhaseMapRequest, SeedsOutcome } from '../training/reaching-outcome.ts';

/** Phases of one iteration of [RMAML] Algorithm 2. Their order depends on scoredAt: see phasesOf. */
export const REACHING_PHASES = ['sample', 'move', 'score', 'choose'] as const;
export type ReachingPhase = (typeof REACHING_PHASES)[number];

/** Iterations per second that are offered; null: the whole run within a second. */
export const REACHING_SPEEDS = [5, 10, 20, 50, null] as const;
export type ReachingSpeed = (typeof REACHING_SPEEDS)[number];

/** What the pointer does on the stage. */
export type ReachingTool = 'move' | 'paint' | 'erase';

/** The part of the plane on the stage; `reach` spans half of the shorter side. As charts/plane-window.ts's. */
export interface ArenaWindow {
  readonly x: number;
  readonly y: number;
  readonly reach: number;
}

/** finished: the playhead stands at T, and stays at the end when T changes. */
export type PlayStatus = 'running' | 'paused' | 'finished';

/** Where an answer of the worker stands. waiting: it would take long, and starts when asked. */
export type JobStatus =
  | { readonly kind: 'idle' }
  | { readonly kind: 'waiting' }
  | {
      readonly kind: 'running';
      readonly finished: number;
      readonly total: number;
      /** null: not known yet. */
      readonly secondsLeft: number | null;
    }
  | { readonly kind: 'done' }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly message: string };

/** A phase map, as far as it is computed. */
export interface PhaseMap {
  /** What every cell has in common. */
  readonly experiment: ReachingExperiment;
  readonly request: PhaseMapRequest;
  /** In the order in which they came. A new list whenever some came. */
  readonly cells: readonly PhaseCell[];
}

export interface ReachingState {
  // --- playing: the runs are computed at once, and played by moving through them
  readonly status: PlayStatus;
  /** 0 … T, for text: at most four times a second while playing. Charts read ReachingData. */
  readonly iteration: number;
  /** The phase last run of iteration `iteration`, while stepping by phase; null between iterations. */
  readonly phase: ReachingPhase | null;
  readonly speed: ReachingSpeed;
  /** From the start when finished. */
  play(): void;
  pause(): void;
  /** Runs to the next phase, or to the end of the iteration, and pauses there. */
  step(unit: 'phase' | 'iteration'): void;
  /** To iteration 0; goes on playing if it played. */
  reset(): void;
  /** To that iteration (rounded, kept within 0 … T), paused. */
  scrub(iteration: number): void;
  setSpeed(speed: ReachingSpeed): void;

  // --- looking
  /** Whose batch, pulls and buffer are shown; always one of the experiment's strategies. */
  readonly focus: Strategy;
  readonly window: ArenaWindow;
  /** Width over height of the stage's plane: the window is fitted to it. 1 until the stage is drawn. */
  readonly aspect: number;
  readonly tool: ReachingTool;
  set(patch: Partial<Pick<ReachingState, 'focus' | 'window' | 'tool'>>): void;
  /** All tasks and the start into view. Also happens when a preset or link is opened. */
  fitWindow(): void;
  /** The stage has another shape. A window that was fitted and not moved since is fitted again. */
  setAspect(aspect: number): void;

  // --- many seeds
  readonly seeds: number;
  readonly seedsJob: JobStatus;
  /** Computed by itself a moment after every change, unless that would take long: then when asked. */
  computeSeeds(): void;
  cancelSeeds(): void;
  setSeeds(seeds: number): void;

  // --- phase map: a coarse overview by itself, after the seeds; in full when asked
  readonly phaseX: PhaseField;
  readonly phaseY: PhaseField;
  readonly phaseJob: JobStatus;
  /** Both at once; equal ones are refused. A full map stays until the next is asked for. */
  setPhaseAxes(x: PhaseField, y: PhaseField): void;
  computePhaseMap(): void;
  cancelPhaseMap(): void;
  /** Opens the experiment of a cell of the map drawn: one undo entry. What was wrong with it, if it is refused. */
  openCell(column: number, row: number): readonly FieldIssue[];
}

/** Arrays belong to the data: read, do not write. */
export interface ReachingData {
  /** Grows by one whenever anything below changes. */
  readonly version: number;
  subscribe(listener: () => void): () => void;
  readonly experiment: ReachingExperiment;
  /** Of the experiment, computed when first read after a change; the same object until the next. */
  readonly tasks: ReachingTasks;
  /** One per strategy, in the experiment's order; as `tasks`. */
  readonly runs: readonly ReachingRun[];
  /** 0 … T. */
  readonly iteration: number;
  /** 0 … 1 of the way to the next iteration. While stepping by phase: 1 once the agent has moved. */
  readonly fraction: number;
  readonly phase: ReachingPhase | null;
  /** Over the seeds computed so far; the one before stays until the first news of the next. */
  readonly outcome: SeedsOutcome | null;
  /** The outcome is of an earlier experiment. */
  readonly isOutcomeStale: boolean;
  readonly phaseMap: PhaseMap | null;
  /** The map is of an experiment that differs in more than its two axes. */
  readonly isPhaseMapStale: boolean;
  /** The cell of the map that the present experiment is nearest to; null without a map, or off its edges. */
  readonly currentCell: { readonly column: number; readonly row: number } | null;
}
