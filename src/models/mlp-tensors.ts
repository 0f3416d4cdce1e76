// The MLP on tensors, for M tasks at once, each with its own parameters: one batched product per layer. A layer's
// W and b are one matrix [in + 1, out] (the flat layout has b right after W), so every product sees a last column of
// ones. Gradients of the ops used here are in gradients/op-gradients.ts.
import {
  concat,
  matMul,
  relu,
  sigmoid,
  softplus,
  square,
  sub,
  sum,
  type Tensor,
  tanh,
} from '@tensorflow/tfjs-core';
import type { Activation } from '../experiment/experiment.ts';

const HIDDEN: Readonly<Record<Activation, (z: Tensor) => Tensor>> = { relu, tanh, sigmoid, softplus };

/**
 * f(x) [M, N, out]. `layers`: one tensor [M, in + 1, out] each; `x` [M, N, in + 1] and `ones` [M, N, 1] as
 * withOnes makes them. M may be 1 in any of them: batches broadcast. The caller's tidy owns what is made here.
 */
export function applyMlp(activation: Activation, layers: readonly Tensor[], x: Tensor, ones: Tensor): Tensor {
  let level = x;
  layers.forEach((layer, index) => {
    const z: Tensor = matMul(level, layer);
    level = index === layers.length - 1 ? z : concat([HIDDEN[activation](z), ones], 2);
  });
  return level;
}

/** Σ over points and outputs of (prediction − y)², per task: [M]. Not yet divided by N · out. */
export function squaredErrors(prediction: Tensor, y: Tensor): Tensor {
  return sum(square(sub(prediction, y)), [1, 2]);
}
