// Mass matrix and forces without constraints, in absolute angles. With s_j = Σ mass · position of all that hangs on link
// j and d_i = the vector from joint i to the next one, M_ij = d_i·s_j and the centripetal forces are ω_j² (d_i × s_j):
// both constant up to the angle between the links. Armature and joint torques act on differences of two angles.
import {
  ARMATURE,
  D_X,
  D_Z,
  DAMPING,
  FORCE,
  GRAVITY,
  INERTIA,
  JOINT,
  JOINT_RATE,
  LINK_BYTES,
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
  MASS,
  MASS_MATRIX,
  MATRIX_BYTES,
  MODEL,
  MOTOR,
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
  S_X,
  S_Z,
  SPIN,
  STEP_DAMPING,
  STIFFNESS,
  SYSTEM,
  V0,
  V1,
  V2,
  V3,
  VX,
  VZ,
  WEIGHT,
  WORK,
  WORK_BYTES,
} from './fields';
import { add, both, copy, cross, dot, get, less, mul, neg, plus, put, sub } from './lanes';

const TORSO: usize = WORK;
const THIGH: usize = WORK + WORK_BYTES;
const SHIN: usize = WORK + 2 * WORK_BYTES;
const FOOT: usize = WORK + 3 * WORK_BYTES;
const OF_TORSO: usize = MODEL;
const OF_THIGH: usize = MODEL + LINK_BYTES;
const OF_SHIN: usize = MODEL + 2 * LINK_BYTES;
const OF_FOOT: usize = MODEL + 3 * LINK_BYTES;

/** d_i·s_j for the links' work spaces. */
function coupling(i: usize, j: usize): v128 {
  return dot(get(i + D_X), get(i + D_Z), get(j + S_X), get(j + S_Z));
}

/** d_i × s_j */
function swing(i: usize, j: usize): v128 {
  return cross(get(i + D_X), get(i + D_Z), get(j + S_X), get(j + S_Z));
}

export function putMassMatrix(): void {
  put(MASS_MATRIX + M33, get(OF_FOOT + INERTIA));
  put(MASS_MATRIX + M22, get(OF_SHIN + INERTIA));
  put(MASS_MATRIX + M11, get(OF_THIGH + INERTIA));
  put(MASS_MATRIX + M00, get(OF_TORSO + INERTIA));
  put(MASS_MATRIX + M23, sub(coupling(SHIN, FOOT), get(OF_FOOT + ARMATURE)));
  put(MASS_MATRIX + M12, sub(coupling(THIGH, SHIN), get(OF_SHIN + ARMATURE)));
  put(MASS_MATRIX + M01, sub(coupling(TORSO, THIGH), get(OF_THIGH + ARMATURE)));
  put(MASS_MATRIX + M13, coupling(THIGH, FOOT));
  put(MASS_MATRIX + M02, coupling(TORSO, SHIN));
  put(MASS_MATRIX + M03, coupling(TORSO, FOOT));
  put(MASS_MATRIX + MX3, get(FOOT + S_Z));
  put(MASS_MATRIX + MZ3, neg(get(FOOT + S_X)));
  put(MASS_MATRIX + MX2, get(SHIN + S_Z));
  put(MASS_MATRIX + MZ2, neg(get(SHIN + S_X)));
  put(MASS_MATRIX + MX1, get(THIGH + S_Z));
  put(MASS_MATRIX + MZ1, neg(get(THIGH + S_X)));
  put(MASS_MATRIX + MX0, get(TORSO + S_Z));
  put(MASS_MATRIX + MZ0, neg(get(TORSO + S_X)));
  put(MASS_MATRIX + MXX, get(MASS));
  put(MASS_MATRIX + MXZ, both(0));
  put(MASS_MATRIX + MZZ, get(MASS));
}

