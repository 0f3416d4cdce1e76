// The engines 'composed-cpu', 'composed-wasm' and 'composed-webgpu': tfjs autodiff over all tasks at once. This file
// runs meta-graph.ts on its backend and reads the results back; opening a backend is open-backend.ts's business.
import { dispose, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { layerRanges, parameterCount } from '../../models/mlp-shape.ts';
import { assertRequest } from '../assert-request.ts';
import type {
  AdaptationRequest,
  AdaptationResult,
  EngineId,
  MetaGradientEngine,
  MetaGradientRequest,
  MetaGradientResult,
} from '../meta-gradient.ts';
import { onBackend } from '../on-backend.ts';
import { registerOpGradients } from '../op-gradients.ts';
import type { OpenBackend } from '../open-backend.ts';
import {
  innerGradient,
  innerStep,
  type Layers,
  metaGraph,
  queryErrors,
  supportErrors,
  tileLayers,
} from './meta-graph.ts';
import { createPackedReader, type PackedReader, packTensors, readOnce } from './packed-read.ts';
import { type RequestTensors, uploadRequest } from './request-tensors.ts';

/**
 * An engine on an opened backend; results are Float32Arrays. It leaves no tensor behind between requests. Disposing
 * of it keeps the backend: a tfjs backend does not come back once removed, and another engine may run on it.
 */
export function createComposedEngine(id: EngineId, opened: OpenBackend): MetaGradientEngine {
  registerOpGradients();
  return {
    id,
    async metaGradient(request) {
      assertRequest(request);
      const packed = await onBackend(opened, () => runPacked(request, packMetaGradient));
      return unpackMetaGradient(request, createPackedReader(await readOnce(packed)));
    },
    async adapt(request) {
      assertRequest(request);
      const packed = await onBackend(opened, () => runPacked(request, packAdaptation));
      return unpackAdaptation(request, createPackedReader(await readOnce(packed)));
    },
    dispose() {},
    ...(opened.lost && { lost: opened.lost }),
    ...(opened.destroyDevice && { destroyDevice: opened.destroyDevice }),
  };
}

function runPacked<R extends AdaptationRequest>(
  request: R,
  pack: (request: R, inputs: RequestTensors) => readonly Tensor[],
): Tensor {
  return tidy(() => {
    const inputs = uploadRequest(request);
    const packed = packTensors(pack(request, inputs));
    dispose(inputs.release);
    return packed;
  });
}

function packMetaGradient(request: MetaGradientRequest, inputs: RequestTensors): Tensor[] {
  const result = metaGraph(request, inputs);
  return [
    ...result.metaGradient,
    ...result.alphaGradient,
    result.supportErrors,
    result.queryErrors,
    ...(result.squaredNorms ? [result.squaredNorms] : []),
    ...(request.wantAdaptedParams ? result.adapted : []),
  ];
}

function unpackMetaGradient(request: MetaGradientRequest, reader: PackedReader): MetaGradientResult {
  const { tasks, innerSteps, alpha } = request;
  const { taskCount, supportSize, querySize, outputSize } = tasks;
  const metaGradient = reader.take(parameterCount(request.shape));
  // The graph sums over tasks; ∇Q already carries 1/M in its scale.
  if (request.kind === 'reptile') scale(metaGradient, 1 / taskCount);
  const alphaGradient = request.wantAlphaGradient ? reader.take(alpha.values.length) : undefined;
  const supportLosses = scale(reader.take(taskCount), 1 / (supportSize * outputSize));
  const queryLosses = scale(reader.take(taskCount), 1 / (querySize * outputSize));
  const squaredNorms = innerSteps > 0 ? reader.take(taskCount) : undefined;
  const norms = squaredNorms?.reduce((total, square) => total + Math.sqrt(square), 0) ?? 0;
  return {
    metaGradient,
    ...(alphaGradient && { alphaGradient }),
    supportLosses,
    queryLosses,
    innerGradientNorm: norms / taskCount,
    ...(request.wantAdaptedParams && { adaptedParams: takeAdapted(request, reader) }),
  };
}

function packAdaptation(request: AdaptationRequest, inputs: RequestTensors): Tensor[] {
  const { innerSteps, tasks } = request;
  let layers: Layers = tileLayers(inputs, tasks.taskCount);
  const support: Tensor[] = [];
  const query: Tensor[] = [queryErrors(inputs, layers)];
  for (let step = 0; step < innerSteps; step++) {
    const { value, grads } = innerGradient(inputs, layers, step);
    layers = innerStep(layers, inputs.alpha, grads);
    support.push(value);
    query.push(queryErrors(inputs, layers));
  }
  support.push(supportErrors(inputs, layers, Math.max(0, innerSteps - 1)));
  return [...support, ...query, ...(request.wantAdaptedParams ? layers : [])];
}

function unpackAdaptation(request: AdaptationRequest, reader: PackedReader): AdaptationResult {
  const { taskCount, supportSize, querySize, outputSize } = request.tasks;
  const count = (request.innerSteps + 1) * taskCount;
  return {
    supportLosses: scale(reader.take(count), 1 / (supportSize * outputSize)),
    queryLosses: scale(reader.take(count), 1 / (querySize * outputSize)),
    ...(request.wantAdaptedParams && { adaptedParams: takeAdapted(request, reader) }),
  };
}

/** From per-layer blocks [M, in + 1, out] to rows of flat parameters [M, P]. */
function takeAdapted(request: AdaptationRequest, reader: PackedReader): Float32Array {
  const { taskCount } = request.tasks;
  const size = parameterCount(request.shape);
  const adapted = new Float32Array(taskCount * size);
  for (const { weightsAt, end } of layerRanges(request.shape)) {
    const block = reader.take(taskCount * (end - weightsAt));
    for (let task = 0; task < taskCount; task++) {
      const row = block.subarray(task * (end - weightsAt), (task + 1) * (end - weightsAt));
      adapted.set(row, task * size + weightsAt);
    }
  }
  return adapted;
}

function scale(values: Float32Array, factor: number): Float32Array {
  for (let at = 0; at < values.length; at++) values[at]! *= factor;
  return values;
}
