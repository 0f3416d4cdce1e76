// Many meta-iterations in one call, for the fused engines, to which what surrounds a meta-gradient costs as much as the
// gradient: tasks and points are drawn by the kernels from the same keys, θ and Adam's moments stay where they are, and
// everything comes back in one read. What is computed is exactly what algorithms/ computes step by step, up to the engine's precision.
import type { Strategy } from '../experiment/experiment.ts';
import type { Key } from '../math/rng.ts';
import type { InnerLearningRate } from '../models/inner-learning-rate.ts';
import type { MlpShape } from '../models/mlp-shape.ts';
import type { OptimizerState } from '../models/optimizer-state.ts';
import type { ScoredTask } from '../tasks/scored-task.ts';
import type { PointSettings, SinusoidDistribution } from '../tasks/sinusoid.ts';
import type { SinusoidTask } from '../tasks/sinusoid-task.ts';
import type { MetaGradientKind } from './meta-gradient.ts';

/** What a run carries from meta-iteration to meta-iteration. */
export interface TrainingState<Task = SinusoidTask> {
  /** θ [P] */
  readonly metaParams: Float32Array;
  readonly optimizer: OptimizerState;
  readonly alpha: InnerLearningRate & { readonly values: Float32Array };
  /** B: the last batch with its scores, in batch order; empty without a buffer or before iteration 1. */
  readonly buffer: readonly ScoredTask<Task>[];
}

/**
 * Where meta-iteration t's data come from: its M tasks are sampleTasks(foldIn(taskKey, t), distribution, M), of
 * which the last L are replaced by replayed ones; its points sampleBatch(foldIn(pointsKey, t), tasks, points).
 */
export interface TaskStream {
  readonly taskKey: Key;
  readonly pointsKey: Key;
  readonly distribution: SinusoidDistribution;
  readonly points: PointSettings;
  /** M */
  readonly metaBatchSize: number;
}

/** How θ follows from the meta-gradient g. */
export type OuterUpdate =
  /** optimiser(θ, gradientScale · g, learningRate), by state.optimizer's kind. */
  | { readonly kind: 'optimizer'; readonly gradientScale: number; readonly learningRate: number }
  /** Reptile: θ − stepSizes[i] · g in the i-th iteration of the request. */
  | { readonly kind: 'steps'; readonly stepSizes: readonly number[] };

export interface TrainingRequest {
  readonly kind: MetaGradientKind;
  readonly shape: MlpShape;
  readonly innerSteps: number;
  readonly stream: TaskStream;
  readonly outer: OuterUpdate;
  /** α ← clamp(α − learningRate · ∂ mean Q/∂α, min, max) after each iteration; null: α is constant. */
  readonly alphaUpdate: { readonly learningRate: number; readonly min: number; readonly max: number } | null;
  /** counts: L in each iteration of the request (at most the buffer's size); null: no buffer. */
  readonly replay: { readonly strategy: Strategy; readonly counts: readonly number[] } | null;
  readonly state: TrainingState;
  /** t of the first iteration, from 0. */
  readonly iteration: number;
  /** How many, at least 1. */
  readonly iterations: number;
  /** An iteration whose mean query loss is non-finite or above this is not applied, and is the last one tried. */
  readonly lossLimit: number;
}

export interface TrainingResult {
  /** Iterations applied; fewer than asked when the next one diverges. `state` is the state after them. */
  readonly completed: number;
  readonly state: TrainingState;
  /** Per applied iteration: means over tasks of the query loss after and the support loss before adaptation. */
  readonly queryLosses: FloatList;
  readonly supportLosses: FloatList;
  /** α's [mean, min, max] after each applied iteration; empty when α is constant. */
  readonly alphaSummaries: FloatList;
}

type FloatList = Float32Array | Float64Array;
