// The MLP on plain arrays, float64 inside: predictions, loss and gradient, and a gradient-descent path. Small
// enough for the page's main thread (dragging a point); training in bulk goes through gradients/.
import type { FloatArray } from '../math/arrays.ts';
import type { InnerLearningRate } from './inner-learning-rate.ts';
import { backwardPass, createPass, forwardPass } from './mlp-pass.ts';
import { layerRanges, type MlpShape, parameterCount } from './mlp-shape.ts';

/** f(x): [N, out] for points x [N, in]. Throws when an array does not fit the shape. */
export function predict(shape: MlpShape, params: FloatArray, x: FloatArray): Float64Array {
  const theta = toParams(shape, params);
  const pass = createPass(shape, pointCount(shape, x));
  forwardPass(pass, theta, x);
  return pass.levels[pass.levels.length - 1]!.values;
}

/** Points to learn from: x [N, in], y [N, out]. */
export interface Points {
  readonly x: FloatArray;
  readonly y: FloatArray;
}

/**
 * The mean over points and outputs of (f(x) − y)², and its gradient in the parameters [P]. Both are 0 without
 * points. Throws when an array does not fit the shape.
 */
export function lossAndGradient(
  shape: MlpShape,
  params: FloatArray,
  points: Points,
): { loss: number; gradient: Float64Array } {
  const theta = toParams(shape, params);
  const pass = createPass(shape, labelledPointCount(shape, points));
  const gradient = new Float64Array(theta.length);
  forwardPass(pass, theta, points.x);
  const loss = backwardPass(pass, theta, points, gradient);
  return { loss, gradient };
}

/** α for every parameter: [P]. Throws when `values` has not the length that its mode asks for. */
export function expandAlpha(shape: MlpShape, alpha: InnerLearningRate): Float64Array {
  const ranges = layerRanges(shape);
  const count = parameterCount(shape);
  const expected = { scalar: 1, layer: ranges.length, parameter: count }[alpha.mode];
  if (alpha.values.length !== expected) {
    throw new RangeError(
      `Inner learning rate of mode '${alpha.mode}': got ${alpha.values.length} values, expected ${expected} ` +
        `for layer widths ${shape.sizes.join('-')}. Change the mode or the values.`,
    );
  }
  if (alpha.mode === 'parameter') return new Float64Array(alpha.values);
  const expanded = new Float64Array(count).fill(alpha.values[0]!);
  if (alpha.mode === 'layer') {
    ranges.forEach((range, layer) => {
      expanded.fill(alpha.values[layer]!, range.weightsAt, range.end);
    });
  }
  return expanded;
}

export interface AdaptPathRequest extends Points {
  readonly shape: MlpShape;
  /** θ [P] */
  readonly params: FloatArray;
  readonly alpha: InnerLearningRate;
  /** k ≥ 0. */
  readonly steps: number;
}

/** θ_0 … θ_k of gradient descent on the points: θ_{j+1} = θ_j − α∘∇L(θ_j). k + 1 new vectors [P]. */
export function adaptPath(request: AdaptPathRequest): Float64Array[] {
  const { shape, alpha, steps } = request;
  const path = [toParams(shape, request.params)];
  const rates = expandAlpha(shape, alpha);
  const pass = createPass(shape, labelledPointCount(shape, request));
  for (let step = 0; step < steps; step++) {
    const current = path[step]!;
    const gradient = new Float64Array(current.length);
    forwardPass(pass, current, request.x);
    backwardPass(pass, current, request, gradient);
    path.push(current.map((value, at) => value - rates[at]! * gradient[at]!));
  }
  return path;
}

function toParams(shape: MlpShape, params: FloatArray): Float64Array {
  const expected = parameterCount(shape);
  if (params.length !== expected) {
    throw new RangeError(
      `Parameters of a ${shape.sizes.join('-')} network: got ${params.length} values, expected ${expected}. ` +
        'Pass the flat vector [W1, b1, W2, b2, …] of this very shape.',
    );
  }
  return new Float64Array(params);
}

function pointCount(shape: MlpShape, x: FloatArray): number {
  const count = x.length / shape.sizes[0]!;
  if (!Number.isInteger(count)) {
    throw new RangeError(
      `Points for a ${shape.sizes.join('-')} network: got ${x.length} coordinates, expected a multiple of ` +
        `${shape.sizes[0]}. Pass x as [points, inputs], row-major.`,
    );
  }
  return count;
}

function labelledPointCount(shape: MlpShape, points: Points): number {
  const count = pointCount(shape, points.x);
  const expected = count * shape.sizes[shape.sizes.length - 1]!;
  if (points.y.length !== expected) {
    throw new RangeError(
      `Targets of ${count} points: got ${points.y.length} values, expected ${expected}. ` +
        'Pass y as [points, outputs], row-major.',
    );
  }
  return count;
}
