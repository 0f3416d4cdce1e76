// θ's path in the plane in which the runs differ most ([MAML] Figure 1, measured): principal components of all
// same-shaped runs' θ − θ₀ at their checkpoints, by orthogonal iteration. The plane goes through the common
// start, and each new basis continues the last one, so that the picture turns but never jumps or flips. It is made
// thirty times a second beside training: a recorded point is projected once per basis, and the basis rests once it has
// settled, until the next point is recorded.
import type { AlgorithmId } from '../experiment/experiment.ts';
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
const BASIS_POINTS_PER_RUN = 16;
const COLD_ITERATIONS = 30;
/** Per picture, until the basis has settled. */
const WARM_ITERATIONS = 1;
/** Sum of squares by which a settled basis moves in an iteration, at most: an eighth of a degree. */
const SETTLED = 5e-6;

/** A tracker for runs that all start at `origin` θ₀ [P]. */
export function createParameterSpace(origin: Float32Array): ParameterSpaceTracker {
  const paths = new Map<AlgorithmId, PathPoint[]>();
  const originRow = createPoint(0, origin);
  let basis: Basis = randomBasis(origin.length);
  let state: 'cold' | 'warm' | 'settled' = 'cold';

  /** Brings the basis nearer to the principal components of the recorded points, or of those shown before any moved. */
  const turn = (shown: readonly (readonly PathPoint[])[]): void => {
    if (state === 'settled') return;
    const recorded = [...paths.values()].flatMap((path) => thin(path, BASIS_POINTS_PER_RUN));
    const rows = recorded.some(hasMoved) ? recorded : shown.flat();
    if (!rows.some(hasMoved)) return;
    const iterations = state === 'cold' ? COLD_ITERATIONS : WARM_ITERATIONS;
    const improved = improveBasis(basis, rows, iterations);
    state = movement(basis, improved) < SETTLED * iterations ** 2 ? 'settled' : 'warm';
    basis = improved;
  };

  return {
    record({ algorithm, iteration, metaParams }) {
      const path = paths.get(algorithm);
      const point = createPoint(iteration, subtract(metaParams, origin));
      if (path === undefined) paths.set(algorithm, [point]);
      else path.push(point);
      if (state === 'settled') state = 'warm';
    },
    project(runs) {
      const shown = runs.map(({ algorithm, iteration, metaParams }) => [
        ...(paths.get(algorithm) ?? []).filter((point) => point.iteration < iteration),
        createPoint(iteration, subtract(metaParams, origin)),
      ]);
      turn(shown);
      for (const path of shown) for (const point of path) project(point, basis);
      project(originRow, basis);
      return {
        runs: runs.map(({ algorithm, adapted }, i) => ({
          algorithm,
          path: coordinatesOf(shown[i]!),
          iterations: shown[i]!.map((point) => point.iteration),
          adapted: projectRows(adapted, originRow, basis),
        })),
        explainedVariance: explainedShare(shown.flat()),
      };
    },
  };
}

interface PathPoint {
  readonly iteration: number;
  /** θ − θ₀. */
  readonly displacement: Float32Array;
  readonly squaredLength: number;
  /** Its coordinates in the basis `on`. */
  x: number;
  y: number;
  on: Basis | null;
}

/** Two orthonormal directions [P]. */
type Basis = readonly [Float64Array, Float64Array];

function createPoint(iteration: number, displacement: Float32Array): PathPoint {
  let squaredLength = 0;
  for (let i = 0; i < displacement.length; i++) squaredLength += displacement[i]! * displacement[i]!;
  return { iteration, displacement, squaredLength, x: 0, y: 0, on: null };
}

function hasMoved(point: PathPoint): boolean {
  return point.squaredLength > 0;
}

/** Computes x and y unless they are known. */
function project(point: PathPoint, basis: Basis): void {
  if (point.on === basis) return;
  const [x, y] = dotBoth(point.displacement, basis);
  point.x = x;
  point.y = y;
  point.on = basis;
}

function randomBasis(length: number): Basis {
  const draws = normal(key(0), 2 * length);
  return [Float64Array.from(draws.subarray(0, length)), Float64Array.from(draws.subarray(length))];
}

