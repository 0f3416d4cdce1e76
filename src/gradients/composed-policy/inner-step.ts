// One inner loss of a group of tasks, −mean logProb · advantage, at given parameters: its gradient, and the product of
// its Hessian with a vector from the same pass. The path over several steps is group-objective.ts's.
import { mul, sub, type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { GaussianPolicyShape } from '../../models/gaussian-policy.ts';
import type { BatchTensors } from './batch-tensors.ts';
import {
  backward,
  forward,
  type LinearisedPass,
  linearise,
  tangentBackward,
  tangentForward,
} from './mlp-passes.ts';
import {
  reinforceLoss,
  reinforceScore,
  reinforceTangent,
  type Score,
  type Spread,
  scoreGradient,
  spreadOf,
  standardised,
} from './policy-heads.ts';

/** A policy's parameters, a gradient or a direction: the blocks of policy-layout.ts, [1 or G, rows, columns] each. */
export type PolicyTensors = readonly Tensor[];

/** The inner loss at `params`, differentiated once and ready to be differentiated again. */
export interface InnerPass {
  readonly params: PolicyTensors;
  readonly pass: LinearisedPass;
  readonly deltas: readonly Tensor[];
  readonly score: Score;
  readonly spread: Spread;
  readonly gradient: PolicyTensors;
}

/** The layers' blocks. */
export function netOf(tensors: PolicyTensors): PolicyTensors {
  return tensors.slice(0, -1);
}

/** The block of logStd. */
export function logStdOf(tensors: PolicyTensors): Tensor {
  return tensors[tensors.length - 1]!;
}

/** Works out the pass; the caller's tidy owns it. */
export function runInnerPass(
  shape: GaussianPolicyShape,
  params: PolicyTensors,
  batch: BatchTensors,
): InnerPass {
  const { activation, minLogStd } = shape;
  const spread = spreadOf(logStdOf(params), minLogStd);
  const pass = linearise(activation, forward(activation, netOf(params), batch.inputs));
  const score = reinforceScore(batch, standardised(batch, pass.outputs, spread));
  const head = scoreGradient(score, spread);
  const { deltas, gradients } = backward(pass, netOf(params), head.means);
  return { params, pass, deltas, score, spread, gradient: [...gradients, head.logStd] };
}

/** Everything in the pass that innerHessianVector needs and that is not its batch's. */
export function tensorsOf({ pass, deltas, score, spread, params }: InnerPass): Tensor[] {
  const slopes = pass.slopes.filter((slope) => slope !== null);
  const { inverseStd, logStd, open } = spread;
  return [
    ...params,
    ...pass.inputs.slice(1),
    ...slopes,
    ...deltas,
    score.z,
    score.moments,
    inverseStd,
    logStd,
    ...(open === null ? [] : [open]),
  ];
}

/** The loss of every task at the policy [G, 1, 1], without a gradient. */
export function innerLoss(shape: GaussianPolicyShape, params: PolicyTensors, batch: BatchTensors): Tensor {
  return tidy(() => {
    const spread = spreadOf(logStdOf(params), shape.minLogStd);
    const { outputs } = forward(shape.activation, netOf(params), batch.inputs);
    return reinforceLoss(reinforceScore(batch, standardised(batch, outputs, spread)), spread);
  });
}

/** ∇²L · vector, exactly, of every task. What fills the vector's blocks up must be 0; the product's does not matter. */
export function innerHessianVector(
  { activation }: GaussianPolicyShape,
  inner: InnerPass,
  vector: PolicyTensors,
): Tensor[] {
  const { pass, deltas, score, spread } = inner;
  return tidy(() => {
    const params = netOf(inner.params);
    const tangent = tangentForward(pass, params, netOf(vector));
    const head = reinforceTangent(score, spread, { means: tangent.outputs, logStd: logStdOf(vector) });
    const net = tangentBackward(
      { activation, params, vector: netOf(vector), pass, deltas, tangent },
      head.means,
    );
    return [...net, head.logStd];
  });
}

/** a − b∘c, block by block. */
export function minusProduct(a: PolicyTensors, b: PolicyTensors, c: PolicyTensors): Tensor[] {
  return a.map((block, at) => tidy(() => sub(block, mul(b[at]!, c[at]!))));
}

/** a − b, block by block. */
export function minus(a: PolicyTensors, b: PolicyTensors): Tensor[] {
  return a.map((block, at) => sub(block, b[at]!));
}

/** a∘b, block by block. */
export function product(a: PolicyTensors, b: PolicyTensors): Tensor[] {
  return a.map((block, at) => mul(block, b[at]!));
}
