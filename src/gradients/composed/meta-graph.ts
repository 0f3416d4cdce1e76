// The computation of a composed engine as one tfjs graph over all tasks, exact to second order by autodiff. The
// gradient of the tasks' *summed* support losses in per-task parameters is every task's own gradient, so one graph
// serves them all. Reading back and backends live in composed-engine.ts.
import {
  add,
  keep,
  matMul,
  mul,
  neg,
  ones,
  reshape,
  sub,
  type Tensor,
  tidy,
  tile,
  valueAndGrads,
} from '@tensorflow/tfjs-core';
import { applyMlp, squaredErrors } from '../../models/mlp-tensors.ts';
import type { MetaGradientRequest } from '../meta-gradient.ts';
import type { RequestTensors } from './request-tensors.ts';

/** Per-task parameters, one tensor [M, in + 1, out] per layer. */
export type Layers = readonly Tensor[];

/** What a meta-gradient request yields on the device; owned by the surrounding tidy, except as noted. */
export interface MetaGraphResult {
  /** Per layer [in + 1, out]: the mean over tasks; for Reptile the sum. */
  readonly metaGradient: readonly Tensor[];
  /** In the layout of alpha.values, one tensor per α tensor; empty when not asked for. */
  readonly alphaGradient: readonly Tensor[];
  /** Sum of squared errors [M]. */
  readonly supportErrors: Tensor;
  /** Sum of squared errors [M]. */
  readonly queryErrors: Tensor;
  /** ‖∇L(θ)‖² [M, 1, 1] when k > 0. */
  readonly squaredNorms: Tensor | undefined;
  readonly adapted: Layers;
}

/** A descent of all tasks at once. */
interface Descent {
  readonly adapted: Layers;
  /** Before the first step; when k = 0 the only one. */
  readonly supportErrors: Tensor;
  /** ∇L(θ), the first inner gradient; undefined when k = 0. */
  readonly firstGradient: readonly Tensor[] | undefined;
  /** Σ_j ∇L(θ_j), kept only when asked for. */
  readonly gradientSum: readonly Tensor[] | undefined;
}

/** θ repeated for every task. */
export function tileLayers(inputs: RequestTensors, taskCount: number): Layers {
  return inputs.theta.map((layer): Tensor => tile(layer, [taskCount, 1, 1]));
}

/** Sum of squared errors of every task on its query set [M]. */
export function queryErrors(inputs: RequestTensors, layers: Layers): Tensor {
  return squaredErrors(applyMlp(inputs.activation, layers, inputs.queryX, inputs.queryOnes), inputs.queryY);
}

/** Sum of squared errors of every task on the support set of inner step `step` [M]. */
export function supportErrors(inputs: RequestTensors, layers: Layers, step: number): Tensor {
  const set = inputs.support[step % inputs.support.length]!;
  return squaredErrors(applyMlp(inputs.activation, layers, set.x, inputs.supportOnes), set.y);
}

/** Support errors [M] and the inner gradients, per task, at `layers`. */
export function innerGradient(inputs: RequestTensors, layers: Layers, step: number) {
  return valueAndGrads((...args: Tensor[]) => supportErrors(inputs, args, step))(
    [...layers],
    inputs.supportScale,
  );
}

/** θ − α∘g per layer. Written θ + (−α)∘g: on the way back the small −α is negated, not the large ∂Q/∂θ. */
export function innerStep(layers: Layers, alpha: readonly Tensor[], gradient: readonly Tensor[]): Layers {
  const negated = alpha.map((values): Tensor => neg(values));
  return layers.map((layer, at): Tensor => add(layer, mul(alphaOf(negated, at), gradient[at]!)));
}

/** Runs the whole request on the current backend. */
export function metaGraph(request: MetaGradientRequest, inputs: RequestTensors): MetaGraphResult {
  const tiled = tileLayers(inputs, request.tasks.taskCount);
  const outcome =
    request.kind === 'second' && request.innerSteps > 0
      ? throughThePath(request, inputs, tiled)
      : atTheEnd(request, inputs, tiled);
  const { descent, perTask, alphaGradient } = outcome;
  const metaGradient =
    request.kind === 'reptile'
      ? tiled.map((layer, at) => sumOverTasks(sub(layer, descent.adapted[at]!)))
      : perTask.map(sumOverTasks);
  return {
    metaGradient,
    alphaGradient,
    supportErrors: descent.supportErrors,
    queryErrors: outcome.queryErrors,
    squaredNorms: descent.firstGradient && squaredNorms(descent.firstGradient),
    adapted: descent.adapted,
  };
}

interface Outcome {
  readonly descent: Descent;
  readonly queryErrors: Tensor;
  /** ∂(mean Q)/∂θ, the share of every task, per layer [M, in + 1, out]; empty when not needed. */
  readonly perTask: readonly Tensor[];
  readonly alphaGradient: readonly Tensor[];
}

