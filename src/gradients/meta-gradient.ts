// The one interface behind which every engine computes meta-gradients, so that no algorithm knows which engine
// runs. Equations: docs/algorithms; v ← v − ∇²L(θ_j)(α∘v) backwards along the inner path gives MAML's gradient.
import type { FloatArray } from '../math/arrays.ts';
import type { InnerLearningRate } from '../models/inner-learning-rate.ts';
import type { MlpShape } from '../models/mlp-shape.ts';
import type { TaskBatch } from '../tasks/task-batch.ts';
import type { TrainingRequest, TrainingResult } from './training-request.ts';

export const ENGINE_IDS = [
  'fused-wasm',
  'fused-webgpu',
  'composed-wasm',
  'composed-webgpu',
  'composed-cpu',
  'reference',
] as const;
/**
 * fused-*: the whole meta-gradient as one hand-derived kernel, float32. composed-*: tfjs autodiff, float32, any
 * order. reference: hand-derived loops over float64 typed arrays, the tests' yardstick and, for small nets, also fast.
 */
export type EngineId = (typeof ENGINE_IDS)[number];

export interface AdaptationRequest {
  readonly shape: MlpShape;
  /** θ [P] */
  readonly metaParams: FloatArray;
  readonly alpha: InnerLearningRate;
  /** k ≥ 0. */
  readonly innerSteps: number;
  readonly tasks: TaskBatch;
  /** Also return θ′ per task; a read-back on GPUs, so off by default. */
  readonly wantAdaptedParams?: boolean;
}

export interface AdaptationResult {
  /** Support loss before each of steps 1…k, and after step k on the set of the last step: [k + 1, M]. */
  readonly supportLosses: FloatArray;
  /** Query loss after 0…k steps: [k + 1, M]. */
  readonly queryLosses: FloatArray;
  /** θ′ [M, P], present when asked for. */
  readonly adaptedParams?: FloatArray;
}

/**
 * second: MAML, through the inner path exactly. first: FOMAML, the path's Jacobian taken as the identity.
 * reptile: mean over tasks of θ − θ_k (a direction; the query set is only scored, not differentiated).
 */
export type MetaGradientKind = 'second' | 'first' | 'reptile';

export interface MetaGradientRequest extends AdaptationRequest {
  readonly kind: MetaGradientKind;
  /** Also compute ∂ mean Q/∂α (for 'first' and 'reptile' with v held fixed along the path). */
  readonly wantAlphaGradient: boolean;
}

export interface MetaGradientResult {
  /** Mean over tasks, [P]. */
  readonly metaGradient: FloatArray;
  /** Mean over tasks, in the layout of alpha.values; present when asked for. */
  readonly alphaGradient?: FloatArray;
  /** Support loss of each task at θ, before adaptation: [M]. */
  readonly supportLosses: FloatArray;
  /** Query loss of each task at θ′: [M]. */
  readonly queryLosses: FloatArray;
  /** Mean over tasks of ‖∇L(θ)‖, the first inner gradient (0 when k = 0). */
  readonly innerGradientNorm: number;
  /** θ′ [M, P], present when asked for. */
  readonly adaptedParams?: FloatArray;
}

/** What decides whether an engine can run an experiment; sizes are upper bounds over its requests. */
export interface EngineLimits {
  readonly shape: MlpShape;
  readonly innerSteps: number;
  readonly taskCount: number;
  /** Points per set, support or query, whichever is more. */
  readonly points: number;
}

/**
 * An engine. Losses are means over points and outputs of squared errors. Results are new arrays owned by the
 * caller. Non-finite numbers are returned as they are: the session judges them. Any throw means the engine must
 * be disposed of (tfjs leaks after one).
 */
export interface MetaGradientEngine {
  readonly id: EngineId;
  metaGradient(request: MetaGradientRequest): Promise<MetaGradientResult>;
  adapt(request: AdaptationRequest): Promise<AdaptationResult>;
  dispose(): void;
  /**
   * Why the engine cannot run such requests here, in plain words that name what is too big or missing ("fused-webgpu
   * holds up to 64 units per layer; got 100"), or null. Without it the engine runs everything.
   */
  unsupported?(limits: EngineLimits): string | null;
  /** Engines that run many meta-iterations in one call; see training-request.ts. Same rules as metaGradient. */
  train?(request: TrainingRequest): Promise<TrainingResult>;
  /**
   * GPU engines: settles with the cause when the device is gone, pending for as long as it works. The engine is
   * then dead and so is the whole tfjs instance around it: start a new worker.
   */
  readonly lost?: Promise<string>;
  /** GPU engines, for tests only: loses the device as a driver reset would. */
  destroyDevice?(): void;
}
