// One task's timesteps in the policy kernels' memory: puts parameters and directions in, calls the kernels of
// assembly/policy-rows.ts and takes the derivatives out. Numbers pass through float32 on the way; sums over timesteps
// at the heads are float64. The float64 yardstick is ../reference-policy/rows-kernels.ts.
import { exp } from '../../math/elementary.ts';
import { actingLogStd, actionSize } from '../../models/gaussian-policy.ts';
import type { PolicyBatch } from '../../tasks/policy-batch.ts';
import type { PolicyValues } from '../policy-gradient.ts';
import type { PolicyRows } from '../policy-kernels.ts';
import * as F from './assembly/policy-fields.ts';
import type { PolicyModule } from './kernels.ts';
import type { PolicyMemory } from './policy-memory.ts';
import type { PolicyNet } from './policy-net.ts';

/** What all tasks share. */
export interface PolicyWorkspace {
  readonly kernels: PolicyModule;
  readonly memory: PolicyMemory;
  /** Bytes of kept passes in all tasks that are loaded, and how many there may be. */
  keptBytes: number;
  readonly mostKeptBytes: number;
}

/**
 * What few timesteps there are for curvature products come last and gain most from kept passes: tasks of so many keep
 * theirs in half as much room again as there is for the others.
 */
const FEW_TIMESTEPS = 512;

interface Task {
  readonly workspace: PolicyWorkspace;
  readonly net: PolicyNet;
  readonly count: number;
  readonly block: number;
  /** float64 [A], twice. */
  readonly oldSpread: number;
  hasOld: boolean;
  isReleased: boolean;
  keptValues: number;
  keptGradients: number;
  /** Of the call before, where its values are kept. */
  params: Float64Array | null;
  /** Whether REINFORCE's ∂loss/∂a are kept as well. */
  hasGradients: boolean;
}

/** Copies the timesteps of task `at` in. `release` ends with giving the room back and calling `onRelease`. */
export function loadPolicyRows(
  workspace: PolicyWorkspace,
  net: PolicyNet,
  { batch, at }: { readonly batch: PolicyBatch; readonly at: number },
  onRelease: () => void,
): PolicyRows {
  const first = batch.offsets[at]!;
  const count = batch.offsets[at + 1]! - first;
  if (count === 0) return emptyRows(onRelease);
  const task = copyIn(workspace, net, { batch, first, count });
  return {
    count,
    innerGradient: (params, gradient) => gradientOf(task, F.REINFORCE, params, gradient),
    innerLoss: (params) => {
      const haveValues = begin(task, params);
      return workspace.kernels.policyInnerLoss(net.record, task.block, haveValues);
    },
    innerHessianVector: (params, vector, product) => hessianVector(task, params, vector, product),
    rememberOld: (params, ratioClip) => rememberOld(task, params, ratioClip),
    evaluate: (params) => evaluate(task, params),
    surrogateGradient: (params, gradient) => {
      assertOld(task);
      return gradientOf(task, F.SURROGATE, params, gradient);
    },
    fisherVector: (params, vector, product) => fisherVector(task, params, vector, product),
    release: () => {
      if (task.isReleased) return;
      release(task);
      onRelease();
    },
  };
}

/** A task without timesteps: every mean is 0. */
function emptyRows(onRelease: () => void): PolicyRows {
  let isReleased = false;
  const nothing = (into: Float64Array) => {
    into.fill(0);
    return 0;
  };
  return {
    count: 0,
    innerGradient: (_, gradient) => nothing(gradient),
    innerLoss: () => 0,
    innerHessianVector: (_, __, product) => void nothing(product),
    rememberOld: () => {},
    evaluate: () => ({ surrogateLoss: 0, kl: 0 }),
    surrogateGradient: (_, gradient) => nothing(gradient),
    fisherVector: (_, __, product) => void nothing(product),
    release: () => {
      if (!isReleased) onRelease();
      isReleased = true;
    },
  };
}

interface Timesteps {
  readonly batch: PolicyBatch;
  readonly first: number;
  readonly count: number;
}

