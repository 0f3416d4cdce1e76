// One objective on the device: runs group-results.ts for its groups of tasks, adds them up, and reads the results back,
// in one go per call.
import { add, type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { FloatArray } from '../../math/arrays.ts';
import { assertPolicyParams, expandPolicyAlpha, gatherPolicyAlpha } from '../../models/gaussian-policy.ts';
import type { PolicyBatch } from '../../tasks/policy-batch.ts';
import { assertPolicyObjective } from '../assert-policy-batch.ts';
import { createPackedReader, packTensors, readOnce } from '../composed/packed-read.ts';
import { onBackend } from '../on-backend.ts';
import type { OpenBackend } from '../open-backend.ts';
import type {
  PolicyGradientResult,
  PolicyObjective,
  PolicyObjectiveRequest,
  PolicyValues,
} from '../policy-gradient.ts';
import { groupTasks, longestTask, type TaskGroup } from './batch-tensors.ts';
import { type GroupObjective, openGroup } from './group-objective.ts';
import {
  groupAdaptedParams,
  groupGradient,
  groupInnerLosses,
  groupKlHessianVector,
  groupValues,
} from './group-results.ts';
import { createHeldTensors, type HeldTensors } from './held-tensors.ts';
import {
  createPolicyLayout,
  type PolicyLayout,
  packedSize,
  unpackVectors,
  uploadVectors,
} from './policy-layout.ts';
import type { PreparedStep } from './prepared-step.ts';

/** What an engine keeps between requests. */
export interface EngineState {
  readonly opened: OpenBackend;
  readonly rowsPerGroup: number;
  readonly keptBytes: number;
  /** Of the objectives that are not released yet. */
  readonly held: Set<HeldTensors>;
  /** Of the last adapt from one θ for all tasks, until the next open or the next such adapt. */
  prepared: PreparedStep | null;
}

/** An objective whose tensors are on the device. */
interface Objective {
  readonly engine: EngineState;
  readonly request: PolicyObjectiveRequest;
  readonly layout: PolicyLayout;
  readonly groups: readonly GroupObjective[];
  /** Σ over tasks of the query set's mean advantage. */
  readonly advantages: number;
}

/** Uploads what the request holds and follows the tasks' paths from θ_old. Release frees all of it. */
export async function openObjective(
  engine: EngineState,
  request: PolicyObjectiveRequest,
): Promise<PolicyObjective> {
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
    const prepared = engine.prepared?.fits(request.shape, request.metaParams) ? engine.prepared : null;
    const opened = groupsOf(request, engine.rowsPerGroup).map((group) => openGroup(shared, group, prepared));
    engine.prepared?.release(held);
    engine.prepared = null;
    return opened;
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
