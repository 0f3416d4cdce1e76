// Meta-gradients by hand-derived loops over float64 arrays, one task after the other: the tests' yardstick, and
// for small nets on a CPU also the fastest engine. MAML: v ← v − ∇²L(θ_j)(α∘v) backwards along the path.
import { norm } from '../../math/linear-algebra.ts';
import { expandAlpha } from '../../models/mlp-arrays.ts';
import { backwardPass, forwardPass, meanSquaredError } from '../../models/mlp-pass.ts';
import { layerRanges } from '../../models/mlp-shape.ts';
import { assertRequest } from '../assert-request.ts';
import type {
  AdaptationRequest,
  AdaptationResult,
  MetaGradientEngine,
  MetaGradientRequest,
  MetaGradientResult,
} from '../meta-gradient.ts';
import { addHessianVectorProduct } from './hessian-vector.ts';
import { createWorkspace, type Workspace, workspaceKey } from './workspace.ts';

/** The engine 'reference'. Results are Float64Arrays; it computes within the call and holds no device. */
export function createReferenceEngine(): MetaGradientEngine {
  let latest: Workspace | undefined;
  const workspaceFor = (request: AdaptationRequest): Workspace => {
    assertRequest(request);
    if (latest?.key !== workspaceKey(request)) latest = createWorkspace(request);
    return latest;
  };
  return {
    id: 'reference',
    metaGradient: async (request) => metaGradient(request, workspaceFor(request)),
    adapt: async (request) => adapt(request, workspaceFor(request)),
    dispose: () => {
      latest = undefined;
    },
  };
}

function metaGradient(request: MetaGradientRequest, workspace: Workspace): MetaGradientResult {
  const { tasks, innerSteps, kind, wantAlphaGradient } = request;
  const rates = expandAlpha(request.shape, request.alpha);
  const size = request.metaParams.length;
  const total = new Float64Array(size);
  const supportLosses = new Float64Array(tasks.taskCount);
  const queryLosses = new Float64Array(tasks.taskCount);
  const adapted = request.wantAdaptedParams ? new Float64Array(tasks.taskCount * size) : undefined;
  let norms = 0;
  workspace.path[0]!.set(request.metaParams);
  workspace.alphaGradient.fill(0);
  for (let task = 0; task < tasks.taskCount; task++) {
    supportLosses[task] = descend(request, workspace, rates, task);
    adapted?.set(workspace.path[innerSteps]!, task * size);
    if (innerSteps > 0) norms += norm(workspace.gradients[0]!);
    queryLosses[task] = queryGradient(request, workspace, task);
    if (wantAlphaGradient && kind !== 'second') addAlphaGradients(workspace, innerSteps);
    if (kind === 'second') ascend(request, workspace, rates, total);
    else if (kind === 'first') addTo(total, workspace.cotangent);
    else addDifference(total, workspace.path[0]!, workspace.path[innerSteps]!);
  }
  scale(total, 1 / tasks.taskCount);
  return {
    metaGradient: total,
    supportLosses,
    queryLosses,
    innerGradientNorm: norms / tasks.taskCount,
    ...(adapted && { adaptedParams: adapted }),
    ...(wantAlphaGradient && { alphaGradient: gatherAlphaGradient(request, workspace.alphaGradient) }),
  };
}

/** The inner loop of one task: fills path, gradients and support passes; returns the support loss at θ. */
function descend(
  request: AdaptationRequest,
  workspace: Workspace,
  rates: Float64Array,
  task: number,
): number {
  const { innerSteps } = request;
  const { path, gradients } = workspace;
  if (innerSteps === 0) return supportLoss(request, workspace, task, 0);
  let first = 0;
  for (let step = 0; step < innerSteps; step++) {
    const current = path[step]!;
    const next = path[step + 1]!;
    const gradient = gradients[step]!;
    const loss = supportGradient(request, workspace, task, step);
    if (step === 0) first = loss;
    for (let at = 0; at < current.length; at++) next[at] = current[at]! - rates[at]! * gradient[at]!;
  }
  return first;
}

/** Index of the first number of (set, task) in an array [S, M, points, size]. */
function supportOffset(request: AdaptationRequest, step: number, task: number, size: number): number {
  const { tasks } = request;
  return ((step % tasks.supportSets) * tasks.taskCount + task) * tasks.supportSize * size;
}

/** ∇L(θ_step) into gradients[step]; returns the loss there. */
function supportGradient(
  request: AdaptationRequest,
  workspace: Workspace,
  task: number,
  step: number,
): number {
  const { tasks } = request;
  const pass = workspace.supportPasses[step]!;
  const params = workspace.path[step]!;
  const gradient = workspace.gradients[step]!;
  gradient.fill(0);
  forwardPass(pass, params, tasks.supportX, supportOffset(request, step, task, tasks.inputSize));
  const yAt = supportOffset(request, step, task, tasks.outputSize);
  return backwardPass(pass, params, { y: tasks.supportY, yAt }, gradient);
}

/** The support loss alone at the end of the path, on the set of inner step `step`. */
function supportLoss(request: AdaptationRequest, workspace: Workspace, task: number, step: number): number {
  const { tasks, innerSteps } = request;
  const pass = workspace.supportPasses[Math.max(0, innerSteps - 1)]!;
  forwardPass(
    pass,
    workspace.path[innerSteps]!,
    tasks.supportX,
    supportOffset(request, step, task, tasks.inputSize),
  );
  return meanSquaredError(pass, tasks.supportY, supportOffset(request, step, task, tasks.outputSize));
}

