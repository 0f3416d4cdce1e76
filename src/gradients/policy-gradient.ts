// The one interface behind which every engine computes the gradients and curvature of meta-reinforcement learning, so
// that algorithms/ know neither the engine nor where the timesteps are (here, in a pool of workers, on a GPU).
// Equations: [MAML] Algorithm 3 with TRPO outside. J = ∂θ_k/∂θ = Π (I − ∇²L_j(θ_j) diag α)ᵀ; KL's Hessian is JᵀFJ.
import type { FloatArray } from '../math/arrays.ts';
import type { GaussianPolicyShape } from '../models/gaussian-policy.ts';
import type { InnerLearningRate } from '../models/inner-learning-rate.ts';
import type { PolicyBatch } from '../tasks/policy-batch.ts';
import type { MetaGradientKind } from './meta-gradient.ts';

/** One REINFORCE step per task: θ′ᵢ = θᵢ − α∘∇Lᵢ(θᵢ), Lᵢ = −mean over the task's timesteps of logProb · advantage. */
export interface PolicyAdaptationRequest {
  readonly shape: GaussianPolicyShape;
  /** [P], the same for every task, or [M, P]. */
  readonly params: FloatArray;
  /** In mode 'layer' one value per layer of the net and one more for logStd. */
  readonly alpha: InnerLearningRate;
  readonly support: PolicyBatch;
  /** `open` will be asked for an objective with this very batch in its support: an engine may keep what it found. */
  readonly opensNext?: boolean;
}

export interface PolicyAdaptationResult {
  /** θ′ [M, P] */
  readonly adaptedParams: Float64Array;
  /** Lᵢ at the given parameters: [M]. */
  readonly innerLosses: Float64Array;
  /** ‖∇Lᵢ‖ there: [M]. */
  readonly innerGradientNorms: Float64Array;
}

/** What a meta-iteration is judged on: the adapted policies' trajectories, and how they were adapted. */
export interface PolicyObjectiveRequest {
  readonly shape: GaussianPolicyShape;
  /** θ_old [P]: the ratio's denominator and KL's first argument are the policies adapted from it. */
  readonly metaParams: FloatArray;
  readonly alpha: InnerLearningRate;
  /** second: through the inner steps exactly; first: J = I (FOMAML); reptile: gradient mean(θ − θ_k), no curvature. */
  readonly kind: MetaGradientKind;
  /** Inner step j adapts on support[j]: k = support.length, 0 for plain policy gradients. */
  readonly support: readonly PolicyBatch[];
  readonly query: PolicyBatch;
  /**
   * c: the surrogate becomes −mean min(r·A, clip(r, 1 − c, 1 + c)·A) = −mean min(r·A, A + c·|A|), without gradient where
   * the second is less (PPO). Absent: no limit. KL and curvature know nothing of it.
   */
  readonly ratioClip?: number;
  /** Fewer timesteps for curvature products alone; the path, gradients and values always use all. */
  readonly curvature?: {
    /** For F; the query set unless given. */
    readonly query?: PolicyBatch;
    /** For the ∇²L in J, one per inner step; the support sets unless given. */
    readonly support?: readonly PolicyBatch[];
  };
}

export interface PolicyValues {
  /** −mean over tasks of the mean over their timesteps of exp(logProb_new − logProb_old) · advantage, clipped if asked. */
  readonly surrogateLoss: number;
  /** Mean over tasks of the mean over their timesteps of KL(old ‖ new), both adapted. */
  readonly kl: number;
}

export interface PolicyGradientResult {
  /** Mean over tasks of the surrogate losses' gradients in θ: [P]. */
  readonly metaGradient: Float64Array;
  /** The surrogate's derivative in α, in α's layout, mean over tasks (v held fixed unless 'second'). */
  readonly alphaGradient?: Float64Array;
  readonly surrogateLoss: number;
}

/**
 * The outer objective of one meta-iteration, around θ_old. Results are new arrays owned by the caller; non-finite
 * numbers are returned as they are. Equal for any number of workers: sums over tasks run in the tasks' order.
 */
export interface PolicyObjective {
  /** P. */
  readonly parameterCount: number;
  /** θ_k of every task, adapted from θ_old: [M, P]. */
  adaptedParams(): Promise<Float64Array>;
  /** Inner losses from θ_old: [k + 1, M], before steps 1 … k and after step k on its own set; [0] without steps. */
  innerLosses(): Promise<Float64Array>;
  /** The gradient at any θ (θ_old unless given). */
  gradient(request?: {
    readonly metaParams?: FloatArray;
    readonly wantAlphaGradient?: boolean;
  }): Promise<PolicyGradientResult>;
  /** Surrogate and KL at any θ: what a line search asks for. */
  evaluate(metaParams: FloatArray): Promise<PolicyValues>;
  /** JᵀFJ v: KL's Hessian in θ at θ_old times v [P] (J = I for 'first'). Throws for 'reptile'. */
  klHessianVector(vector: FloatArray): Promise<Float64Array>;
  /** Frees what the objective holds; it may not be used afterwards. */
  release(): void;
}

/** An engine. Any throw means that it must be disposed of. */
export interface PolicyGradientEngine {
  readonly id: string;
  adapt(request: PolicyAdaptationRequest): Promise<PolicyAdaptationResult>;
  open(request: PolicyObjectiveRequest): Promise<PolicyObjective>;
  dispose(): void;
  /** GPU engines: settles with the cause when the device is gone. */
  readonly lost?: Promise<string>;
  /** For tests only: loses the device, as a driver reset would. */
  destroyDevice?(): void;
}
