// Every buffer that the reference engine needs for one kind of request, made once and reused from request to
// request: its hot loops allocate nothing per task.
import { createPass, type MlpPass } from '../../models/mlp-pass.ts';
import { type MlpShape, parameterCount } from '../../models/mlp-shape.ts';
import type { AdaptationRequest } from '../meta-gradient.ts';
import { createTangentPass, type TangentPass } from './hessian-vector.ts';

export interface Workspace {
  /** What the buffers are made for; see workspaceKey. */
  readonly key: string;
  /** θ_0 … θ_k: [k + 1] vectors [P]. */
  readonly path: readonly Float64Array[];
  /** ∇L(θ_0) … ∇L(θ_{k−1}): [k] vectors [P]. */
  readonly gradients: readonly Float64Array[];
  /** The support pass of each step, kept for the way back; one when k = 0. */
  readonly supportPasses: readonly MlpPass[];
  readonly queryPass: MlpPass;
  readonly tangent: TangentPass;
  /** v, the cotangent that travels backwards along the path. */
  readonly cotangent: Float64Array;
  /** ∂Q/∂α per parameter, summed over tasks. */
  readonly alphaGradient: Float64Array;
}

/** Names the sizes that a workspace depends on. */
export function workspaceKey(request: AdaptationRequest): string {
  const { shape, innerSteps, tasks } = request;
  return [shape.sizes.join('-'), shape.activation, innerSteps, tasks.supportSize, tasks.querySize].join(' ');
}

/** New buffers for requests of the same sizes as `request`. */
export function createWorkspace(request: AdaptationRequest): Workspace {
  const { shape, innerSteps, tasks } = request;
  const supportPasses = Array.from({ length: Math.max(1, innerSteps) }, () =>
    createPass(shape, tasks.supportSize),
  );
  return {
    key: workspaceKey(request),
    path: vectors(shape, innerSteps + 1),
    gradients: vectors(shape, innerSteps),
    supportPasses,
    queryPass: createPass(shape, tasks.querySize),
    tangent: createTangentPass(supportPasses[0]!),
    cotangent: new Float64Array(parameterCount(shape)),
    alphaGradient: new Float64Array(parameterCount(shape)),
  };
}

function vectors(shape: MlpShape, count: number): Float64Array[] {
  return Array.from({ length: count }, () => new Float64Array(parameterCount(shape)));
}
