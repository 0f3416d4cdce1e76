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
  const { gram, moment } = normalEquations(features, targets, columns);
  let tried = ridge;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const coefficients = trySolve(gram, moment, tried);
    if (coefficients !== null) return { coefficients, ridge: tried };
    tried = tried > 0 ? tried * GROWTH : 1e-8;
  }
  return { coefficients: new Float64Array(columns), ridge: null };
}

/** Rows that are added in one go: an entry of the sums is read and written once for so many. */
const ROWS_AT_ONCE = 4;

/** XᵀX (lower triangle) and Xᵀy. Every entry is summed row by row, in order. */
function normalEquations(features: FloatArray, targets: FloatArray, columns: number) {
  const gram = new Float64Array(columns * columns);
  const moment = new Float64Array(columns);
  const rows = targets.length;
  const inFours = rows - (rows % ROWS_AT_ONCE);
  for (let row = 0; row < inFours; row += ROWS_AT_ONCE) {
    const a = row * columns;
    const b = a + columns;
    const c = b + columns;
    const d = c + columns;
    for (let i = 0; i < columns; i++) {
      const [xa, xb, xc, xd] = [features[a + i]!, features[b + i]!, features[c + i]!, features[d + i]!];
      moment[i] =
        moment[i]! +
        xa * targets[row]! +
        xb * targets[row + 1]! +
        xc * targets[row + 2]! +
        xd * targets[row + 3]!;
      const to = i * columns;
      for (let j = 0; j <= i; j++) {
        gram[to + j] =
          gram[to + j]! +
          xa * features[a + j]! +
          xb * features[b + j]! +
          xc * features[c + j]! +
          xd * features[d + j]!;
      }
    }
  }
  for (let row = inFours; row < rows; row++) {
    const at = row * columns;
    for (let i = 0; i < columns; i++) {
      const value = features[at + i]!;
      moment[i]! += value * targets[row]!;
      for (let j = 0; j <= i; j++) gram[i * columns + j]! += value * features[at + j]!;
    }
  }
  return { gram, moment };
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
