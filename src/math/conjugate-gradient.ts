// Conjugate gradients (Hestenes & Stiefel 1952) for A x = b with A known by its products alone. Asynchronous, as the
// products may come from workers or a GPU.
import type { FloatArray } from './arrays.ts';
import { axpy, dot } from './linear-algebra.ts';

export interface ConjugateGradientOptions {
  readonly iterations: number;
  /** Stops when ‖b − A x‖² is at most this; 1e-10 unless given. */
  readonly tolerance?: number;
}

export interface ConjugateGradientResult {
  /** [n] */
  readonly x: Float64Array;
  /** Products taken. */
  readonly iterations: number;
  /** ‖b − A x‖, as the recurrence has it. */
  readonly residualNorm: number;
  /** converged: within tolerance; iterations: as many as asked; curvature: A met a direction d with dᵀAd ≤ 0 or NaN. */
  readonly stopped: 'converged' | 'iterations' | 'curvature';
}

/** x ≈ A⁻¹b from x = 0, for symmetric positive definite A; `product(v)` gives a fresh A v, and v may not be kept. */
export async function conjugateGradient(
  product: (vector: Float64Array) => Promise<FloatArray> | FloatArray,
  b: FloatArray,
  { iterations, tolerance = 1e-10 }: ConjugateGradientOptions,
): Promise<ConjugateGradientResult> {
  const x = new Float64Array(b.length);
  const residual = Float64Array.from(b);
  const direction = Float64Array.from(b);
  let squared = dot(residual, residual);
  for (let iteration = 0; iteration < iterations; iteration++) {
    if (squared <= tolerance) return finish(x, iteration, squared, 'converged');
    const image = await product(direction);
    const curvature = dot(direction, image);
    // Also true for NaN. x is then the best that the products allow, never a step along a broken direction.
    if (!(curvature > 0)) return finish(x, iteration + 1, squared, 'curvature');
    const step = squared / curvature;
    axpy(step, direction, x);
    axpy(-step, image, residual);
    const next = dot(residual, residual);
    const ratio = next / squared;
    for (let at = 0; at < direction.length; at++) direction[at] = residual[at]! + ratio * direction[at]!;
    squared = next;
  }
  return finish(x, iterations, squared, squared <= tolerance ? 'converged' : 'iterations');
}

function finish(
  x: Float64Array,
  iterations: number,
  squared: number,
  stopped: ConjugateGradientResult['stopped'],
): ConjugateGradientResult {
  return { x, iterations, residualNorm: Math.sqrt(squared), stopped };
}
