// The outer objective of meta-RL out of one task's kernels (policy-kernels.ts), whoever computes those: inner path, its
// Jacobian's products and means over tasks. v ← v − ∇²L(θ_j)(α∘v) backwards along the path is Jᵀv, as for supervised
// tasks; u ← u − α∘∇²L(θ_j)u forwards is Ju. Sums run over tasks in order, so shares can be added up elsewhere too.
import type { FloatArray } from '../math/arrays.ts';
import { norm } from '../math/linear-algebra.ts';
import {
  assertPolicyParams,
  expandPolicyAlpha,
  gatherPolicyAlpha,
  policyParameterCount,
} from '../models/gaussian-policy.ts';
import type { PolicyBatch } from '../tasks/policy-batch.ts';
import { assertPolicyAdaptation, assertPolicyObjective } from './assert-policy-batch.ts';
import type {
  PolicyAdaptationRequest,
  PolicyAdaptationResult,
  PolicyGradientEngine,
  PolicyGradientResult,
  PolicyObjective,
  PolicyObjectiveRequest,
  PolicyValues,
} from './policy-gradient.ts';
import type { PolicyKernels, PolicyRows } from './policy-kernels.ts';

/** The engine that computes with `kernels`, task after task, within the call. */
export function createKernelPolicyEngine(kernels: PolicyKernels): PolicyGradientEngine {
  const known: KnownSteps = new Map();
  return {
    id: kernels.id,
    adapt: async (request) => adapt(kernels, known, request),
    open: async (request) => openObjective(kernels, known, request),
    dispose: () => kernels.dispose(),
  };
}

/** An inner step of one task that was taken before its objective was opened. */
interface KnownStep extends StepGradient {
  readonly rows: PolicyRows;
  /** Where it was taken. */
  readonly params: Float64Array;
}

interface StepGradient {
  readonly gradient: Float64Array;
  readonly loss: number;
}

/** By their support batch, one for each of its tasks. */
type KnownSteps = Map<PolicyBatch, readonly KnownStep[]>;

function adapt(
  kernels: PolicyKernels,
  known: KnownSteps,
  request: PolicyAdaptationRequest,
): PolicyAdaptationResult {
  const { shape, params, support } = request;
  const size = policyParameterCount(shape);
  const shared = params.length === size;
  assertPolicyAdaptation(request);
  const rates = expandPolicyAlpha(shape, request.alpha);
  const adaptedParams = new Float64Array(support.taskCount * size);
  const innerLosses = new Float64Array(support.taskCount);
  const innerGradientNorms = new Float64Array(support.taskCount);
  const steps: KnownStep[] = [];
  for (let task = 0; task < support.taskCount; task++) {
    const from = new Float64Array(shared ? params : params.subarray(task * size, (task + 1) * size));
    const gradient = new Float64Array(size);
    const rows = kernels.load(shape, support, task);
    const loss = rows.innerGradient(from, gradient);
    if (request.opensNext === true) steps.push({ rows, params: from, gradient, loss });
    else rows.release();
    innerLosses[task] = loss;
    innerGradientNorms[task] = norm(gradient);
    adaptedParams.set(stepped(from, rates, gradient), task * size);
  }
  if (request.opensNext === true) known.set(support, steps);
  return { adaptedParams, innerLosses, innerGradientNorms };
}

/** One task of an objective. */
interface TaskRows {
  /** One per inner step. */
  readonly support: readonly PolicyRows[];
  readonly query: PolicyRows;
  readonly curvatureSupport: readonly PolicyRows[];
  readonly curvatureQuery: PolicyRows;
}

/** An inner path: θ_0 … θ_k, and ∇L and L at its points but the last. Written once. */
interface InnerPath {
  readonly params: readonly Float64Array[];
  readonly gradients: readonly Float64Array[];
  readonly losses: readonly number[];
}

interface Objective {
  readonly request: PolicyObjectiveRequest;
  /** α per parameter. */
  readonly rates: Float64Array;
  readonly tasks: readonly TaskRows[];
  /** Each task's path from θ_old. */
  readonly oldPaths: readonly InnerPath[];
  /** The same from the θ that was asked for last: values and gradient are mostly asked for at one after the other. */
  latest: { readonly theta: Float64Array; readonly paths: InnerPath[] } | null;
}

