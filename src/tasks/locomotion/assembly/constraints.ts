// Which joints are beyond their limits and which spheres below the floor, and how stiff each such constraint is:
// MuJoCo's soft constraints (its documentation, "Computation", "Constraint model"). A constraint asks for the
// acceleration −B·velocity − K·impedance·distance, and R = 1/STIFF grows as the impedance falls.
import {
  ANCHOR_X,
  ANCHOR_Z,
  CONTACT_STEEPNESS,
  CONTACT_WEIGHT,
  D_X,
  D_Z,
  HERE,
  IMPEDANCE_LEAST,
  IMPEDANCE_RISE,
  JOINT,
  JOINT_RATE,
  JOINT_Z,
  LEVER_X,
  LEVER_Z,
  LIMIT_ROWS,
  LIMIT_STEEPNESS,
  LIMIT_WEIGHT,
  LOWER,
  NOW_N,
  OFFSET_N,
  OFFSET_T,
  PRESENT,
  RADIUS,
  REFERENCE_DAMPING,
  REFERENCE_STIFFNESS,
  ROW_BYTES,
  ROW_LINK,
  ROWS,
  SIGN,
  SPHERE_A_X,
  SPHERE_A_Z,
  SPHERE_B_X,
  SPHERE_B_Z,
  STIFF,
  UPPER,
  VELOCITY,
  VX,
  VZ,
  WORK,
  WORK_BYTES,
} from './fields';
import { add, both, div, get, isNegative, less, mul, neg, only, plus, put, sub } from './lanes';
import { modelOf, workOf, worldX, worldZ } from './links';

/** Rows below this address are limits, the others contacts. */
export const FIRST_CONTACT: usize = ROWS + LIMIT_ROWS * ROW_BYTES;

/** Lists the constraints present at PRESENT and returns the end of the list. */
export function findConstraints(): usize {
  let end: usize = PRESENT;
  for (let level: usize = 1; level < 4; level++) end = findLimit(level, end);
  // Most of the time nothing touches: look at all heights before any one of them.
  let lowest = both(1);
  for (let level: usize = 0; level < 4; level++) {
    const model = modelOf(level);
    const row = contactRow(level);
    const a = height(level, get(model + SPHERE_A_X), get(model + SPHERE_A_Z));
    const b = height(level, get(model + SPHERE_B_X), get(model + SPHERE_B_Z));
    put(row + NOW_N, a);
    put(row + ROW_BYTES + NOW_N, b);
    lowest = f64x2.pmin(lowest, f64x2.pmin(a, b));
  }
  if (!v128.any_true(isNegative(lowest))) return end;
  putAnchors(VELOCITY);
  for (let level: usize = 0; level < 4; level++) {
    const model = modelOf(level);
    const row = contactRow(level);
    end = findContact(row, level, get(model + SPHERE_A_X), get(model + SPHERE_A_Z), end);
    end = findContact(row + ROW_BYTES, level, get(model + SPHERE_B_X), get(model + SPHERE_B_Z), end);
  }
  return end;
}

function contactRow(level: usize): usize {
  return FIRST_CONTACT + 2 * level * ROW_BYTES;
}

/** How far the sphere with its centre at (x, z) of the link's frame is above the floor. */
function height(level: usize, x: v128, z: v128): v128 {
  const work = workOf(level);
  return sub(add(get(work + JOINT_Z), worldZ(work, x, z)), get(RADIUS));
}

function findLimit(level: usize, end: usize): usize {
  const model = modelOf(level);
  const work = workOf(level);
  const joint = get(work + JOINT);
  const overLower = sub(joint, get(model + LOWER));
  const underUpper = sub(get(model + UPPER), joint);
  const low = isNegative(overLower);
  const here = v128.or(low, isNegative(underUpper));
  if (!v128.any_true(here)) return end;
  const row: usize = ROWS + (level - 1) * ROW_BYTES;
  const distance = v128.bitselect(overLower, underUpper, low);
  const sign = v128.bitselect(both(1), both(-1), low);
  const impedance = impedanceAt(distance, get(LIMIT_STEEPNESS));
  const rate = mul(mul(get(REFERENCE_DAMPING), sign), get(work + JOINT_RATE));
  put(row + SIGN, sign);
  put(row + OFFSET_N, plus(rate, mul(get(REFERENCE_STIFFNESS), impedance), distance));
  return list(row, level, here, mul(stiffness(impedance), get(model + LIMIT_WEIGHT)), end);
}

/** Its height is in NOW_N already. MuJoCo puts the contact half-way between the sphere's lowest point and the floor. */
function findContact(row: usize, level: usize, x: v128, z: v128, end: usize): usize {
  const distance = get(row + NOW_N);
  const here = isNegative(distance);
  if (!v128.any_true(here)) return end;
  const work = workOf(level);
  const leverX = worldX(work, x, z);
  const leverZ = less(sub(worldZ(work, x, z), get(RADIUS)), both(0.5), distance);
  const spin = get(VELOCITY + (level << 4));
  const rateT = plus(get(work + ANCHOR_X), spin, leverZ);
  const rateN = less(get(work + ANCHOR_Z), spin, leverX);
  const impedance = impedanceAt(distance, get(CONTACT_STEEPNESS));
  put(row + LEVER_X, leverX);
  put(row + LEVER_Z, leverZ);
  put(row + OFFSET_T, mul(get(REFERENCE_DAMPING), rateT));
  const pull = mul(mul(get(REFERENCE_STIFFNESS), impedance), distance);
  put(row + OFFSET_N, plus(pull, get(REFERENCE_DAMPING), rateN));
  return list(row, level, here, mul(stiffness(impedance), get(modelOf(level) + CONTACT_WEIGHT)), end);
}

function list(row: usize, level: usize, here: v128, stiff: v128, end: usize): usize {
  store<u32>(row, <u32>level, ROW_LINK);
  put(row + HERE, here);
  put(row + STIFF, only(here, stiff));
  store<u32>(end, <u32>row);
  return end + 4;
}

/** Rises from its least to its greatest value with the depth: x² from either end, meeting in the middle. */
function impedanceAt(distance: v128, steepness: v128): v128 {
  const x = f64x2.pmin(mul(neg(distance), steepness), both(1));
  const rest = sub(both(1), x);
  const first = mul(mul(both(2), x), x);
  const second = less(both(1), mul(both(2), rest), rest);
  const rise = v128.bitselect(first, second, f64x2.le(x, both(0.5)));
  return plus(get(IMPEDANCE_LEAST), rise, get(IMPEDANCE_RISE));
}

/** impedance / (1 − impedance): R of MuJoCo is its inverse, times the constraint's inverse weight. */
function stiffness(impedance: v128): v128 {
  return div(impedance, sub(both(1), impedance));
}

/** ANCHOR of every link: how its own joint moves under the velocity or acceleration at `vector`. */
export function putAnchors(vector: usize): void {
  let x = get(vector + VX);
  let z = get(vector + VZ);
  put(WORK + ANCHOR_X, x);
  put(WORK + ANCHOR_Z, z);
  for (let level: usize = 1; level < 4; level++) {
    const above = workOf(level - 1);
    const spin = get(vector + ((level - 1) << 4));
    x = plus(x, spin, get(above + D_Z));
    z = less(z, spin, get(above + D_X));
    put(above + WORK_BYTES + ANCHOR_X, x);
    put(above + WORK_BYTES + ANCHOR_Z, z);
  }
}
