// What an engine on the CPU must be able to do with the timesteps of ONE task; policy-objective.ts makes the whole
// objective of it (inner path, J, sums over tasks). Engines that batch over tasks implement policy-gradient.ts instead.
import type { GaussianPolicyShape } from '../models/gaussian-policy.ts';
import type { PolicyBatch } from '../tasks/policy-batch.ts';
import type { PolicyValues } from './policy-gradient.ts';

/**
 * One task's timesteps, held by the engine (a WASM engine copies them in). Every loss is a mean over them, and 0
 * without any. Vectors are [P]: `params` and `vector` are read, `gradient` and `product` overwritten. A call with the
 * very array of the call before may take its numbers for unchanged, so that passes can be kept: never write to an
 * array that was handed in as `params` while the rows are in use.
 */
export interface PolicyRows {
  readonly count: number;
  /** REINFORCE: returns L = −mean logProb · advantage and writes its gradient. */
  innerGradient(params: Float64Array, gradient: Float64Array): number;
  /** L alone. */
  innerLoss(params: Float64Array): number;
  /** ∇²L(params) · vector, exactly. */
  innerHessianVector(params: Float64Array, vector: Float64Array, product: Float64Array): void;
  /** Keeps logProb and the means of this policy as the old ones, for the three below; c as PolicyObjectiveRequest's. */
  rememberOld(params: Float64Array, ratioClip?: number): void;
  /** Surrogate loss and KL(old ‖ params). */
  evaluate(params: Float64Array): PolicyValues;
  /** Returns the surrogate loss and writes its gradient. */
  surrogateGradient(params: Float64Array, gradient: Float64Array): number;
  /** The policy's Fisher matrix (mean over the timesteps' observations) times vector: KL's Hessian at old = params. */
  fisherVector(params: Float64Array, vector: Float64Array, product: Float64Array): void;
  release(): void;
}

export interface PolicyKernels {
  readonly id: string;
  /** The timesteps of task `task` of the batch. */
  load(shape: GaussianPolicyShape, batch: PolicyBatch, task: number): PolicyRows;
  dispose(): void;
}
