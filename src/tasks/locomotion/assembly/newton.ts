// The acceleration under constraints: the minimum of ½a′Ma − force′a + Σ ½·STIFF·min(0, J·a − reference)², which is
// MuJoCo's primal problem. Newton: with the rows that push now, the minimum is one solve; if the same rows push there, it
// is the answer. Else with the rows that push there, and so on, which nearly always settles soon. Where it does not, the
// exact minimum on the line towards the next solve (the slope is piecewise linear) is where to go on from.

import { putConstrainedSystem } from './constrained-system';
import { FIRST_CONTACT } from './constraints';
import {
  ACCELERATION,
  BOLD_STEPS,
  CANDIDATE,
  FRICTION,
  LOAD,
  M00,
  M01,
  M02,
  M03,
  M11,
  M12,
  M13,
  M22,
  M23,
  M33,
  MASS_MATRIX,
  MX0,
  MX1,
  MX2,
  MX3,
  MXX,
  MXZ,
  MZ0,
  MZ1,
  MZ2,
  MZ3,
  MZZ,
  NEXT_N,
  NEXT_T,
  NOW_N,
  NOW_T,
  PAIR,
  PRESENT,
  ROWS_CURVATURE,
  ROWS_SLOPE,
  STIFF,
  SYSTEM,
  USED_MINUS,
  USED_N,
  USED_PLUS,
  V0,
  V1,
  V2,
  V3,
  VECTOR_BYTES,
  VX,
  VZ,
} from './fields';
import { add, both, get, isNegative, mul, only, plus, put, sub, total } from './lanes';
import { choose, feel, NEXT, NOW } from './rows';
import { solve } from './solve';

const MAX_ITERATIONS = 50;
const MAX_LINE_STEPS = 50;
/** A line search that ends this near to the full step has found the rounding error of a row that hardly pushes. */
const SAME: f64 = 1e-9;

/** ACCELERATION (a warm start on entry) ← the constrained one; returns the number of solves. */
export function constrain(end: usize): i32 {
  feel(ACCELERATION, end, NOW);
  choose(end);
  const boldSteps = <i32>f64x2.extract_lane(get(BOLD_STEPS), 0);
  for (let iteration = 1; iteration <= boldSteps; iteration++) {
    putConstrainedSystem(end);
    solve(SYSTEM, LOAD, ACCELERATION);
    feel(ACCELERATION, end, NOW);
    if (!choose(end)) return iteration;
  }
  return boldSteps + constrainCarefully(end);
}

/** From where full steps have led without settling: steps that lower the cost, so that they must. */
function constrainCarefully(end: usize): i32 {
  for (let iteration = 1; iteration <= MAX_ITERATIONS; iteration++) {
    putConstrainedSystem(end);
    solve(SYSTEM, LOAD, CANDIDATE);
    feel(CANDIDATE, end, NEXT);
    const t = searchLine(end);
    move(t, end);
    if (!choose(end) || Math.abs(t - 1) < SAME) return iteration;
  }
  return MAX_ITERATIONS + 1;
}

/** The least point of the cost on the line from ACCELERATION (0) to CANDIDATE (1) and beyond. */
function searchLine(end: usize): f64 {
  const massCurvature = curvatureOfMass();
  // The slope of ½a′Ma − force′a at 0: with the rows of the solve, the whole slope is 0 at 1.
  const massSlope = -massCurvature - slopeOfUsed(end);
  let low: f64 = 0;
  let high: f64 = Infinity;
  let t: f64 = 1;
  for (let step = 0; step < MAX_LINE_STEPS; step++) {
    addRows(end, t);
    const slope = massSlope + t * massCurvature + total(get(ROWS_SLOPE));
    const curvature = massCurvature + total(get(ROWS_CURVATURE));
    if (slope < 0) low = t;
    else high = t;
    let next = t - slope / curvature;
    // Piecewise linear, so this ends exactly; the bracket keeps it from jumping to and fro between two pieces.
    if (!(next > low && next < high)) next = high < Infinity ? 0.5 * (low + high) : 2 * low;
    const moved = Math.abs(next - t);
    t = next;
    if (moved <= 1e-14 * t) break;
  }
  return t;
}

/** ROWS_SLOPE and ROWS_CURVATURE ← the rows' share of the cost's two derivatives along the line, at t. */
function addRows(end: usize, t: f64): void {
  put(ROWS_SLOPE, both(0));
  put(ROWS_CURVATURE, both(0));
  for (let at: usize = PRESENT; at < end; at += 4) {
    const row = <usize>load<u32>(at);
    const stiff = get(row + STIFF);
    const n = get(row + NOW_N);
    const rateN = sub(get(row + NEXT_N), n);
    if (row < FIRST_CONTACT) {
      addEdge(plus(n, both(t), rateN), rateN, stiff);
      continue;
    }
    const slip = mul(get(FRICTION), get(row + NOW_T));
    const rateSlip = sub(mul(get(FRICTION), get(row + NEXT_T)), slip);
    addEdge(plus(n, both(t), rateN), rateN, add(stiff, stiff));
    addEdge(plus(add(n, slip), both(t), add(rateN, rateSlip)), add(rateN, rateSlip), stiff);
    addEdge(plus(sub(n, slip), both(t), sub(rateN, rateSlip)), sub(rateN, rateSlip), stiff);
  }
}

