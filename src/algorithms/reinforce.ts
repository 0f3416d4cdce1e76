// The inner loop of meta-RL ([MAML] Algorithm 3): each step collects fresh trajectories with the policies so far and
// takes one REINFORCE step per task, θ′ = θ + α∘mean(∇logProb · advantage). Who collects is the caller's business.
import type { PolicyAdaptationResult, PolicyGradientEngine } from '../gradients/policy-gradient.ts';
import type { FloatArray } from '../math/arrays.ts';
import { mean } from '../math/statistics.ts';
import type { GaussianPolicyShape } from '../models/gaussian-policy.ts';
import type { InnerLearningRate } from '../models/inner-learning-rate.ts';
import type { PolicyBatch } from '../tasks/policy-batch.ts';
import type { Trajectories } from '../tasks/trajectories.ts';
import { type AdvantageSettings, type AdvantageWarning, toPolicyBatch } from './advantages.ts';

/** Trajectories of every task with the given policies, [P] for all tasks or [M, P]; `step` is k so far, from 0. */
export type Collect = (params: FloatArray, step: number) => Promise<Trajectories>;

export interface InnerLoopRequest {
  readonly engine: PolicyGradientEngine;
  readonly shape: GaussianPolicyShape;
  /** θ [P] */
  readonly metaParams: FloatArray;
  /** Inner step j goes by alphas[j]: k = alphas.length ([MAML] halves α after the first step at test time). */
  readonly alphas: readonly InnerLearningRate[];
  readonly advantages: AdvantageSettings;
  readonly collect: Collect;
  /** The engine will be asked for an objective along these very steps. */
  readonly opensNext?: boolean;
}

export interface InnerLoopResult {
  /** After 0 … k steps: [k + 1] sets of trajectories; the last are those that the outer objective is judged on. */
  readonly trajectories: readonly Trajectories[];
  /** The same, with advantages. */
  readonly batches: readonly PolicyBatch[];
  /** θ_k [M, P]; θ itself, [P], when k = 0. */
  readonly adaptedParams: FloatArray;
  /** What each of the k steps found: θ_1 … θ_k of every task, losses and gradients before it. */
  readonly adaptations: readonly PolicyAdaptationResult[];
  /** Inner losses before each step, mean over tasks: [k]. */
  readonly innerLosses: readonly number[];
  /** Mean over tasks of ‖∇L‖ at the first step; 0 when k = 0. */
  readonly innerGradientNorm: number;
  /** `step` says whose trajectories. */
  readonly warnings: readonly (AdvantageWarning & { readonly step: number })[];
}

/** Adapts every task by k REINFORCE steps and collects once more with the adapted policies. */
export async function adaptByReinforce(request: InnerLoopRequest): Promise<InnerLoopResult> {
  const { engine, shape, alphas, collect, opensNext = false } = request;
  const trajectories: Trajectories[] = [];
  const batches: PolicyBatch[] = [];
  const warnings: (AdvantageWarning & { readonly step: number })[] = [];
  const adaptations: PolicyAdaptationResult[] = [];
  let params = request.metaParams;
  const gather = async (step: number): Promise<PolicyBatch> => {
    const collected = await collect(params, step);
    const judged = toPolicyBatch(collected, request.advantages);
    trajectories.push(collected);
    batches.push(judged.batch);
    warnings.push(...judged.warnings.map((warning) => ({ ...warning, step })));
    return judged.batch;
  };
  for (const [step, alpha] of alphas.entries()) {
    const support = await gather(step);
    const adapted = await engine.adapt({ shape, params, alpha, support, opensNext });
    adaptations.push(adapted);
    params = adapted.adaptedParams;
  }
  await gather(alphas.length);
  const first = adaptations[0];
  return {
    trajectories,
    batches,
    adaptedParams: params,
    adaptations,
    innerLosses: adaptations.map((adapted) => mean(adapted.innerLosses)),
    innerGradientNorm: first === undefined ? 0 : mean(first.innerGradientNorms),
    warnings,
  };
}
