// The engines 'composed-cpu', 'composed-wasm' and 'composed-webgpu' for policies: hand-derived passes over all timesteps
// of many tasks at once, as products of tfjs tensors. On wasm they take a fifth of the time of tfjs's gradient of a
// gradient (open and gradient, a 64-64 net, 2,000 timesteps), which tapes every small op and keeps all outputs.
import { type Tensor, tidy } from '@tensorflow/tfjs-core';
import { norm } from '../../math/linear-algebra.ts';
import { expandPolicyAlpha } from '../../models/gaussian-policy.ts';
import { assertPolicyAdaptation } from '../assert-policy-batch.ts';
import { createPackedReader, packTensors, readOnce } from '../composed/packed-read.ts';
import { onBackend } from '../on-backend.ts';
import type { OpenBackend } from '../open-backend.ts';
import type {
  PolicyAdaptationRequest,
  PolicyAdaptationResult,
  PolicyGradientEngine,
} from '../policy-gradient.ts';
import { gatherBatch, groupTasks, longestTask, type TaskGroup, uploadArrays } from './batch-tensors.ts';
import { type EngineState, openObjective } from './composed-objective.ts';
import { createHeldTensors } from './held-tensors.ts';
import { runInnerPass } from './inner-step.ts';
import { reinforceLoss } from './policy-heads.ts';
import {
  createPolicyLayout,
  type PolicyLayout,
  packedSize,
  unpackVectors,
  uploadVectors,
} from './policy-layout.ts';
import { createPreparedStep } from './prepared-step.ts';

/** What an objective may keep of its passes for speed: those of 20 tasks of 2,000 timesteps and a 64-64 net, twice. */
const KEPT_BYTES = 2 ** 28;

export type ComposedPolicyId = 'composed-cpu' | 'composed-wasm' | 'composed-webgpu';

/** For tests: settings that only speed and memory should depend on. */
export interface ComposedPolicySettings {
  /** Tasks are computed together up to so many timesteps. */
  readonly rowsPerGroup?: number;
  readonly keptBytes?: number;
}

/**
 * An engine on an opened backend. Objectives hold tensors until they are released or the engine is disposed of; the
 * backend stays, as another engine may run on it.
 */
export function createComposedPolicyEngine(
  id: ComposedPolicyId,
  opened: OpenBackend,
  settings: ComposedPolicySettings = {},
): PolicyGradientEngine {
  const { rowsPerGroup = rowsPerGroupOn(opened), keptBytes = KEPT_BYTES } = settings;
  const engine: EngineState = { opened, rowsPerGroup, keptBytes, held: new Set(), prepared: null };
  return {
    id,
    adapt: (request) => adapt(engine, request),
    open: (request) => openObjective(engine, request),
    dispose() {
      for (const held of engine.held) held.release();
      engine.held.clear();
      engine.prepared?.release();
      engine.prepared = null;
    },
    ...(opened.lost && { lost: opened.lost }),
    ...(opened.destroyDevice && { destroyDevice: opened.destroyDevice }),
  };
}

/**
 * How many timesteps to compute at once. wasm: one task at a time, whose products go ten times as fast as a batch's
 * (products.ts). GPUs: all tasks that fit in memory with ease, but software ones only what webgpu-mat-mul.ts takes,
 * which for 64-64 nets is four times as fast as tfjs's program there.
 */
function rowsPerGroupOn({ name, adapter }: OpenBackend): number {
  if (name === 'wasm') return 0;
  return name === 'webgpu' && adapter?.isSoftware === false ? 2 ** 16 : 3500;
}

async function adapt(engine: EngineState, request: PolicyAdaptationRequest): Promise<PolicyAdaptationResult> {
  assertPolicyAdaptation(request);
  const { shape, params, support } = request;
  const layout = createPolicyLayout(shape);
  const everyone = { first: 0, count: support.taskCount };
  const groups = groupTasks(support.taskCount, longestTask(support, everyone), engine.rowsPerGroup);
  const packed = await onBackend(engine.opened, () => {
    if (params.length === layout.parameterCount) {
      engine.prepared?.release();
      engine.prepared = createPreparedStep(shape, params, createHeldTensors(engine.keptBytes));
    }
    return tidy(() =>
      packTensors(groups.map((group) => tidy(() => adaptGroup(engine, request, { layout, group })))),
    );
  });
  return unpackAdaptation(request, { layout, groups }, await readOnce(packed));
}

/** The group's gradients and losses, packed. */
function adaptGroup(
  { prepared }: EngineState,
  { shape, params, support }: PolicyAdaptationRequest,
  { layout, group }: { readonly layout: PolicyLayout; readonly group: TaskGroup },
): Tensor {
  const size = layout.parameterCount;
  const isShared = params.length === size;
  const own = isShared ? params : params.subarray(group.first * size, (group.first + group.count) * size);
  const arrays = gatherBatch(support, group);
  const batch = uploadArrays(arrays);
  const pass = runInnerPass(shape, uploadVectors(layout, own, 'policy'), batch);
  if (isShared) prepared?.add(group, arrays, { batch, pass });
  return packTensors([...pass.gradient, reinforceLoss(pass.score, pass.spread)]);
}

/** The step itself is taken here, in float64. */
function unpackAdaptation(
  { shape, params, alpha, support }: PolicyAdaptationRequest,
  { layout, groups }: { readonly layout: PolicyLayout; readonly groups: readonly TaskGroup[] },
  values: Float32Array,
): PolicyAdaptationResult {
  const size = layout.parameterCount;
  const rates = expandPolicyAlpha(shape, alpha);
  const adaptedParams = new Float64Array(support.taskCount * size);
  const innerLosses = new Float64Array(support.taskCount);
  const reader = createPackedReader(values);
  for (const { first, count } of groups) {
    adaptedParams.set(unpackVectors(layout, reader.take(packedSize(layout, count)), count), first * size);
    innerLosses.set(reader.take(count), first);
  }
  const innerGradientNorms = new Float64Array(support.taskCount);
  for (let task = 0; task < support.taskCount; task++) {
    const step = adaptedParams.subarray(task * size, (task + 1) * size);
    innerGradientNorms[task] = norm(step);
    const fromAt = params.length === size ? 0 : task * size;
    for (let at = 0; at < size; at++) step[at] = params[fromAt + at]! - rates[at]! * step[at]!;
  }
  return { adaptedParams, innerLosses, innerGradientNorms };
}