function addEdge(value: v128, rate: v128, stiff: v128): void {
  const pull = only(isNegative(value), mul(stiff, rate));
  put(ROWS_SLOPE, plus(get(ROWS_SLOPE), pull, value));
  put(ROWS_CURVATURE, plus(get(ROWS_CURVATURE), pull, rate));
}

/** What the rows of the last solve add to the slope at 1. */
function slopeOfUsed(end: usize): f64 {
  let slope = both(0);
  for (let at: usize = PRESENT; at < end; at += 4) {
    const row = <usize>load<u32>(at);
    const stiff = get(row + STIFF);
    const n = get(row + NEXT_N);
    const rateN = sub(n, get(row + NOW_N));
    const normal = only(get(row + USED_N), mul(stiff, rateN));
    slope = plus(slope, normal, n);
    if (row < FIRST_CONTACT) continue;
    slope = plus(slope, normal, n);
    const slip = mul(get(FRICTION), get(row + NEXT_T));
    const rateSlip = sub(slip, mul(get(FRICTION), get(row + NOW_T)));
    slope = plus(slope, only(get(row + USED_PLUS), mul(stiff, add(rateN, rateSlip))), add(n, slip));
    slope = plus(slope, only(get(row + USED_MINUS), mul(stiff, sub(rateN, rateSlip))), sub(n, slip));
  }
  return total(slope);
}

/** ACCELERATION and NOW go on to `t` on the line. */
function move(t: f64, end: usize): void {
  for (let at: usize = 0; at < <usize>VECTOR_BYTES; at += PAIR) {
    step(ACCELERATION + at, CANDIDATE + at, t);
  }
  for (let at: usize = PRESENT; at < end; at += 4) {
    const row = <usize>load<u32>(at);
    step(row + NOW_N, row + NEXT_N, t);
    if (row >= FIRST_CONTACT) step(row + NOW_T, row + NEXT_T, t);
  }
}

function step(from: usize, to: usize, t: f64): void {
  const start = get(from);
  put(from, plus(start, both(t), sub(get(to), start)));
}

function direction(field: usize): v128 {
  return sub(get(CANDIDATE + field), get(ACCELERATION + field));
}

/** p′Mp for p = CANDIDATE − ACCELERATION. */
function curvatureOfMass(): f64 {
  const p3 = direction(V3);
  const p2 = direction(V2);
  const p1 = direction(V1);
  const p0 = direction(V0);
  const px = direction(VX);
  const pz = direction(VZ);
  // Above the diagonal, by columns; then everything twice, and the diagonal.
  let mixed = mul(mul(p3, p2), get(MASS_MATRIX + M23));
  mixed = plus(mixed, mul(p3, p1), get(MASS_MATRIX + M13));
  mixed = plus(mixed, mul(p3, p0), get(MASS_MATRIX + M03));
  mixed = plus(mixed, mul(p3, px), get(MASS_MATRIX + MX3));
  mixed = plus(mixed, mul(p3, pz), get(MASS_MATRIX + MZ3));
  mixed = plus(mixed, mul(p2, p1), get(MASS_MATRIX + M12));
  mixed = plus(mixed, mul(p2, p0), get(MASS_MATRIX + M02));
  mixed = plus(mixed, mul(p2, px), get(MASS_MATRIX + MX2));
  mixed = plus(mixed, mul(p2, pz), get(MASS_MATRIX + MZ2));
  mixed = plus(mixed, mul(p1, p0), get(MASS_MATRIX + M01));
  mixed = plus(mixed, mul(p1, px), get(MASS_MATRIX + MX1));
  mixed = plus(mixed, mul(p1, pz), get(MASS_MATRIX + MZ1));
  mixed = plus(mixed, mul(p0, px), get(MASS_MATRIX + MX0));
  mixed = plus(mixed, mul(p0, pz), get(MASS_MATRIX + MZ0));
  mixed = plus(mixed, mul(px, pz), get(MASS_MATRIX + MXZ));
  let sum = add(mixed, mixed);
  sum = plus(sum, mul(p3, p3), get(MASS_MATRIX + M33));
  sum = plus(sum, mul(p2, p2), get(MASS_MATRIX + M22));
  sum = plus(sum, mul(p1, p1), get(MASS_MATRIX + M11));
  sum = plus(sum, mul(p0, p0), get(MASS_MATRIX + M00));
  sum = plus(sum, mul(px, px), get(MASS_MATRIX + MXX));
  return total(plus(sum, mul(pz, pz), get(MASS_MATRIX + MZZ)));
}