/** Orthogonal iteration on XᵀX; a direction without any variance keeps its old value. */
function improveBasis(start: Basis, rows: readonly PathPoint[], iterations: number): Basis {
  let basis = start;
  for (let i = 0; i < iterations; i++) {
    const [first, second] = multiplyGram(rows, basis);
    normalise(first, basis[0]);
    subtractProjection(second, first);
    const spare = start[1].slice();
    subtractProjection(spare, first);
    normalise(second, spare);
    basis = [first, second];
  }
  alignTo(basis[0], start[0]);
  alignTo(basis[1], start[1]);
  return basis;
}

/** XᵀX v for both directions, each row being read twice only. */
function multiplyGram(rows: readonly PathPoint[], basis: Basis): Basis {
  const length = basis[0].length;
  const [outX, outY] = [new Float64Array(length), new Float64Array(length)];
  for (const row of rows) {
    // Known coordinates need no dot products: those of recorded points, in the basis with which a picture begins.
    project(row, basis);
    const { displacement, x, y } = row;
    for (let i = 0; i < length; i++) {
      const value = displacement[i]!;
      outX[i]! += x * value;
      outY[i]! += y * value;
    }
  }
  return [outX, outY];
}

/** (row · first, row · second); two sums each, since an addition waits for the one before. */
function dotBoth(row: Float32Array, [first, second]: Basis): readonly [number, number] {
  let x = 0;
  let y = 0;
  let nextX = 0;
  let nextY = 0;
  const even = row.length & ~1;
  for (let i = 0; i < even; i += 2) {
    const value = row[i]!;
    const next = row[i + 1]!;
    x += value * first[i]!;
    y += value * second[i]!;
    nextX += next * first[i + 1]!;
    nextY += next * second[i + 1]!;
  }
  if (even < row.length) {
    x += row[even]! * first[even]!;
    y += row[even]! * second[even]!;
  }
  return [x + nextX, y + nextY];
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** v ← v/‖v‖, in place; the fallback's direction where v has none. */
function normalise(v: Float64Array, fallback: Float64Array): void {
  let length = Math.sqrt(dot(v, v));
  if (length <= 1e-12) {
    v.set(fallback);
    length = Math.sqrt(dot(v, v));
  }
  if (length <= 1e-12) return;
  for (let i = 0; i < v.length; i++) v[i]! /= length;
}

function subtractProjection(v: Float64Array, unit: Float64Array): void {
  const along = dot(v, unit);
  for (let i = 0; i < v.length; i++) v[i]! -= along * unit[i]!;
}

/** Turns v round, in place, if it points against `reference`. */
function alignTo(v: Float64Array, reference: Float64Array): void {
  if (dot(v, reference) >= 0) return;
  for (let i = 0; i < v.length; i++) v[i]! = -v[i]!;
}

/** Sum of squares by which the two directions differ. */
function movement(before: Basis, after: Basis): number {
  let sum = 0;
  for (let d = 0; d < 2; d++) {
    const [a, b] = [before[d]!, after[d]!];
    for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) ** 2;
  }
  return sum;
}

/** Of rows that have been projected. */
function explainedShare(rows: readonly PathPoint[]): number {
  let total = 0;
  let shown = 0;
  for (const { squaredLength, x, y } of rows) {
    total += squaredLength;
    shown += x ** 2 + y ** 2;
  }
  return total === 0 ? 0 : Math.min(1, shown / total);
}

/** (x, y) of every point, which has been projected. */
function coordinatesOf(points: readonly PathPoint[]): Float32Array {
  const out = new Float32Array(2 * points.length);
  for (const [i, { x, y }] of points.entries()) {
    out[2 * i] = x;
    out[2 * i + 1] = y;
  }
  return out;
}

/** At most about `limit` of the points, always with the last. */
function thin(points: readonly PathPoint[], limit: number): PathPoint[] {
  const stride = Math.ceil(points.length / limit);
  return points.filter((_, i) => (points.length - 1 - i) % stride === 0);
}

/** (x, y) of each row of [tasks, P], seen from the origin. */
function projectRows(rows: Float32Array | null, origin: PathPoint, basis: Basis): Float32Array {
  const width = origin.displacement.length;
  const count = rows === null ? 0 : rows.length / width;
  const out = new Float32Array(2 * count);
  for (let i = 0; i < count; i++) {
    const [x, y] = dotBoth(rows!.subarray(i * width, (i + 1) * width), basis);
    out[2 * i] = x - origin.x;
    out[2 * i + 1] = y - origin.y;
  }
  return out;
}

function subtract(a: Float32Array, b: Float32Array): Float32Array {
  const out = new Float32Array(a.length);
  for (let i = 0; i < out.length; i++) out[i] = a[i]! - b[i]!;
  return out;
}