/** MAML: differentiates the mean query loss through every inner step. */
function throughThePath(request: MetaGradientRequest, inputs: RequestTensors, tiled: Layers): Outcome {
  let descent: Descent | undefined;
  const depth = tiled.length;
  const queryOf = (...args: Tensor[]) => {
    descent = descend(request, inputs, { layers: args.slice(0, depth), alpha: args.slice(depth) });
    // Needed after this function's own tidy has ended; the caller's list releases them.
    inputs.release.push(...keepDescent(descent));
    return queryErrors(inputs, descent.adapted);
  };
  const alpha = request.wantAlphaGradient ? inputs.alpha : [];
  const run =
    alpha.length > 0
      ? valueAndGrads(queryOf)
      : valueAndGrads((...args: Tensor[]) => queryOf(...args, ...inputs.alpha));
  const { value, grads: gradients } = run([...tiled, ...alpha], inputs.queryScale);
  if (!descent) throw new Error('valueAndGrads did not call its function.');
  return {
    descent,
    queryErrors: value,
    perTask: gradients.slice(0, depth),
    alphaGradient: gradients.slice(depth),
  };
}

/** FOMAML and Reptile: ∇Q at the adapted parameters; for ∂/∂α the inner gradients count as constants. */
function atTheEnd(request: MetaGradientRequest, inputs: RequestTensors, tiled: Layers): Outcome {
  const descent = descend(request, inputs, { layers: tiled, alpha: inputs.alpha });
  if (request.wantAlphaGradient && descent.gradientSum) {
    const gradientSum = descent.gradientSum;
    const depth = tiled.length;
    const queryOf = (...args: Tensor[]) =>
      queryErrors(inputs, innerStep(args.slice(0, depth), args.slice(depth), gradientSum));
    const { value, grads: gradients } = valueAndGrads(queryOf)(
      [...tiled, ...inputs.alpha],
      inputs.queryScale,
    );
    return {
      descent,
      queryErrors: value,
      perTask: gradients.slice(0, depth),
      alphaGradient: gradients.slice(depth),
    };
  }
  const alphaGradient = request.wantAlphaGradient ? inputs.alpha.map((alpha) => sub(alpha, alpha)) : [];
  if (request.kind === 'reptile') {
    return { descent, queryErrors: queryErrors(inputs, descent.adapted), perTask: [], alphaGradient };
  }
  const queryOf = (...args: Tensor[]) => queryErrors(inputs, args);
  const { value, grads: perTask } = valueAndGrads(queryOf)([...descent.adapted], inputs.queryScale);
  return { descent, queryErrors: value, perTask, alphaGradient };
}

function descend(
  request: MetaGradientRequest,
  inputs: RequestTensors,
  start: { layers: Layers; alpha: readonly Tensor[] },
): Descent {
  const wantsSum = request.wantAlphaGradient && request.kind !== 'second';
  let adapted = start.layers;
  let errors: Tensor | undefined;
  let firstGradient: readonly Tensor[] | undefined;
  let gradientSum: readonly Tensor[] | undefined;
  for (let step = 0; step < request.innerSteps; step++) {
    const { value, grads: gradient } = innerGradient(inputs, adapted, step);
    errors ??= value;
    firstGradient ??= gradient;
    if (wantsSum) gradientSum = gradientSum?.map((total, at) => add(total, gradient[at]!)) ?? gradient;
    adapted = innerStep(adapted, start.alpha, gradient);
  }
  return { adapted, supportErrors: errors ?? supportErrors(inputs, adapted, 0), firstGradient, gradientSum };
}

function keepDescent(descent: Descent): Tensor[] {
  const kept = [...descent.adapted, descent.supportErrors, ...(descent.firstGradient ?? [])];
  return kept.map((tensor) => keep(tensor));
}

/** [M, in, out] → [in, out]. A product with ones: tfjs sums over a first axis by transposing everything first. */
function sumOverTasks(layer: Tensor): Tensor {
  const [taskCount = 0, ...shape] = layer.shape;
  const rows = reshape(layer, [1, taskCount, layer.size / taskCount]);
  // Transposed, because tfjs-wasm packs the right factor of a plain single product anew every time.
  return reshape(matMul(ones([1, taskCount, 1]), rows, true), shape);
}

function squaredNorms(gradient: readonly Tensor[]): Tensor {
  return tidy(() => {
    const perLayer = gradient.map((layer): Tensor => {
      const [taskCount = 0, ...shape] = layer.shape;
      const row = reshape(layer, [taskCount, 1, shape.reduce((count, size) => count * size, 1)]);
      return matMul(row, row, false, true);
    });
    return perLayer.reduce((total, layer): Tensor => add(total, layer));
  });
}

/** α of layer `at`: every layer its own, or one for all. */
function alphaOf(alpha: readonly Tensor[], at: number): Tensor {
  return alpha[at] ?? alpha[0]!;
}
