// The engines 'composed-cpu', 'composed-wasm' and 'composed-webgpu' for policies: hand-derived passes over all timesteps
// of many tasks at once, as products of tfjs tensors. This file runs group-objective.ts and group-results.ts on the
// engine's backend, adds the groups up and reads the results back.
import { add, type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { FloatArray } from '../../math/arrays.ts';
import { norm } from '../../math/linear-algebra.ts';
import { assertPolicyParams, expandPolicyAlpha, gatherPolicyAlpha } from '../../models/gaussian-policy.ts';
import type { PolicyBatch } from '../../tasks/policy-batch.ts';
import { assertPolicyAdaptation, assertPolicyObjective } from '../assert-policy-batch.ts';
import { createPackedReader, packTensors, readOnce } from '../composed/packed-read.ts';
import { onBackend } from '../on-backend.ts';
import type { OpenBackend } from '../open-backend.ts';
import type {
  PolicyAdaptationRequest,
  PolicyAdaptationResult,
  PolicyGradientEngine,
  PolicyGradientResult,
  PolicyObjective,
  PolicyObjectiveRequest,
  PolicyValues,
} from '../policy-gradient.ts';
import { groupTasks, longestTask, type TaskGroup, uploadBatch } from './batch-tensors.ts';
import { type GroupObjective, openGroup } from './group-objective.ts';
import {
  groupAdaptedParams,
  groupGradient,
  groupInnerLosses,
  groupKlHessianVector,
  groupValues,
} from './group-results.ts';
import { createHeldTensors, type HeldTensors } from './held-tensors.ts';
import { runInnerPass } from './inner-step.ts';
import { reinforceLoss } from './policy-heads.ts';
import {
  createPolicyLayout,
  type PolicyLayout,
  packedSize,
  unpackVectors,
  uploadVectors,
} from './policy-layout.ts';

/** What an objective may keep of its passes for speed: those of 20 tasks of 2,000 timesteps and a 64-64 net, twice. */
const KEPT_BYTES = 2 ** 28;

export type ComposedPolicyId = 'composed-cpu' | 'composed-wasm' | 'composed-webgpu';

/** For tests: settings that only speed and memory should depend on. */
export interface ComposedPolicySettings {
  /** Tasks are computed together up to so many timesteps. */
  readonly rowsPerGroup?: number;
  readonly keptBytes?: number;
}

interface Engine {
  readonly opened: OpenBackend;
  readonly rowsPerGroup: number;
  readonly keptBytes: number;
  /** Of the objectives that are not released yet. */
  readonly held: Set<HeldTensors>;
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
  const engine: Engine = { opened, rowsPerGroup, keptBytes, held: new Set() };
  return {
    id,
    adapt: (request) => adapt(engine, request),
    open: (request) => openObjective(engine, request),
    dispose() {
      for (const held of engine.held) held.release();
      engine.held.clear();
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

async function adapt(engine: Engine, request: PolicyAdaptationRequest): Promise<PolicyAdaptationResult> {
  assertPolicyAdaptation(request);
  const { shape, params, support } = request;
  const layout = createPolicyLayout(shape);
  const size = layout.parameterCount;
  const everyone = { first: 0, count: support.taskCount };
  const groups = groupTasks(support.taskCount, longestTask(support, everyone), engine.rowsPerGroup);
  const packed = await onBackend(engine.opened, () =>
    tidy(() =>
      packTensors(
        groups.map((group) =>
          tidy(() => {
            const { first, count } = group;
            const own =
              params.length === size ? params : params.subarray(first * size, (first + count) * size);
            const policy = uploadVectors(layout, own, 'policy');
            const pass = runInnerPass(shape, policy, uploadBatch(support, group));
            return packTensors([...pass.gradient, reinforceLoss(pass.score, pass.spread)]);
          }),
        ),
      ),
    ),
  );
  return unpackAdaptation(request, { layout, groups }, await readOnce(packed));
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

/** An objective whose tensors are on the device. */
interface Objective {
  readonly engine: Engine;
  readonly request: PolicyObjectiveRequest;
  readonly layout: PolicyLayout;
  readonly groups: readonly GroupObjective[];
  /** Σ over tasks of the query set's mean advantage. */
  readonly advantages: number;
}

async function openObjective(engine: Engine, request: PolicyObjectiveRequest): Promise<PolicyObjective> {
  assertPolicyObjective(request);
  const layout = createPolicyLayout(request.shape);
  const rates = expandPolicyAlpha(request.shape, request.alpha);
  const held = createHeldTensors(engine.keptBytes);
  engine.held.add(held);
  const groups = await onBackend(engine.opened, () => {
    const shared = {
      request,
      rates: uploadVectors(layout, rates, 'direction'),
      theta: uploadVectors(layout, request.metaParams, 'policy'),
      held,
    };
    held.hold([...shared.rates, ...shared.theta]);
    return groupsOf(request, engine.rowsPerGroup).map((group) => openGroup(shared, group));
  });
  const objective: Objective = { engine, request, layout, groups, advantages: sumOfMeans(request.query) };
  return {
    parameterCount: layout.parameterCount,
    adaptedParams: () => adaptedParams(objective),
    innerLosses: () => innerLosses(objective),
    gradient: (asked = {}) => gradient(objective, asked),
    evaluate: (metaParams) => evaluate(objective, metaParams),
    klHessianVector: (vector) => klHessianVector(objective, vector),
    release() {
      held.release();
      engine.held.delete(held);
    },
  };
}

function sumOfMeans({ taskCount, offsets, advantages }: PolicyBatch): number {
  let sum = 0;
  for (let task = 0; task < taskCount; task++) {
    const own = advantages.subarray(offsets[task]!, offsets[task + 1]!);
    for (const advantage of own) sum += advantage / own.length;
  }
  return sum;
}

function groupsOf({ support, query, curvature }: PolicyObjectiveRequest, rowsPerGroup: number): TaskGroup[] {
  const everyone = { first: 0, count: query.taskCount };
  const batches = [
    ...support,
    query,
    ...(curvature?.support ?? []),
    ...(curvature?.query ? [curvature.query] : []),
  ];
  const rows = Math.max(...batches.map((batch) => longestTask(batch, everyone)));
  return groupTasks(query.taskCount, rows, rowsPerGroup);
}

/** Runs `work` on the objective's backend and reads the tensors that it returns, in one go. */
async function read({ engine }: Objective, work: () => readonly Tensor[]): Promise<Float32Array> {
  return readOnce(await onBackend(engine.opened, () => tidy(() => packTensors(work()))));
}

/** The groups' tensors of `work` one after the other. */
function forEachGroup({ groups }: Objective, work: (group: GroupObjective) => Tensor[]): Tensor[] {
  return groups.flatMap((group) => tidy(() => work(group)));
}

/** Sums over groups of what `work` gives for each. */
function sumGroups({ groups }: Objective, work: (group: GroupObjective) => Tensor[]): Tensor[] {
  const [first, ...others] = groups;
  let total = tidy(() => work(first!));
  for (const group of others) {
    const before = total;
    total = tidy(() => work(group).map((tensor, at): Tensor => add(before[at]!, tensor)));
    for (const tensor of before) tensor.dispose();
  }
  return total;
}

async function adaptedParams(objective: Objective): Promise<Float64Array> {
  const { layout, groups, request } = objective;
  const size = layout.parameterCount;
  const reader = createPackedReader(await read(objective, () => forEachGroup(objective, groupAdaptedParams)));
  const adapted = new Float64Array(request.query.taskCount * size);
  for (const { group } of groups) {
    const values = reader.take(packedSize(layout, group.count));
    adapted.set(unpackVectors(layout, values, group.count), group.first * size);
  }
  return adapted;
}

async function innerLosses(objective: Objective): Promise<Float64Array> {
  const { request, groups } = objective;
  const tasks = request.query.taskCount;
  const steps = request.support.length;
  if (steps === 0) return new Float64Array(0);
  const losses = new Float64Array((steps + 1) * tasks);
  const reader = createPackedReader(await read(objective, () => forEachGroup(objective, groupInnerLosses)));
  for (const { group } of groups) {
    for (let step = 0; step <= steps; step++)
      losses.set(reader.take(group.count), step * tasks + group.first);
  }
  return losses;
}

async function gradient(
  objective: Objective,
  asked: { readonly metaParams?: FloatArray; readonly wantAlphaGradient?: boolean },
): Promise<PolicyGradientResult> {
  const { layout, request } = objective;
  const { shape, alpha, query } = request;
  const { metaParams, wantAlphaGradient = false } = asked;
  if (metaParams !== undefined) assertPolicyParams(shape, metaParams);
  const values = await read(objective, () => {
    const theta = metaParams === undefined ? null : uploadVectors(layout, metaParams, 'policy');
    return sumGroups(objective, (group) => {
      const result = groupGradient(group, theta, wantAlphaGradient);
      return [...result.metaGradient, result.excess, ...(result.alphaGradient ?? [])];
    });
  });
  const reader = createPackedReader(values);
  const takeMean = () => {
    const sum = unpackVectors(layout, reader.take(packedSize(layout, 1)), 1);
    return sum.map((value) => value / query.taskCount);
  };
  const metaGradient = takeMean();
  const surrogateLoss = -(objective.advantages + reader.take(1)[0]!) / query.taskCount;
  if (!wantAlphaGradient) return { metaGradient, surrogateLoss };
  return { metaGradient, surrogateLoss, alphaGradient: gatherPolicyAlpha(shape, alpha.mode, takeMean()) };
}

async function klHessianVector(objective: Objective, vector: FloatArray): Promise<Float64Array> {
  const { layout, request } = objective;
  assertPolicyParams(request.shape, vector);
  if (request.kind === 'reptile') {
    throw new Error(
      "klHessianVector: kind 'reptile' moves θ towards θ_k and has no trust region. Ask for 'second' or 'first'.",
    );
  }
  const values = await read(objective, () => {
    const direction = uploadVectors(layout, vector, 'direction');
    return sumGroups(objective, (group) => groupKlHessianVector(group, direction));
  });
  return unpackVectors(layout, values, 1).map((value) => value / request.query.taskCount);
}

async function evaluate(objective: Objective, metaParams: FloatArray): Promise<PolicyValues> {
  const { layout, groups, request, advantages } = objective;
  assertPolicyParams(request.shape, metaParams);
  const values = await read(objective, () => {
    const theta = uploadVectors(layout, metaParams, 'policy');
    return forEachGroup(objective, (group) => groupValues(group, theta));
  });
  const reader = createPackedReader(values);
  const { taskCount, actionSize, offsets } = request.query;
  let surrogateLoss = -advantages;
  let kl = 0;
  for (const { group } of groups) {
    const excesses = reader.take(group.count);
    const [distances, logStd, oldLogStd] = [0, 1, 2].map(() => reader.take(group.count * actionSize));
    for (const excess of excesses) surrogateLoss -= excess;
    for (let at = 0; at < distances!.length; at++) {
      const task = group.first + Math.floor(at / actionSize);
      if (offsets[task] === offsets[task + 1]) continue;
      kl += klOfAction(distances![at]!, logStd![at]!, oldLogStd![at]!);
    }
  }
  return { surrogateLoss: surrogateLoss / taskCount, kl: kl / taskCount };
}

/**
 * One action's share of KL(old ‖ new), from the mean squared distance of the means. In float64 and by expm1: the terms
 * cancel almost wholly where the policies are as close as a trust region keeps them.
 */
function klOfAction(squaredDistance: number, logStd: number, oldLogStd: number): number {
  const shift = logStd - oldLogStd;
  return shift + 0.5 * (Math.expm1(-2 * shift) + squaredDistance * Math.exp(-2 * logStd));
}
