// Where the links are and how they move: all angles absolute, all vectors relative to the root, in the world's frame.
// Absolute angles make the mass matrix a table of products of two vectors per pair of links (dynamics.ts).
import {
  COS,
  D_X,
  D_Z,
  HEIGHT,
  JOINT,
  JOINT_RATE,
  JOINT_Z,
  LINK_BYTES,
  MODEL,
  MOMENT_X,
  MOMENT_Z,
  NEXT_X,
  NEXT_Z,
  S_X,
  S_Z,
  SIN,
  SPIN,
  V0,
  V1,
  V2,
  V3,
  VELOCITY,
  VX,
  VZ,
  WORK,
  WORK_BYTES,
} from './fields';
import { add, both, dot, get, less, mul, put } from './lanes';
import { putCosSin } from './sin-cos';

/** The record of link `level` in the model, and its work space. */
export function modelOf(level: usize): usize {
  return MODEL + level * LINK_BYTES;
}

export function workOf(level: usize): usize {
  return WORK + level * WORK_BYTES;
}

/** Both legs' numbers for the joint of link `level`: 9 doubles at `vector`, root x, root z, pitch, back leg, front leg. */
export function ofJoint(vector: usize, level: usize): v128 {
  const back = vector + ((2 + level) << 3);
  return f64x2.replace_lane(v128.load64_splat(back), 1, load<f64>(back + 24));
}

/** Angles, velocities and vectors of all links of the state at `q` and `v`. */
export function placeLinks(q: usize, v: usize): void {
  const pitch = both(load<f64>(q + 16));
  const pitchRate = both(load<f64>(v + 16));
  placeLink(0, pitch, pitchRate);
  put(WORK + JOINT_Z, add(both(load<f64>(q + 8)), get(HEIGHT)));
  let angle = pitch;
  let spin = pitchRate;
  for (let level: usize = 1; level < 4; level++) {
    const work = workOf(level);
    const above = work - WORK_BYTES;
    const joint = ofJoint(q, level);
    const rate = ofJoint(v, level);
    put(work + JOINT, joint);
    put(work + JOINT_RATE, rate);
    angle = add(angle, joint);
    spin = add(spin, rate);
    placeLink(level, angle, spin);
    put(work + JOINT_Z, add(get(above + JOINT_Z), get(above + D_Z)));
  }
  put(VELOCITY + VX, both(load<f64>(v)));
  put(VELOCITY + VZ, both(load<f64>(v + 8)));
}

function placeLink(level: usize, angle: v128, spin: v128): void {
  const model = modelOf(level);
  const work = workOf(level);
  putCosSin(angle, work + COS);
  put(work + SPIN, spin);
  put(VELOCITY + (level << 4), spin);
  put(work + S_X, worldX(work, get(model + MOMENT_X), get(model + MOMENT_Z)));
  put(work + S_Z, worldZ(work, get(model + MOMENT_X), get(model + MOMENT_Z)));
  put(work + D_X, worldX(work, get(model + NEXT_X), get(model + NEXT_Z)));
  put(work + D_Z, worldZ(work, get(model + NEXT_X), get(model + NEXT_Z)));
}

/** The x of a vector of the link's frame, in the world. */
export function worldX(work: usize, x: v128, z: v128): v128 {
  return dot(get(work + COS), get(work + SIN), x, z);
}

export function worldZ(work: usize, x: v128, z: v128): v128 {
  return less(mul(get(work + COS), z), get(work + SIN), x);
}

/** Writes the 9 joint-space numbers at `joints` to `vector` as (absolute angles, root). */
export function toAbsolute(joints: usize, vector: usize): void {
  let angle = both(load<f64>(joints + 16));
  put(vector + V0, angle);
  angle = add(angle, ofJoint(joints, 1));
  put(vector + V1, angle);
  angle = add(angle, ofJoint(joints, 2));
  put(vector + V2, angle);
  put(vector + V3, add(angle, ofJoint(joints, 3)));
  put(vector + VX, both(load<f64>(joints)));
  put(vector + VZ, both(load<f64>(joints + 8)));
}
