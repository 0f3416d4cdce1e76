// Policy losses of one task's timesteps and their derivatives in float64: chunks of rows go through the passes of
// models/mlp-pass.ts, the head in between is heads.ts'. Chunks keep the buffers small, however many timesteps there are.
import type { FloatArray } from '../../math/arrays.ts';
import { actingLogStd, actionSize, type GaussianPolicyShape } from '../../models/gaussian-policy.ts';
import { backwardFromDeltas, createPass, forwardPass, type MlpPass } from '../../models/mlp-pass.ts';
import { parameterCount } from '../../models/mlp-shape.ts';
import type { PolicyBatch } from '../../tasks/policy-batch.ts';
import type { PolicyKernels, PolicyRows } from '../policy-kernels.ts';
import {
  createTangentPass,
  type TangentPass,
  tangentBackward,
  tangentForward,
} from '../reference/hessian-vector.ts';
import {
  fisherTangent,
  type HeadDirection,
  type HeadGradient,
  type HeadRows,
  KL,
  logProbAt,
  type OldPolicy,
  type PolicyHead,
  REINFORCE,
  SURROGATE,
} from './heads.ts';

/** Rows per chunk: a 64-64 net's buffers for them stay in a core's cache. */
const CHUNK = 64;
/**
 * Up to so many rows a task keeps the passes of its curvature products, for the next product at the same parameters:
 * a 64-64 net takes 5 kB per row. Conjugate gradients on sub-sampled rows then take half the time.
 */
const KEPT_ROWS = 512;

/** The kernels 'reference': float64, within the call. */
export function createReferenceKernels(): PolicyKernels {
  const buffers = new Map<string, Buffers>();
  return {
    id: 'reference',
    load: (shape, batch, task) => loadRows(shape, batch, task, buffersFor(buffers, shape)),
    dispose: () => buffers.clear(),
  };
}

interface Buffers {
  readonly pass: MlpPass;
  readonly tangent: TangentPass;
}

function buffersFor(made: Map<string, Buffers>, shape: GaussianPolicyShape): Buffers {
  const key = `${shape.sizes.join('-')} ${shape.activation}`;
  const found = made.get(key);
  if (found !== undefined) return found;
  const pass = createPass(shape, CHUNK);
  const buffers = { pass, tangent: createTangentPass(pass) };
  made.set(key, buffers);
  return buffers;
}

/** One task's arrays, with the buffers that all tasks share. */
interface Task extends Buffers {
  readonly shape: GaussianPolicyShape;
  readonly count: number;
  readonly observations: FloatArray;
  readonly actions: FloatArray;
  readonly advantages: FloatArray;
  /** Of rememberOld; empty before. */
  old: OldPolicy;
  kept: KeptPasses | null;
}

/** One pass per chunk, with what a product at `params` needs of it; the two kinds overwrite each other's deltas. */
interface KeptPasses {
  readonly passes: readonly MlpPass[];
  readonly kind: 'hessian' | 'fisher';
  params: Float64Array | null;
}

const NO_OLD: OldPolicy = {
  logProbs: new Float64Array(0),
  means: new Float64Array(0),
  logStd: new Float64Array(0),
  ratioClip: Number.POSITIVE_INFINITY,
};

function loadRows(shape: GaussianPolicyShape, batch: PolicyBatch, at: number, buffers: Buffers): PolicyRows {
  const first = batch.offsets[at]!;
  const last = batch.offsets[at + 1]!;
  const task: Task = {
    ...buffers,
    shape,
    count: last - first,
    observations: batch.observations.subarray(first * batch.observationSize, last * batch.observationSize),
    actions: batch.actions.subarray(first * batch.actionSize, last * batch.actionSize),
    advantages: batch.advantages.subarray(first, last),
    old: NO_OLD,
    kept: null,
  };
  return {
    count: task.count,
    innerGradient: (params, gradient) => gradientOf(task, REINFORCE, params, gradient),
    innerLoss: (params) => valuesOf(task, [REINFORCE], params)[0]!,
    innerHessianVector: (params, vector, product) =>
      hessianVector(task, REINFORCE, { params, vector }, product),
    rememberOld: (params, ratioClip) => rememberOld(task, params, ratioClip),
    evaluate: (params) => {
      const [surrogateLoss, kl] = valuesOf(withOld(task), [SURROGATE, KL], params);
      return { surrogateLoss: surrogateLoss!, kl: kl! };
    },
    surrogateGradient: (params, gradient) => gradientOf(withOld(task), SURROGATE, params, gradient),
    fisherVector: (params, vector, product) => fisherVector(task, { params, vector }, product),
    release: () => {
      task.old = NO_OLD;
      task.kept = null;
    },
  };
}

