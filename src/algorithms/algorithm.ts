// What an algorithm is to the rest of the program: its pseudocode, and one meta-iteration as a generator that
// says which line runs with which live values. What the lines compute lives in the algorithm's own file.
import type { AlgorithmId, SinusoidExperiment } from '../experiment/experiment.ts';
import type { MetaGradientEngine } from '../gradients/meta-gradient.ts';
import type { TrainingState } from '../gradients/training-request.ts';
import type { Key } from '../math/rng.ts';
import type { SinusoidBatch } from '../tasks/sinusoid.ts';
import type { SinusoidTask } from '../tasks/sinusoid-task.ts';

export const PHASES = ['sample', 'inner-gradient', 'adapt', 'query-loss', 'meta-update'] as const;
/** The parts of a meta-iteration, in order; "step phase" stops after each. */
export type Phase = (typeof PHASES)[number];

/** One line of pseudocode. `text` is plain Unicode; `phase` says when it is lit; `value` names its live value. */
export interface PseudocodeLine<P extends string = Phase> {
  readonly text: string;
  /** Indentation level, 0 at the margin. */
  readonly indent: number;
  readonly phase: P | null;
  /** Key into PhaseEvent.values, and the symbol printed before it ("‖g‖"). */
  readonly value?: { readonly key: string; readonly symbol: string };
}

/** Emitted when a phase has run. Values are those of this very meta-iteration, not estimates. */
export interface PhaseEvent<P extends string = Phase> {
  readonly phase: P;
  readonly values: Readonly<Record<string, number>>;
}

/** Everything of a run that one meta-iteration changes; a checkpoint is this plus the iteration. */
export type RunState = TrainingState;

export interface StepContext {
  readonly experiment: SinusoidExperiment;
  readonly engine: MetaGradientEngine;
  readonly state: RunState;
  /** t, from 0. */
  readonly iteration: number;
  /** M tasks freshly drawn from p(T), the same for every run of a comparison; the buffer replaces the last L. */
  readonly freshTasks: readonly SinusoidTask[];
  /** Key of this meta-iteration's data points, the same for every run. */
  readonly key: Key;
  /** freshTasks' points with x as inputs and as many support sets as any run needs, where they are drawn already. */
  readonly freshPoints?: SinusoidBatch;
  /** Yield no phases: nobody looks. What is computed is the same. */
  readonly silent?: boolean;
}

export interface StepResult {
  readonly state: RunState;
  /** Mean over tasks of the query loss after adaptation (before adaptation where the algorithm has none). */
  readonly queryLoss: number;
  /** Mean over tasks of the support loss at θ. */
  readonly supportLoss: number;
  /** Cost of this meta-iteration in gradient evaluations per task; a Hessian–vector product counts two. */
  readonly gradientEvaluations: number;
  /** L, the tasks replayed in this batch. */
  readonly replayedTasks: number;
}

export interface Algorithm {
  readonly id: AlgorithmId;
  /** Whether it trains at all ('random' does not). */
  readonly trains: boolean;
  pseudocode(experiment: SinusoidExperiment): readonly PseudocodeLine[];
  /** Yields every phase, in order, unless the context is silent. */
  step(context: StepContext): AsyncGenerator<PhaseEvent, StepResult, void>;
}
