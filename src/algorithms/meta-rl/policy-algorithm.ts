// What an algorithm of meta-RL is to the rest of the program: its pseudocode and one meta-iteration, like algorithm.ts
// for supervised tasks. Equations: [MAML] Algorithm 3, [RMAML] Algorithm 2, [FO], REFERENCE 5.
import type { AlgorithmId } from '../../experiment/experiment.ts';
import type { PolicyExperiment } from '../../experiment/policy-experiment.ts';
import type { TrainingState } from '../../gradients/training-request.ts';
import type { Key } from '../../math/rng.ts';
import type { GaussianPolicyShape } from '../../models/gaussian-policy.ts';
import type { EnvironmentSpec, PolicyTask } from '../../tasks/policy-environments.ts';
import type { ScoredTask } from '../../tasks/scored-task.ts';
import type { AdvantageSettings } from '../advantages.ts';
import type { PhaseEvent, PseudocodeLine } from '../algorithm.ts';
import type { TrpoRefusal, TrpoTrace } from '../trpo.ts';
import type { CrewWarning, PolicyCrew } from './crew.ts';

export const POLICY_PHASES = ['sample', 'roll-out', 'adapt', 'roll-out-adapted', 'meta-update'] as const;
/** The parts of a meta-iteration, in order; "step phase" stops after each. */
export type PolicyPhase = (typeof POLICY_PHASES)[number];
export type PolicyPhaseEvent = PhaseEvent<PolicyPhase>;
export type PolicyPseudocodeLine = PseudocodeLine<PolicyPhase>;

/** A task of the last batch with its score: minus its mean return after adaptation. */
export type ScoredPolicyTask = ScoredTask<PolicyTask>;

/** Everything of a run that one meta-iteration changes; a checkpoint is this plus the iteration. */
export type PolicyRunState = TrainingState<PolicyTask>;

/** Why θ stayed as it was. */
export type OuterRefusal =
  | TrpoRefusal
  /** Adam's first step leads to a policy whose surrogate or KL is not finite. */
  | 'non-finite-values';

/** What the outer optimiser did, for the screen. */
export type OuterTrace =
  | { readonly kind: 'trpo'; readonly refusal: TrpoRefusal | null; readonly trace: TrpoTrace }
  /** KL and surrogate after each of Adam's steps; `refusal`: why θ stayed as it was. */
  | {
      readonly kind: 'adam';
      readonly refusal: 'zero-gradient' | 'non-finite-gradient' | 'non-finite-values' | null;
      readonly gradientNorm: number;
      readonly surrogateBefore: number;
      readonly steps: readonly { readonly surrogateLoss: number; readonly kl: number }[];
    }
  /** Reptile's step towards the mean of the adapted parameters. */
  | {
      readonly kind: 'reptile';
      readonly refusal: 'zero-gradient' | 'non-finite-gradient' | null;
      readonly gradientNorm: number;
    }
  /** The run does not train. */
  | { readonly kind: 'none'; readonly refusal: null };

export interface PolicyStepContext {
  readonly experiment: PolicyExperiment;
  readonly environment: EnvironmentSpec;
  readonly shape: GaussianPolicyShape;
  readonly advantages: AdvantageSettings;
  readonly crew: PolicyCrew;
  readonly state: PolicyRunState;
  /** t, from 0. */
  readonly iteration: number;
  /** M tasks freshly drawn from p(T), the same for every run of a comparison; the buffer replaces the last L. */
  readonly freshTasks: readonly PolicyTask[];
  /** Key of this meta-iteration's roll-outs, the same for every run. */
  readonly key: Key;
  /** Milliseconds, for seconds per phase alone. */
  readonly clock: () => number;
}

export interface PolicyStepResult {
  readonly state: PolicyRunState;
  /** The batch as it was trained on, replayed tasks last. */
  readonly tasks: readonly PolicyTask[];
  readonly replayedTasks: number;
  /** Mean returns of each task before and after adaptation: [M]. */
  readonly returnsBefore: Float64Array;
  readonly returnsAfter: Float64Array;
  readonly environmentSteps: number;
  readonly warnings: readonly CrewWarning[];
  readonly outer: OuterTrace;
  readonly seconds: { readonly rollOut: number; readonly inner: number; readonly outer: number };
}

export interface PolicyAlgorithm {
  readonly id: AlgorithmId;
  /** Whether it trains at all ('random' does not). */
  readonly trains: boolean;
  /** Whether its observations tell the task (the oracle). */
  readonly showsTask: boolean;
  pseudocode(experiment: PolicyExperiment): readonly PolicyPseudocodeLine[];
  /** Yields every phase, in order. */
  step(context: PolicyStepContext): AsyncGenerator<PolicyPhaseEvent, PolicyStepResult, void>;
}