function openObjective(
  kernels: PolicyKernels,
  known: KnownSteps,
  request: PolicyObjectiveRequest,
): PolicyObjective {
  assertPolicyObjective(request);
  const rates = expandPolicyAlpha(request.shape, request.alpha);
  const theta = new Float64Array(request.metaParams);
  const knownSteps = request.support.map((batch) => known.get(batch));
  for (const batch of request.support) known.delete(batch);
  const tasks = Array.from({ length: request.query.taskCount }, (_, task) =>
    loadTask(kernels, request, task, knownSteps),
  );
  const oldPaths = tasks.map((task, at) => {
    const taken = knownSteps.map((steps) => steps?.[at]);
    return descend(task, theta, rates, taken);
  });
  tasks.forEach((task, at) => {
    task.query.rememberOld(endOf(oldPaths[at]!), request.ratioClip);
  });
  const objective: Objective = { request, rates, tasks, oldPaths, latest: null };
  return {
    parameterCount: theta.length,
    adaptedParams: async () => adaptedParams(objective),
    innerLosses: async () => innerLosses(objective),
    gradient: async (asked = {}) => gradientAt(objective, asked),
    evaluate: async (metaParams) => evaluate(objective, metaParams),
    klHessianVector: async (vector) => klHessianVector(objective, vector),
    release: () => {
      for (const task of tasks) releaseTask(task);
    },
  };
}

function loadTask(
  kernels: PolicyKernels,
  request: PolicyObjectiveRequest,
  task: number,
  knownSteps: readonly (readonly KnownStep[] | undefined)[],
): TaskRows {
  const { shape, curvature } = request;
  const load = (batch: PolicyBatch) => kernels.load(shape, batch, task);
  const support = request.support.map((batch, step) => knownSteps[step]?.[task]?.rows ?? load(batch));
  const query = load(request.query);
  return {
    support,
    query,
    curvatureSupport: curvature?.support?.map(load) ?? support,
    curvatureQuery: curvature?.query ? load(curvature.query) : query,
  };
}

function releaseTask({ support, query, curvatureSupport, curvatureQuery }: TaskRows): void {
  for (const rows of new Set([...support, query, ...curvatureSupport, curvatureQuery])) rows.release();
}

/** The path from `theta`; `taken`: its steps that are known already, used where they were taken at the very same θ. */
function descend(
  task: TaskRows,
  theta: Float64Array,
  rates: Float64Array,
  taken: readonly (KnownStep | undefined)[] = [],
): InnerPath {
  const params: Float64Array[] = [];
  const gradients: Float64Array[] = [];
  const losses: number[] = [];
  let at = theta;
  for (const [step, rows] of task.support.entries()) {
    const known = taken[step];
    const isTaken = known !== undefined && isSame(known.params, at);
    // The rows keep their passes for the very array that they were made with.
    if (isTaken) at = known.params;
    const { gradient, loss } = isTaken ? known : gradientOf(rows, at);
    params.push(at);
    gradients.push(gradient);
    losses.push(loss);
    at = stepped(at, rates, gradient);
  }
  params.push(at);
  return { params, gradients, losses };
}

function gradientOf(rows: PolicyRows, params: Float64Array): StepGradient {
  const gradient = new Float64Array(params.length);
  return { loss: rows.innerGradient(params, gradient), gradient };
}

function isSame(a: FloatArray, b: FloatArray): boolean {
  return a.length === b.length && a.every((value, at) => Object.is(value, b[at]));
}

function stepped(from: Float64Array, rates: Float64Array, gradient: Float64Array): Float64Array {
  return from.map((value, at) => value - rates[at]! * gradient[at]!);
}

function endOf(path: InnerPath): Float64Array {
  return path.params[path.params.length - 1]!;
}

function adaptedParams({ oldPaths, rates }: Objective): Float64Array {
  const adapted = new Float64Array(oldPaths.length * rates.length);
  oldPaths.forEach((path, task) => {
    adapted.set(endOf(path), task * rates.length);
  });
  return adapted;
}

function innerLosses({ tasks, oldPaths, request }: Objective): Float64Array {
  const steps = request.support.length;
  if (steps === 0) return new Float64Array(0);
  const losses = new Float64Array((steps + 1) * tasks.length);
  oldPaths.forEach((path, task) => {
    path.losses.forEach((loss, step) => {
      losses[step * tasks.length + task] = loss;
    });
    losses[steps * tasks.length + task] = tasks[task]!.support[steps - 1]!.innerLoss(endOf(path));
  });
  return losses;
}

/** The paths from `metaParams`; those from θ_old and from the last other θ are kept, with the engine's passes there. */
function pathsFrom(objective: Objective, metaParams: FloatArray | undefined): (task: number) => InnerPath {
  if (metaParams === undefined) return (task) => objective.oldPaths[task]!;
  assertPolicyParams(objective.request.shape, metaParams);
  const known = objective.latest;
  const isKnown = known !== null && isSame(known.theta, metaParams);
  const latest = isKnown ? known : { theta: new Float64Array(metaParams), paths: [] };
  objective.latest = latest;
  return (task) => {
    latest.paths[task] ??= descend(objective.tasks[task]!, latest.theta, objective.rates);
    return latest.paths[task];
  };
}

