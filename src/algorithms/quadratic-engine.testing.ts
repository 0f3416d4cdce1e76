// Test double: an engine whose losses are quadratics, L = ½‖θ − c_s‖² and Q = ½‖θ − c_q‖², so that every
// algorithm's update has an exact formula (docs: θ_k = c_s + (1−α)^k (θ − c_s)). For tests only; knows no network.
import type {
  AdaptationRequest,
  AdaptationResult,
  MetaGradientEngine,
  MetaGradientRequest,
  MetaGradientResult,
} from '../gradients/meta-gradient.ts';

/** The centre of a task: its first P support (set j) or query targets. */
function centreOf(request: AdaptationRequest, task: number, set: number | 'query'): number[] {
  const { tasks, metaParams } = request;
  const size = set === 'query' ? tasks.querySize : tasks.supportSize;
  const values = set === 'query' ? tasks.queryY : tasks.supportY;
  const at = ((set === 'query' ? 0 : set) * tasks.taskCount + task) * size;
  return Array.from(metaParams, (_, i) => values[at + (i % size)]!);
}

const halfSquare = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, value, i) => sum + (value - b[i]!) ** 2, 0) / 2;

/** θ_0 … θ_k of one task. */
function innerPath(request: AdaptationRequest, task: number): number[][] {
  const alpha = request.alpha.values[0]!;
  const path = [Array.from(request.metaParams)];
  for (let step = 0; step < request.innerSteps; step++) {
    const centre = centreOf(request, task, step % request.tasks.supportSets);
    path.push(path[step]!.map((value, i) => value - alpha * (value - centre[i]!)));
  }
  return path;
}

function metaGradient(request: MetaGradientRequest): MetaGradientResult {
  const { metaParams, innerSteps, kind, tasks, alpha } = request;
  const count = tasks.taskCount;
  const gradient = new Float64Array(metaParams.length);
  const alphaGradient = new Float64Array(alpha.values.length);
  const supportLosses = new Float64Array(count);
  const queryLosses = new Float64Array(count);
  let innerGradientNorm = 0;
  for (let task = 0; task < count; task++) {
    const path = innerPath(request, task);
    const last = path.at(-1)!;
    const support = centreOf(request, task, 0);
    const query = centreOf(request, task, 'query');
    const shrink = kind === 'second' ? (1 - alpha.values[0]!) ** innerSteps : 1;
    last.forEach((value, i) => {
      const direction = kind === 'reptile' ? metaParams[i]! - value : shrink * (value - query[i]!);
      gradient[i]! += direction / count;
      // Exact for one inner step: ∂Q/∂α = −∇Q(θ′)·∇L(θ).
      alphaGradient[0]! -= ((value - query[i]!) * (metaParams[i]! - support[i]!)) / count;
    });
    supportLosses[task] = halfSquare(path[0]!, support);
    queryLosses[task] = halfSquare(last, query);
    if (innerSteps > 0) innerGradientNorm += Math.sqrt(2 * supportLosses[task]!) / count;
  }
  const losses = { supportLosses, queryLosses, innerGradientNorm };
  return { metaGradient: gradient, ...(request.wantAlphaGradient ? { alphaGradient } : {}), ...losses };
}

function adapt(request: AdaptationRequest): AdaptationResult {
  const count = request.tasks.taskCount;
  const losses = new Float64Array((request.innerSteps + 1) * count);
  const adaptedParams = new Float64Array(count * request.metaParams.length);
  for (let task = 0; task < count; task++) {
    const path = innerPath(request, task);
    path.forEach((params, step) => {
      losses[step * count + task] = halfSquare(params, centreOf(request, task, 'query'));
    });
    adaptedParams.set(path.at(-1)!, task * request.metaParams.length);
  }
  return { supportLosses: losses, queryLosses: losses, adaptedParams };
}

/** The engine, with a record of the requests it got. */
export function createQuadraticEngine(): MetaGradientEngine & { readonly requests: MetaGradientRequest[] } {
  const requests: MetaGradientRequest[] = [];
  return {
    id: 'reference',
    requests,
    metaGradient: async (request) => {
      requests.push(request);
      return metaGradient(request);
    },
    adapt: async (request) => adapt(request),
    dispose: () => {},
  };
}
