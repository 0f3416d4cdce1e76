// θ's path in the plane in which the runs differ most ([MAML] Figure 1, measured): principal components of all
// same-shaped runs' θ − θ₀ at their checkpoints, by orthogonal iteration. The plane goes through the common
// start, and each new basis continues the last one, so that the picture turns but never jumps or flips.
import type { AlgorithmId } from '../experiment/experiment.ts';
import { dot } from '../math/linear-algebra.ts';
import { key, normal } from '../math/rng.ts';
import type { ParameterSpace } from './session-events.ts';

/** A run at this moment; `adapted` [tasks, P] or null while it has not been computed. */
export interface ParameterSpaceRun {
  readonly algorithm: AlgorithmId;
  /** Meta-iterations done. */
  readonly iteration: number;
  readonly metaParams: Float32Array;
  readonly adapted: Float32Array | null;
}

export interface ParameterSpaceTracker {
  /** Adds a point to a run's path; iterations must ascend. */
  record(point: Omit<ParameterSpaceRun, 'adapted'>): void;
  /** Paths up to the given θ's, in one plane. */
  project(runs: readonly ParameterSpaceRun[]): ParameterSpace;
}

// Enough of each path to find the plane; more only costs time (rows × P per iteration).
const BASIS_POINTS_PER_RUN = 24;
const COLD_ITERATIONS = 30;
const WARM_ITERATIONS = 2;

/** A tracker for runs that all start at `origin` θ₀ [P]. */
export function createParameterSpace(origin: Float32Array): ParameterSpaceTracker {
  const paths = new Map<AlgorithmId, PathPoint[]>();
  let basis: Basis | null = null;
  return {
    record({ algorithm, iteration, metaParams }) {
      const path = paths.get(algorithm);
      const point = { iteration, displacement: subtract(metaParams, origin) };
      if (path === undefined) paths.set(algorithm, [point]);
      else path.push(point);
    },
    project(runs) {
      const shown = runs.map(({ algorithm, iteration, metaParams }) => [
        ...(paths.get(algorithm) ?? []).filter((point) => point.iteration < iteration),
        { iteration, displacement: subtract(metaParams, origin) },
      ]);
      const points = shown.map((path) => path.map((point) => point.displacement));
      const rows = points.flatMap((path) => thin(path, BASIS_POINTS_PER_RUN));
      basis =
        basis === null
          ? improveBasis(randomBasis(origin.length), rows, COLD_ITERATIONS)
          : improveBasis(basis, rows, WARM_ITERATIONS);
      const plane = basis;
      return {
        runs: runs.map(({ algorithm, adapted }, i) => ({
          algorithm,
          path: projectAll(points[i]!, plane),
          iterations: shown[i]!.map((point) => point.iteration),
          adapted: projectAll(displacementsOf(adapted, origin), plane),
        })),
        explainedVariance: explainedShare(rows, plane),
      };
    },
  };
}

interface PathPoint {
  readonly iteration: number;
  /** θ − θ₀. */
  readonly displacement: Float64Array;
}

/** Two orthonormal directions [P]. */
type Basis = readonly [Float64Array, Float64Array];

function randomBasis(length: number): Basis {
  const draws = normal(key(0), 2 * length);
  return [Float64Array.from(draws.subarray(0, length)), Float64Array.from(draws.subarray(length))];
}

/** Orthogonal iteration on XᵀX; a direction without any variance keeps its old value. */
function improveBasis(start: Basis, rows: readonly Float64Array[], iterations: number): Basis {
  let [first, second] = start;
  for (let i = 0; i < iterations; i++) {
    first = normalised(multiplyGram(rows, first), first);
    second = multiplyGram(rows, second);
    second = normalised(minusProjection(second, first), minusProjection(start[1], first));
  }
  return [aligned(first, start[0]), aligned(second, start[1])];
}

/** XᵀX v. */
function multiplyGram(rows: readonly Float64Array[], v: Float64Array): Float64Array {
  const out = new Float64Array(v.length);
  for (const row of rows) {
    const weight = dot(row, v);
    for (let i = 0; i < out.length; i++) out[i]! += weight * row[i]!;
  }
  return out;
}

function normalised(v: Float64Array, fallback: Float64Array): Float64Array {
  const length = Math.sqrt(dot(v, v));
  if (length > 1e-12) return v.map((value) => value / length);
  const spare = Math.sqrt(dot(fallback, fallback));
  return spare > 1e-12 ? fallback.map((value) => value / spare) : fallback;
}

function minusProjection(v: Float64Array, unit: Float64Array): Float64Array {
  const along = dot(v, unit);
  return v.map((value, i) => value - along * unit[i]!);
}

/** v or −v, whichever points along `reference`. */
function aligned(v: Float64Array, reference: Float64Array): Float64Array {
  return dot(v, reference) < 0 ? v.map((value) => -value) : v;
}

function explainedShare(rows: readonly Float64Array[], [first, second]: Basis): number {
  let total = 0;
  let shown = 0;
  for (const row of rows) {
    total += dot(row, row);
    shown += dot(row, first) ** 2 + dot(row, second) ** 2;
  }
  return total === 0 ? 0 : Math.min(1, shown / total);
}

/** (x, y) of every point. */
function projectAll(points: readonly Float64Array[], [first, second]: Basis): Float32Array {
  return Float32Array.from(points.flatMap((point) => [dot(point, first), dot(point, second)]));
}

/** At most about `limit` of the points, always with the last. */
function thin(points: readonly Float64Array[], limit: number): Float64Array[] {
  const stride = Math.ceil(points.length / limit);
  return points.filter((_, i) => (points.length - 1 - i) % stride === 0);
}

/** The rows of [tasks, P], each minus the origin. */
function displacementsOf(rows: Float32Array | null, origin: Float32Array): Float64Array[] {
  if (rows === null) return [];
  const width = origin.length;
  return Array.from({ length: rows.length / width }, (_, i) =>
    subtract(rows.subarray(i * width, (i + 1) * width), origin),
  );
}

function subtract(a: Float32Array, b: Float32Array): Float64Array {
  const out = new Float64Array(a.length);
  for (let i = 0; i < out.length; i++) out[i] = a[i]! - b[i]!;
  return out;
}