/** Gravity, centripetal forces, motors, springs and dampers. */
export function putForces(): void {
  const spin0 = squaredSpin(TORSO);
  const spin1 = squaredSpin(THIGH);
  const spin2 = squaredSpin(SHIN);
  const spin3 = squaredSpin(FOOT);
  const swing01 = swing(TORSO, THIGH);
  const swing02 = swing(TORSO, SHIN);
  const swing03 = swing(TORSO, FOOT);
  const swing12 = swing(THIGH, SHIN);
  const swing13 = swing(THIGH, FOOT);
  const swing23 = swing(SHIN, FOOT);
  const torque1 = jointTorque(THIGH, OF_THIGH);
  const torque2 = jointTorque(SHIN, OF_SHIN);
  const torque3 = jointTorque(FOOT, OF_FOOT);
  const g = get(GRAVITY);
  const f3 = less(less(less(torque3, spin0, swing03), spin1, swing13), spin2, swing23);
  put(FORCE + V3, plus(f3, g, get(FOOT + S_X)));
  const f2 = plus(less(less(sub(torque2, torque3), spin0, swing02), spin1, swing12), spin3, swing23);
  put(FORCE + V2, plus(f2, g, get(SHIN + S_X)));
  const f1 = plus(plus(less(sub(torque1, torque2), spin0, swing01), spin2, swing12), spin3, swing13);
  put(FORCE + V1, plus(f1, g, get(THIGH + S_X)));
  const f0 = plus(plus(sub(mul(g, get(TORSO + S_X)), torque1), spin1, swing01), spin2, swing02);
  put(FORCE + V0, plus(f0, spin3, swing03));
  const x = plus(mul(spin0, get(TORSO + S_X)), spin1, get(THIGH + S_X));
  put(FORCE + VX, plus(plus(x, spin2, get(SHIN + S_X)), spin3, get(FOOT + S_X)));
  const z = plus(mul(spin0, get(TORSO + S_Z)), spin1, get(THIGH + S_Z));
  put(FORCE + VZ, sub(plus(plus(z, spin2, get(SHIN + S_Z)), spin3, get(FOOT + S_Z)), get(WEIGHT)));
}

function squaredSpin(work: usize): v128 {
  const spin = get(work + SPIN);
  return mul(spin, spin);
}

function jointTorque(work: usize, model: usize): v128 {
  const spring = less(get(work + MOTOR), get(model + STIFFNESS), get(work + JOINT));
  return less(spring, get(model + DAMPING), get(work + JOINT_RATE));
}

/** SYSTEM ← mass matrix + timestep · joint damping: what the implicit step solves with. */
export function putDampedSystem(): void {
  copy(SYSTEM, MASS_MATRIX, MATRIX_BYTES);
  const b1 = get(OF_THIGH + STEP_DAMPING);
  const b2 = get(OF_SHIN + STEP_DAMPING);
  const b3 = get(OF_FOOT + STEP_DAMPING);
  put(SYSTEM + M33, add(get(MASS_MATRIX + M33), b3));
  put(SYSTEM + M22, add(get(MASS_MATRIX + M22), add(b2, b3)));
  put(SYSTEM + M11, add(get(MASS_MATRIX + M11), add(b1, b2)));
  put(SYSTEM + M00, add(get(MASS_MATRIX + M00), b1));
  put(SYSTEM + M23, sub(get(MASS_MATRIX + M23), b3));
  put(SYSTEM + M12, sub(get(MASS_MATRIX + M12), b2));
  put(SYSTEM + M01, sub(get(MASS_MATRIX + M01), b1));
}

/** LOAD ← timestep · joint damping times an acceleration: by how much implicit damping lags behind. */
export function putDampingLoad(acceleration: usize, load: usize): void {
  const a0 = get(acceleration + V0);
  const a1 = get(acceleration + V1);
  const a2 = get(acceleration + V2);
  const t1 = mul(get(OF_THIGH + STEP_DAMPING), sub(a1, a0));
  const t2 = mul(get(OF_SHIN + STEP_DAMPING), sub(a2, a1));
  const t3 = mul(get(OF_FOOT + STEP_DAMPING), sub(get(acceleration + V3), a2));
  put(load + V3, t3);
  put(load + V2, sub(t2, t3));
  put(load + V1, sub(t1, t2));
  put(load + V0, neg(t1));
  put(load + VX, both(0));
  put(load + VZ, both(0));
}