function copyIn(workspace: PolicyWorkspace, net: PolicyNet, { batch, first, count }: Timesteps): Task {
  const { observationSize, actionSize: width } = batch;
  let bytes = 0;
  const take = (size: number) => {
    const at = bytes;
    bytes += Math.ceil(size / 64) * 64;
    return at;
  };
  take(F.ROWS_BYTES);
  const [observations, actions, advantages, oldMeans] = [observationSize, width, 1, width].map((size) =>
    take(4 * count * size),
  ) as [number, number, number, number];
  const oldLogProbs = take(8 * count);
  const oldSpread = take(16 * width);
  const block = workspace.memory.allocate(bytes);
  const { records, floats } = workspace.memory.views();
  records.fill(0, block / 4, (block + F.ROWS_BYTES) / 4);
  const fields = [
    [F.ROWS_OBSERVATIONS, observations],
    [F.ROWS_ACTIONS, actions],
    [F.ROWS_ADVANTAGES, advantages],
    [F.ROWS_OLD_LOG_PROBS, oldLogProbs],
    [F.ROWS_OLD_MEANS, oldMeans],
    [F.ROWS_OLD_LOG_STD, oldSpread],
    [F.ROWS_OLD_VARIANCE, oldSpread + 8 * width],
  ] as const;
  for (const [field, at] of fields) records[(block + field) / 4] = block + at;
  records[(block + F.ROWS_COUNT) / 4] = count;
  const last = first + count;
  floats.set(
    batch.observations.subarray(first * observationSize, last * observationSize),
    (block + observations) / 4,
  );
  floats.set(batch.actions.subarray(first * width, last * width), (block + actions) / 4);
  floats.set(batch.advantages.subarray(first, last), (block + advantages) / 4);
  return {
    workspace,
    net,
    count,
    block,
    oldSpread: block + oldSpread,
    hasOld: false,
    isReleased: false,
    keptValues: 0,
    keptGradients: 0,
    params: null,
    hasGradients: false,
  };
}

function release(task: Task): void {
  task.isReleased = true;
  const { workspace, net, count } = task;
  if (task.keptValues !== 0) {
    workspace.memory.free(task.keptValues);
    workspace.keptBytes -= count * net.keptValueBytes;
  }
  if (task.keptGradients !== 0) {
    workspace.memory.free(task.keptGradients);
    workspace.keptBytes -= count * net.keptGradientBytes;
  }
  workspace.memory.free(task.block);
  task.params = null;
}

/** Room for so many bytes of every timestep, 0 where there is none. */
function roomFor({ workspace, count }: Task, bytesEach: number): number {
  const bytes = count * bytesEach;
  const most = (count > FEW_TIMESTEPS ? 1 : 1.5) * workspace.mostKeptBytes;
  if (bytes === 0 || workspace.keptBytes + bytes > most) return 0;
  workspace.keptBytes += bytes;
  return workspace.memory.allocate(bytes);
}

/** Puts θ in and returns whether the task's kept values are those of the call before, at the same θ. */
function begin(task: Task, params: Float64Array): boolean {
  const { workspace, net, block } = task;
  if (task.isReleased) {
    throw new Error(
      'PolicyRows: these timesteps were released and their memory is used by others. Load them again.',
    );
  }
  if (task.keptValues === 0) {
    task.keptValues = roomFor(task, net.keptValueBytes);
    workspace.memory.views().records[(block + F.ROWS_KEPT_VALUES) / 4] = task.keptValues;
  }
  const haveValues = task.keptValues !== 0 && task.params === params;
  if (!haveValues) task.hasGradients = false;
  task.params = task.keptValues === 0 ? null : params;
  writePolicy(workspace, net, params);
  return haveValues;
}

/** ∂loss/∂a of the calls to come go to the task's own room where `keeps`, else to what all tasks share. */
function keepGradients(task: Task, keeps: boolean): void {
  const { workspace, net, block } = task;
  if (keeps && task.keptGradients === 0) {
    task.keptGradients = roomFor(task, net.keptGradientBytes);
  }
  workspace.memory.views().records[(block + F.ROWS_KEPT_GRADIENTS) / 4] = keeps ? task.keptGradients : 0;
}