function withOld(task: Task): Task {
  if (task.old === NO_OLD && task.count > 0) {
    throw new Error(
      'PolicyRows: no old policy to compare with. Call rememberOld before evaluate or surrogateGradient.',
    );
  }
  return task;
}

/** The policy's logStd [A], and the share of their gradient that reaches the parameters: 0 where minLogStd acts. */
interface Spread {
  readonly logStd: Float64Array;
  readonly inverseStd: Float64Array;
  readonly open: Float64Array;
}

function spreadOf(shape: GaussianPolicyShape, params: Float64Array): Spread {
  const logStd = actingLogStd(shape, params);
  const stored = params.subarray(params.length - logStd.length);
  return {
    logStd,
    inverseStd: logStd.map((value) => Math.exp(-value)),
    open: logStd.map((value, at) => (value === stored[at]! || Number.isNaN(value) ? 1 : 0)),
  };
}

/** A policy, and for what its passes are kept where the task is small enough. */
interface Policy {
  readonly params: Float64Array;
  readonly spread: Spread;
  readonly keepFor?: KeptPasses['kind'];
}

/** Called for a chunk after its forward pass; `fresh` is false where the pass stands as the last visit left it. */
type Visit = (rows: HeadRows, pass: MlpPass, fresh: boolean) => void;

/** Runs `visit` for every chunk. */
function forEachChunk(task: Task, policy: Policy, visit: Visit): void {
  const { count, observations, actions, advantages, old } = task;
  const { params, spread, keepFor } = policy;
  const kept = keepFor === undefined || count > KEPT_ROWS ? null : keptPasses(task, keepFor);
  const fresh = kept === null || kept.params !== params;
  const width = task.shape.sizes[0]!;
  for (let first = 0; first < count; first += CHUNK) {
    const pass = kept?.passes[first / CHUNK] ?? task.pass;
    if (fresh) {
      // Rows beyond the last are zeros, not what the buffer held: their deltas are 0, but 0 times NaN is not.
      if (first + CHUNK <= count) forwardPass(pass, params, observations, first * width);
      else forwardPass(pass, params, padded(observations, first * width, CHUNK * width));
    }
    const { logStd, inverseStd } = spread;
    const means = lastLevel(pass).values;
    const size = Math.min(CHUNK, count - first);
    const rows = {
      count: size,
      first,
      weight: 1 / count,
      means,
      logStd,
      inverseStd,
      actions,
      advantages,
      old,
    };
    visit(rows, pass, fresh);
  }
  if (kept !== null) kept.params = params;
}

function keptPasses(task: Task, kind: KeptPasses['kind']): KeptPasses {
  if (task.kept?.kind === kind) return task.kept;
  const chunks = Math.ceil(task.count / CHUNK);
  const passes = Array.from({ length: chunks }, () => createPass(task.shape, CHUNK));
  task.kept = { passes, kind, params: null };
  return task.kept;
}

/** The values from `from` on, filled up with zeros to `length`. */
function padded(values: FloatArray, from: number, length: number): Float64Array {
  const filled = new Float64Array(length);
  filled.set(values.subarray(from));
  return filled;
}

function valuesOf(task: Task, heads: readonly PolicyHead[], params: Float64Array): number[] {
  const sums = heads.map(() => 0);
  forEachChunk(task, { params, spread: spreadOf(task.shape, params) }, (rows) => {
    heads.forEach((head, at) => {
      sums[at]! += head.value(rows);
    });
  });
  return sums;
}

