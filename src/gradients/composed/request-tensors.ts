// A request's arrays as tensors on the current backend. Every point carries a last coordinate of 1 for the bias.
import { fill, type Tensor, tensor } from '@tensorflow/tfjs-core';
import type { Activation } from '../../experiment/experiment.ts';
import type { FloatArray } from '../../math/arrays.ts';
import { layerRanges } from '../../models/mlp-shape.ts';
import type { AdaptationRequest } from '../meta-gradient.ts';

export interface RequestTensors {
  readonly activation: Activation;
  /** θ per layer: [1, in + 1, out]. */
  readonly theta: readonly Tensor[];
  /** scalar: one []; layer: one [] per layer; parameter: one [1, in + 1, out] per layer. */
  readonly alpha: readonly Tensor[];
  /** Per support set: x [M, K, in + 1], y [M, K, out]. */
  readonly support: readonly { readonly x: Tensor; readonly y: Tensor }[];
  /** [M, Q, in + 1] */
  readonly queryX: Tensor;
  /** [M, Q, out] */
  readonly queryY: Tensor;
  /** [M, K, 1] */
  readonly supportOnes: Tensor;
  /** [M, Q, 1] */
  readonly queryOnes: Tensor;
  /** [M] of 1 / (K · out): turns squared errors into a support loss. */
  readonly supportScale: Tensor;
  /** [M] of 1 / (M · Q · out): turns squared errors into the mean query loss. */
  readonly queryScale: Tensor;
  /** Tensors kept beyond their tidy; whoever runs the request disposes of them at its end. */
  readonly release: Tensor[];
}

/** Uploads the request inside the caller's tidy. The request's arrays are copied, never referred to. */
export function uploadRequest(request: AdaptationRequest): RequestTensors {
  const { shape, tasks, metaParams } = request;
  const { taskCount, inputSize, outputSize, supportSize, querySize } = tasks;
  const layers = layerRanges(shape);
  const matrixOf = (values: FloatArray) =>
    layers.map(({ weightsAt, end, inputSize: rows, outputSize: columns }) =>
      tensor(Float32Array.from(values.subarray(weightsAt, end)), [1, rows + 1, columns]),
    );
  const support = Array.from({ length: tasks.supportSets }, (_, set) => {
    const first = set * taskCount * supportSize;
    const last = first + taskCount * supportSize;
    return {
      x: tensor(withOnes(tasks.supportX.subarray(first * inputSize, last * inputSize), inputSize), [
        taskCount,
        supportSize,
        inputSize + 1,
      ]),
      y: tensor(Float32Array.from(tasks.supportY.subarray(first * outputSize, last * outputSize)), [
        taskCount,
        supportSize,
        outputSize,
      ]),
    };
  });
  return {
    activation: shape.activation,
    theta: matrixOf(metaParams),
    alpha:
      request.alpha.mode === 'parameter'
        ? matrixOf(request.alpha.values)
        : Array.from(request.alpha.values, (value) => tensor([value], [])),
    support,
    queryX: tensor(withOnes(tasks.queryX, inputSize), [taskCount, querySize, inputSize + 1]),
    queryY: tensor(Float32Array.from(tasks.queryY), [taskCount, querySize, outputSize]),
    supportOnes: fill([taskCount, supportSize, 1], 1),
    queryOnes: fill([taskCount, querySize, 1], 1),
    supportScale: fill([taskCount], 1 / (supportSize * outputSize)),
    queryScale: fill([taskCount], 1 / (taskCount * querySize * outputSize)),
    release: [],
  };
}

/** [N, width] → [N, width + 1] with 1 in the last column. */
function withOnes(points: FloatArray, width: number): Float32Array {
  const count = points.length / width;
  const widened = new Float32Array(count * (width + 1)).fill(1);
  for (let n = 0; n < count; n++) {
    for (let i = 0; i < width; i++) widened[n * (width + 1) + i] = points[n * width + i]!;
  }
  return widened;
}
