// Who does the work of a meta-RL iteration on the tasks: roll-outs, baselines, inner steps, and the outer objective of
// what came of them. A crew may be this thread with one engine, or a pool of workers that each hold whole tasks; the
// numbers are the same. Types only.
import type { MetaGradientKind } from '../../gradients/meta-gradient.ts';
import type { PolicyObjective } from '../../gradients/policy-gradient.ts';
import type { Key } from '../../math/rng.ts';
import type { GaussianPolicyShape } from '../../models/gaussian-policy.ts';
import type { InnerLearningRate } from '../../models/inner-learning-rate.ts';
import type { EnvironmentSpec, PolicyTask } from '../../tasks/policy-environments.ts';
import type { Trajectories } from '../../tasks/trajectories.ts';
import type { AdvantageSettings, AdvantageWarning } from '../advantages.ts';

/** Plain and structured-cloneable. */
export interface CrewRequest {
  readonly environment: EnvironmentSpec;
  readonly tasks: readonly PolicyTask[];
  readonly shape: GaussianPolicyShape;
  /** θ [P] */
  readonly metaParams: Float32Array;
  /** Inner step j goes by alphas[j]: k = alphas.length. */
  readonly alphas: readonly InnerLearningRate[];
  /** E */
  readonly episodes: number;
  /** H */
  readonly horizon: number;
  /** Episode e of task i after j steps draws from foldIn(foldIn(foldIn(key, j), i), e). */
  readonly key: Key;
  readonly advantages: AdvantageSettings;
  /** What the outer optimiser will ask for; null: nothing (an evaluation, a probe). Needs one α for all steps. */
  readonly objective: {
    readonly kind: MetaGradientKind;
    /** Timesteps per task for curvature products, drawn with the key; 0: all. */
    readonly curvatureRows: number;
    readonly curvatureKey: Key;
    /** PolicyObjectiveRequest's. */
    readonly ratioClip?: number;
  } | null;
  /** Tasks, by number, whose trajectories and adapted parameters are wanted; empty: none. */
  readonly keep: readonly number[];
}

/** One task, for the screen. */
export interface KeptTask {
  /** Its number in the request. */
  readonly task: number;
  /** After 0 … k steps: [k + 1], one task each. */
  readonly trajectories: readonly Trajectories[];
  /** θ_0 … θ_k: [k + 1, P]. */
  readonly params: Float32Array;
}

/** What was unusual; training goes on. `step`: of the trajectories collected after that many inner steps. */
export type CrewWarning =
  | (AdvantageWarning & { readonly step: number })
  /** Episodes ended because the environment's state became unstable. */
  | {
      readonly kind: 'unstable';
      readonly task: number;
      readonly step: number;
      readonly episodes: number;
    }
  /** An action was NaN or infinite; its episode ended before it. */
  | {
      readonly kind: 'non-finite-action';
      readonly task: number;
      readonly step: number;
      readonly episode: number;
    };

export interface CrewOutcome {
  /** Mean over the episodes of their returns, after 0 … k steps: [k + 1, M]. */
  readonly returns: Float64Array;
  /** Environment.meanGains after 0 … k steps: [k + 1, M]; empty where the environment has none. */
  readonly gains: Float64Array;
  /** Environment.velocityErrors likewise. */
  readonly velocityErrors: Float64Array;
  /** ‖∇L‖ and L at the first inner step: [M], zeros when k = 0. */
  readonly innerGradientNorms: Float64Array;
  readonly innerLosses: Float64Array;
  /** Steps taken in all episodes after 0 … k inner steps together. */
  readonly environmentSteps: number;
  readonly warnings: readonly CrewWarning[];
  readonly kept: readonly KeptTask[];
  /** Wall time of collecting, and of baselines and inner steps; where threads share the work, their share of it. */
  readonly seconds: { readonly rollOut: number; readonly inner: number };
  /**
   * null when none was asked for. Release it before the next request for one; requests without (evaluations, probes)
   * may come in between.
   */
  readonly objective: PolicyObjective | null;
}

export interface PolicyCrew {
  /** The engine's id. */
  readonly id: string;
  /** Equal numbers for equal requests, however many threads share the work. Any throw means: dispose of the crew. */
  adapt(request: CrewRequest): Promise<CrewOutcome>;
  dispose(): void;
  /** GPU crews: settles with the cause when the device is gone. */
  readonly lost?: Promise<string>;
  /** For tests only: loses the device, or kills a worker of the pool, as the browser would. */
  destroyDevice?(): void;
}