function gradientOf(task: Task, head: PolicyHead, params: Float64Array, gradient: Float64Array): number {
  const spread = spreadOf(task.shape, params);
  const into = prepare(task, gradient, lastLevel(task.pass).deltas);
  let loss = 0;
  forEachChunk(task, { params, spread }, (rows) => {
    clearFilling(rows, into.deltas);
    loss += head.gradient(rows, into);
    backwardFromDeltas(task.pass, params, gradient);
  });
  closeLogStd(spread, into.logStd);
  return loss;
}

interface AtDirection {
  readonly params: Float64Array;
  readonly vector: Float64Array;
}

function hessianVector(task: Task, head: PolicyHead, at: AtDirection, product: Float64Array): void {
  const { tangent } = task;
  const { params } = at;
  const spread = spreadOf(task.shape, params);
  // The backward pass also adds the gradient itself, which nobody wants here.
  const unwanted = new Float64Array(product.length);
  const into = prepare(task, product, lastLevel(tangent).deltas);
  const direction = directionOf(task, spread, at.vector);
  forEachChunk(task, { params, spread, keepFor: 'hessian' }, (rows, pass, fresh) => {
    if (fresh) {
      const { deltas } = lastLevel(pass);
      clearFilling(rows, deltas);
      head.gradient(rows, { deltas, logStd: unwanted });
      backwardFromDeltas(pass, params, unwanted);
    }
    tangentForward(pass, tangent, at);
    clearFilling(rows, into.deltas);
    head.tangent(rows, direction, into);
    tangentBackward(pass, tangent, at, product);
  });
  closeLogStd(spread, into.logStd);
}

function fisherVector(task: Task, at: AtDirection, product: Float64Array): void {
  const { tangent } = task;
  const { params } = at;
  const spread = spreadOf(task.shape, params);
  const direction = directionOf(task, spread, at.vector);
  product.fill(0);
  const logStd = product.subarray(parameterCount(task.shape));
  forEachChunk(task, { params, spread, keepFor: 'fisher' }, (rows, pass) => {
    const { deltas } = lastLevel(pass);
    tangentForward(pass, tangent, at);
    clearFilling(rows, deltas);
    fisherTangent(rows, direction, { deltas, logStd });
    backwardFromDeltas(pass, params, product);
  });
  closeLogStd(spread, logStd);
}

function rememberOld(task: Task, params: Float64Array, ratioClip = Number.POSITIVE_INFINITY): void {
  const spread = spreadOf(task.shape, params);
  const width = actionSize(task.shape);
  const logProbs = new Float64Array(task.count);
  const means = new Float64Array(task.count * width);
  forEachChunk(task, { params, spread }, (rows) => {
    for (let n = 0; n < rows.count; n++) logProbs[rows.first + n] = logProbAt(rows, n);
    means.set(rows.means.subarray(0, rows.count * width), rows.first * width);
  });
  task.old = { logProbs, means, logStd: spread.logStd, ratioClip };
}

/** The outputs' level. */
function lastLevel<Level>({ levels }: { readonly levels: readonly Level[] }): Level {
  return levels[levels.length - 1]!;
}

/** Empties the vector [P] that a head writes its logStd part of, the passes the rest. */
function prepare(task: Task, vector: Float64Array, deltas: Float64Array): HeadGradient {
  vector.fill(0);
  return { deltas, logStd: vector.subarray(parameterCount(task.shape)) };
}

function directionOf(task: Task, spread: Spread, vector: Float64Array): HeadDirection {
  const logStd = vector.slice(parameterCount(task.shape));
  closeLogStd(spread, logStd);
  return { means: lastLevel(task.tangent).values, logStd };
}

function closeLogStd({ open }: Spread, logStd: Float64Array): void {
  for (let a = 0; a < open.length; a++) if (open[a] === 0) logStd[a] = 0;
}

/** Rows after the last one add nothing. */
function clearFilling(rows: HeadRows, deltas: Float64Array): void {
  const width = rows.logStd.length;
  if (rows.count < deltas.length / width) deltas.fill(0, rows.count * width);
}
