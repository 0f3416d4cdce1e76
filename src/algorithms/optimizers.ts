// Outer optimisers on flat parameter vectors: SGD, and Adam with the constants of tfjs and JAX. Pure functions:
// states and parameters go in and new ones come out, so a checkpoint is just a reference to the current ones.
import type { SinusoidExperiment } from '../experiment/experiment.ts';
import type { FloatArray } from '../math/arrays.ts';
import { integerPower } from '../math/elementary.ts';
import { ADAM, type OptimizerState } from '../models/optimizer-state.ts';

/** The state before the first step on P parameters. */
export function createOptimizer(
  kind: SinusoidExperiment['metaOptimizer'],
  parameters: number,
): OptimizerState {
  if (kind === 'sgd') return { kind };
  const firstMoment = new Float32Array(parameters);
  return { kind, count: 0, firstMoment, secondMoment: new Float32Array(parameters) };
}

/** One step: new parameters and the optimiser's next state, neither sharing memory with the old ones. */
export function applyOptimizer(
  state: OptimizerState,
  params: Float32Array,
  gradient: FloatArray,
  learningRate: number,
): { readonly params: Float32Array; readonly state: OptimizerState } {
  if (state.kind === 'sgd') return { params: descend(params, gradient, learningRate), state };
  const { beta1, beta2, epsilon } = ADAM;
  const count = state.count + 1;
  // The bias corrections, out of the loop: m̂ = m / (1 − β1^t), √v̂ = √v / √(1 − β2^t).
  const rate = learningRate / (1 - integerPower(beta1, count));
  const rootScale = 1 / Math.sqrt(1 - integerPower(beta2, count));
  const { firstMoment: m0, secondMoment: v0 } = state;
  const next = new Float32Array(params.length);
  const firstMoment = new Float32Array(params.length);
  const secondMoment = new Float32Array(params.length);
  for (let i = 0; i < params.length; i++) {
    const g = gradient[i]!;
    const m = beta1 * m0[i]! + (1 - beta1) * g;
    const v = beta2 * v0[i]! + (1 - beta2) * g * g;
    firstMoment[i] = m;
    secondMoment[i] = v;
    next[i] = params[i]! - (rate * m) / (Math.sqrt(v) * rootScale + epsilon);
  }
  return { params: next, state: { ...state, count, firstMoment, secondMoment } };
}

/** params − step · direction, as a new array. */
export function descend(params: Float32Array, direction: FloatArray, step: number): Float32Array {
  const next = new Float32Array(params.length);
  for (let i = 0; i < next.length; i++) next[i] = params[i]! - step * direction[i]!;
  return next;
}
