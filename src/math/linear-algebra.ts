// Small dense linear algebra on flat, row-major float64 arrays. For a handful of unknowns; nothing is blocked.
import type { FloatArray } from './arrays.ts';

/** aᵀb. Throws when the lengths differ. */
export function dot(a: FloatArray, b: FloatArray): number {
  assertSameLength(a, b);
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** Euclidean length ‖a‖. */
export function norm(a: FloatArray): number {
  return Math.sqrt(dot(a, a));
}

/** y ← y + scale · x, in place. Throws when the lengths differ. */
export function axpy(scale: number, x: FloatArray, y: FloatArray): void {
  assertSameLength(x, y);
  for (let i = 0; i < y.length; i++) y[i]! += scale * x[i]!;
}

/**
 * Solves A x = b for symmetric positive definite A [n, n] by Cholesky's A = L Lᵀ; only A's lower triangle is
 * read. Returns a new x [n]. Throws when A is not positive definite to working precision.
 */
export function solvePositiveDefinite(a: FloatArray, b: FloatArray): Float64Array {
  const n = b.length;
  if (a.length !== n * n) {
    throw new RangeError(`A must have ${n}² = ${n * n} entries for ${n} right-hand sides; got ${a.length}.`);
  }
  const lower = choleskyFactor(a, n);
  const x = Float64Array.from(b);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) x[i]! -= lower[i * n + j]! * x[j]!;
    x[i]! /= lower[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let j = i + 1; j < n; j++) x[i]! -= lower[j * n + i]! * x[j]!;
    x[i]! /= lower[i * n + i]!;
  }
  return x;
}

/** L of A = L Lᵀ, row by row. */
function choleskyFactor(a: FloatArray, n: number): Float64Array {
  const lower = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = a[i * n + j]!;
      for (let k = 0; k < j; k++) rest -= lower[i * n + k]! * lower[j * n + k]!;
      if (i !== j) {
        lower[i * n + j] = rest / lower[j * n + j]!;
      } else if (rest > 0) {
        lower[i * n + i] = Math.sqrt(rest);
      } else {
        throw new Error(
          `The matrix is not positive definite: pivot ${i} is ${rest}, expected above 0. Add a ridge to its diagonal.`,
        );
      }
    }
  }
  return lower;
}

function assertSameLength(a: FloatArray, b: FloatArray): void {
  if (a.length !== b.length) {
    throw new RangeError(`Vectors must have the same length; got ${a.length} and ${b.length}.`);
  }
}