function evaluate(objective: Objective, metaParams: FloatArray): PolicyValues {
  const pathOf = pathsFrom(objective, metaParams);
  const { tasks } = objective;
  let surrogateLoss = 0;
  let kl = 0;
  tasks.forEach((task, at) => {
    const values = task.query.evaluate(endOf(pathOf(at)));
    surrogateLoss += values.surrogateLoss;
    kl += values.kl;
  });
  return { surrogateLoss: surrogateLoss / tasks.length, kl: kl / tasks.length };
}

function gradientAt(
  objective: Objective,
  asked: { readonly metaParams?: FloatArray; readonly wantAlphaGradient?: boolean },
): PolicyGradientResult {
  const { tasks, rates, request } = objective;
  const pathOf = pathsFrom(objective, asked.metaParams);
  const total = new Float64Array(rates.length);
  const alphaTotal = asked.wantAlphaGradient ? new Float64Array(rates.length) : undefined;
  let loss = 0;
  tasks.forEach((task, at) => {
    const path = pathOf(at);
    const cotangent = new Float64Array(rates.length);
    loss += task.query.surrogateGradient(endOf(path), cotangent);
    if (request.kind === 'second') {
      pullBack(task.support, path, { rates, alphaTotal }, cotangent);
    } else if (alphaTotal !== undefined) {
      for (const gradient of path.gradients) subtractProduct(alphaTotal, cotangent, gradient);
    }
    if (request.kind === 'reptile') addDifference(total, path.params[0]!, endOf(path));
    else addTo(total, cotangent);
  });
  scale(total, 1 / tasks.length);
  if (alphaTotal !== undefined) scale(alphaTotal, 1 / tasks.length);
  return {
    metaGradient: total,
    surrogateLoss: loss / tasks.length,
    ...(alphaTotal && { alphaGradient: gatherPolicyAlpha(request.shape, request.alpha.mode, alphaTotal) }),
  };
}

interface PullBack {
  readonly rates: Float64Array;
  /** ∂Q/∂α −= v∘∇L(θ_j) on the way, where it is given. */
  readonly alphaTotal?: Float64Array | undefined;
}

/** v ← Jᵀv in place: v − ∇²L(θ_j)(α∘v), from the last step to the first. */
function pullBack(
  support: readonly PolicyRows[],
  path: InnerPath,
  { rates, alphaTotal }: PullBack,
  v: Float64Array,
): void {
  const scaled = new Float64Array(v.length);
  const product = new Float64Array(v.length);
  for (let step = support.length - 1; step >= 0; step--) {
    if (alphaTotal !== undefined) subtractProduct(alphaTotal, v, path.gradients[step]!);
    for (let at = 0; at < v.length; at++) scaled[at] = rates[at]! * v[at]!;
    support[step]!.innerHessianVector(path.params[step]!, scaled, product);
    for (let at = 0; at < v.length; at++) v[at]! -= product[at]!;
  }
}

/** u ← Ju in place: u − α∘∇²L(θ_j)u, from the first step to the last. */
function pushForward(
  support: readonly PolicyRows[],
  path: InnerPath,
  rates: Float64Array,
  u: Float64Array,
): void {
  const product = new Float64Array(u.length);
  for (let step = 0; step < support.length; step++) {
    support[step]!.innerHessianVector(path.params[step]!, u, product);
    for (let at = 0; at < u.length; at++) u[at]! -= rates[at]! * product[at]!;
  }
}

function klHessianVector(objective: Objective, vector: FloatArray): Float64Array {
  const { tasks, rates, oldPaths, request } = objective;
  assertPolicyParams(request.shape, vector);
  if (request.kind === 'reptile') {
    throw new Error(
      "klHessianVector: kind 'reptile' moves θ towards θ_k and has no trust region. Ask for 'second' or 'first'.",
    );
  }
  const through = request.kind === 'second';
  const total = new Float64Array(rates.length);
  tasks.forEach((task, at) => {
    const path = oldPaths[at]!;
    const u = new Float64Array(vector);
    if (through) pushForward(task.curvatureSupport, path, rates, u);
    const v = new Float64Array(u.length);
    task.curvatureQuery.fisherVector(endOf(path), u, v);
    if (through) pullBack(task.curvatureSupport, path, { rates }, v);
    addTo(total, v);
  });
  scale(total, 1 / tasks.length);
  return total;
}

function addTo(total: Float64Array, added: Float64Array): void {
  for (let at = 0; at < total.length; at++) total[at]! += added[at]!;
}

function addDifference(total: Float64Array, minuend: Float64Array, subtrahend: Float64Array): void {
  for (let at = 0; at < total.length; at++) total[at]! += minuend[at]! - subtrahend[at]!;
}

function subtractProduct(total: Float64Array, a: Float64Array, b: Float64Array): void {
  for (let at = 0; at < total.length; at++) total[at]! -= a[at]! * b[at]!;
}

function scale(values: Float64Array, factor: number): void {
  for (let at = 0; at < values.length; at++) values[at]! *= factor;
}