/** θ for the kernels: the net padded, logStd as it acts. */
export function writePolicy(workspace: PolicyWorkspace, net: PolicyNet, params: Float64Array): void {
  const { doubles } = workspace.memory.views();
  doubles.set(params.subarray(0, net.netParameters), net.flat / 8);
  workspace.kernels.policyPack(net.record, net.flat, net.params);
  const logStd = actingLogStd(net.shape, params);
  doubles.set(logStd, net.logStd / 8);
  for (let a = 0; a < logStd.length; a++) doubles[net.inverseStd / 8 + a] = exp(-logStd[a]!);
}

/** Whether derivatives in the a-th stored logStd are 0, as minLogStd acts in its place. */
function isHeld(net: PolicyNet, params: Float64Array, a: number): boolean {
  return params[net.netParameters + a]! < (net.shape.minLogStd ?? Number.NEGATIVE_INFINITY);
}

function writeDirection({ workspace, net }: Task, params: Float64Array, vector: Float64Array): void {
  const { doubles } = workspace.memory.views();
  doubles.set(vector.subarray(0, net.netParameters), net.flat / 8);
  workspace.kernels.policyPack(net.record, net.flat, net.vector);
  for (let a = 0; a < net.actions; a++) {
    doubles[net.rLogStd / 8 + a] = isHeld(net, params, a) ? 0 : vector[net.netParameters + a]!;
  }
}

function readSums({ workspace, net }: Task, params: Float64Array, into: Float64Array): void {
  workspace.kernels.policyUnpack(net.record, net.sums, net.flat);
  const { doubles } = workspace.memory.views();
  const { netParameters, actions } = net;
  into.set(doubles.subarray(net.flat / 8, net.flat / 8 + netParameters));
  for (let a = 0; a < actions; a++) {
    into[netParameters + a] = isHeld(net, params, a) ? 0 : doubles[net.logStdSums / 8 + a]!;
  }
}

function gradientOf(task: Task, head: number, params: Float64Array, gradient: Float64Array): number {
  const haveValues = begin(task, params);
  const isInner = head === F.REINFORCE;
  keepGradients(task, isInner);
  const loss = task.workspace.kernels.policyGradient(task.net.record, task.block, head, haveValues);
  if (isInner) task.hasGradients = task.keptValues !== 0 && task.keptGradients !== 0;
  readSums(task, params, gradient);
  return loss;
}

function hessianVector(task: Task, params: Float64Array, vector: Float64Array, product: Float64Array): void {
  const haveValues = begin(task, params);
  keepGradients(task, true);
  writeDirection(task, params, vector);
  task.workspace.kernels.policyHessian(task.net.record, task.block, haveValues, task.hasGradients);
  task.hasGradients = task.keptValues !== 0 && task.keptGradients !== 0;
  readSums(task, params, product);
}

function fisherVector(task: Task, params: Float64Array, vector: Float64Array, product: Float64Array): void {
  const haveValues = begin(task, params);
  keepGradients(task, false);
  writeDirection(task, params, vector);
  task.workspace.kernels.policyFisher(task.net.record, task.block, haveValues);
  readSums(task, params, product);
}

function rememberOld(task: Task, params: Float64Array, ratioClip = Number.POSITIVE_INFINITY): void {
  const { workspace, net } = task;
  const haveValues = begin(task, params);
  workspace.kernels.policyRemember(net.record, task.block, haveValues);
  const logStd = actingLogStd(net.shape, params);
  const { doubles } = workspace.memory.views();
  doubles[(task.block + F.ROWS_RATIO_CLIP) / 8] = ratioClip;
  doubles.set(logStd, task.oldSpread / 8);
  doubles.set(
    logStd.map((value) => exp(2 * value)),
    task.oldSpread / 8 + actionSize(net.shape),
  );
  task.hasOld = true;
}

function evaluate(task: Task, params: Float64Array): PolicyValues {
  assertOld(task);
  const { workspace, net } = task;
  const haveValues = begin(task, params);
  workspace.kernels.policyEvaluate(net.record, task.block, haveValues);
  const { doubles } = workspace.memory.views();
  return { surrogateLoss: doubles[net.values / 8]!, kl: doubles[net.values / 8 + 1]! };
}

function assertOld(task: Task): void {
  if (task.hasOld) return;
  throw new Error(
    'PolicyRows: no old policy to compare with. Call rememberOld before evaluate or surrogateGradient.',
  );
}
