// Linear least squares with a ridge, by the normal equations: for a few dozen columns and any number of rows.
import type { FloatArray } from './arrays.ts';
import { solvePositiveDefinite } from './linear-algebra.ts';

export interface RidgeProblem {
  /** X [rows, columns] */
  readonly features: FloatArray;
  /** y [rows] */
  readonly targets: FloatArray;
  readonly columns: number;
  /** Added to the diagonal of XᵀX. */
  readonly ridge: number;
}

export interface RidgeSolution {
  /** w [columns]: (XᵀX + ridge·I) w = Xᵀy; zeros when no ridge tried would do (numbers that are not finite). */
  readonly coefficients: Float64Array;
  /** The ridge that did, above the one asked for where that left XᵀX singular; null when none did. */
  readonly ridge: number | null;
}

/** Each failure multiplies the ridge by this. */
const GROWTH = 10;
const ATTEMPTS = 8;

/** Solves the problem; where XᵀX + ridge·I is singular to working precision, with a ridge 10 … 10⁷ times as large. */
export function ridgeLeastSquares({ features, targets, columns, ridge }: RidgeProblem): RidgeSolution {
  const rows = targets.length;
  if (features.length !== rows * columns) {
    throw new RangeError(
      `features: got ${features.length} values, expected ${rows * columns} for ${rows} targets and ${columns} columns.`,
    );
  }
  const gram = new Float64Array(columns * columns);
  const moment = new Float64Array(columns);
  for (let row = 0; row < rows; row++) {
    const at = row * columns;
    for (let i = 0; i < columns; i++) {
      const value = features[at + i]!;
      moment[i]! += value * targets[row]!;
      for (let j = 0; j <= i; j++) gram[i * columns + j]! += value * features[at + j]!;
    }
  }
  let tried = ridge;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const coefficients = trySolve(gram, moment, tried);
    if (coefficients !== null) return { coefficients, ridge: tried };
    tried = tried > 0 ? tried * GROWTH : 1e-8;
  }
  return { coefficients: new Float64Array(columns), ridge: null };
}

function trySolve(gram: Float64Array, moment: Float64Array, ridge: number): Float64Array | null {
  const n = moment.length;
  const matrix = gram.slice();
  for (let i = 0; i < n; i++) matrix[i * n + i]! += ridge;
  try {
    const solution = solvePositiveDefinite(matrix, moment);
    return solution.every(Number.isFinite) ? solution : null;
  } catch {
    // Not positive definite: the only thing that it throws for matching sizes.
    return null;
  }
}