/** v = ∇Q(θ_k) into the cotangent; returns Q(θ_k). Reptile without ∂/∂α needs the loss only. */
function queryGradient(request: MetaGradientRequest, workspace: Workspace, task: number): number {
  const { tasks, innerSteps, kind, wantAlphaGradient } = request;
  const { queryPass, cotangent } = workspace;
  const params = workspace.path[innerSteps]!;
  const yAt = task * tasks.querySize * tasks.outputSize;
  forwardPass(queryPass, params, tasks.queryX, task * tasks.querySize * tasks.inputSize);
  if (kind === 'reptile' && !wantAlphaGradient) return meanSquaredError(queryPass, tasks.queryY, yAt);
  cotangent.fill(0);
  return backwardPass(queryPass, params, { y: tasks.queryY, yAt }, cotangent);
}

/** ∂Q/∂α −= v∘∇L(θ_j) for every step j, with v held fixed along the path. */
function addAlphaGradients(workspace: Workspace, innerSteps: number): void {
  for (let step = 0; step < innerSteps; step++) {
    subtractProduct(workspace.alphaGradient, workspace.cotangent, workspace.gradients[step]!);
  }
}

/**
 * Back along the path, v at its end added to `total`: ∂Q/∂α −= v∘∇L(θ_j), then v ← v − ∇²L(θ_j)(α∘v), the transpose
 * of the step's Jacobian I − diag(α)∇²L. The order matters as soon as α differs per parameter.
 */
function ascend(
  request: MetaGradientRequest,
  workspace: Workspace,
  rates: Float64Array,
  total: Float64Array,
): void {
  const { cotangent, alphaGradient, tangent } = workspace;
  for (let step = request.innerSteps - 1; step >= 0; step--) {
    const gradient = workspace.gradients[step]!;
    if (request.wantAlphaGradient) subtractProduct(alphaGradient, cotangent, gradient);
    // Needed no more, so it makes room for −α∘v, whose product with the Hessian goes right into v.
    const scaled = gradient;
    for (let at = 0; at < scaled.length; at++) scaled[at] = -rates[at]! * cotangent[at]!;
    const vectors = { params: workspace.path[step]!, vector: scaled };
    addHessianVectorProduct(workspace.supportPasses[step]!, tangent, vectors, cotangent);
  }
  addTo(total, cotangent);
}

function gatherAlphaGradient(request: MetaGradientRequest, summed: Float64Array): Float64Array {
  const { alpha, shape, tasks } = request;
  const mean = summed.map((value) => value / tasks.taskCount);
  if (alpha.mode === 'parameter') return mean;
  const sumOf = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);
  if (alpha.mode === 'scalar') return Float64Array.of(sumOf(mean));
  return Float64Array.from(layerRanges(shape), (range) => sumOf(mean.subarray(range.weightsAt, range.end)));
}

function adapt(request: AdaptationRequest, workspace: Workspace): AdaptationResult {
  const { tasks, innerSteps } = request;
  const { taskCount } = tasks;
  const rates = expandAlpha(request.shape, request.alpha);
  const size = request.metaParams.length;
  const supportLosses = new Float64Array((innerSteps + 1) * taskCount);
  const queryLosses = new Float64Array((innerSteps + 1) * taskCount);
  const adapted = request.wantAdaptedParams ? new Float64Array(taskCount * size) : undefined;
  const { path, queryPass } = workspace;
  path[0]!.set(request.metaParams);
  for (let task = 0; task < taskCount; task++) {
    descend(request, workspace, rates, task);
    adapted?.set(path[innerSteps]!, task * size);
    for (let step = 0; step < innerSteps; step++) {
      const yAt = supportOffset(request, step, task, tasks.outputSize);
      supportLosses[step * taskCount + task] = meanSquaredError(
        workspace.supportPasses[step]!,
        tasks.supportY,
        yAt,
      );
    }
    const lastSet = Math.max(0, innerSteps - 1);
    supportLosses[innerSteps * taskCount + task] = supportLoss(request, workspace, task, lastSet);
    for (let step = 0; step <= innerSteps; step++) {
      forwardPass(queryPass, path[step]!, tasks.queryX, task * tasks.querySize * tasks.inputSize);
      const yAt = task * tasks.querySize * tasks.outputSize;
      queryLosses[step * taskCount + task] = meanSquaredError(queryPass, tasks.queryY, yAt);
    }
  }
  return { supportLosses, queryLosses, ...(adapted && { adaptedParams: adapted }) };
}

function addTo(total: Float64Array, added: Float64Array): void {
  for (let at = 0; at < total.length; at++) total[at]! += added[at]!;
}

function subtractProduct(total: Float64Array, a: Float64Array, b: Float64Array): void {
  for (let at = 0; at < total.length; at++) total[at]! -= a[at]! * b[at]!;
}

function addDifference(total: Float64Array, minuend: Float64Array, subtrahend: Float64Array): void {
  for (let at = 0; at < total.length; at++) total[at]! += minuend[at]! - subtrahend[at]!;
}

function scale(values: Float64Array, factor: number): void {
  for (let at = 0; at < values.length; at++) values[at]! *= factor;
}
