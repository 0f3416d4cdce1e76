// One physics step: semi-implicit Euler with implicit joint damping, v ← v + h·(M + h·damping)⁻¹·(force + constraint
// force), q ← q + h·v. As M·a = force + constraint force at the constrained acceleration a, the step's acceleration is
// a − (M + h·damping)⁻¹·(h·damping)·a.
import { findConstraints } from './constraints';
import { putDampedSystem, putDampingLoad, putForces, putMassMatrix } from './dynamics';
import {
  ACCELERATION,
  CANDIDATE,
  FORCE,
  LOAD,
  PAIR,
  PRESENT,
  STEPPED,
  SYSTEM,
  TIMESTEP,
  V0,
  VECTOR_BYTES,
  VX,
  VZ,
} from './fields';
import { get, put, sub } from './lanes';
import { placeLinks, toAbsolute } from './links';
import { constrain } from './newton';
import { solve } from './solve';

const V_BYTES: usize = 72;
const A_BYTES: usize = 144;

/** Advances the state by one timestep under the motor torques in the links' work space. Returns the number of solves. */
export function stepState(state: usize): i32 {
  placeLinks(state, state + V_BYTES);
  putMassMatrix();
  putForces();
  const end = findConstraints();
  let solves = 0;
  if (end === PRESENT) {
    putDampedSystem();
    solve(SYSTEM, FORCE, ACCELERATION);
    writeJoints(ACCELERATION, state + A_BYTES);
  } else {
    toAbsolute(state + A_BYTES, ACCELERATION);
    solves = constrain(end);
    writeJoints(ACCELERATION, state + A_BYTES);
    putDampingLoad(ACCELERATION, LOAD);
    putDampedSystem();
    solve(SYSTEM, LOAD, CANDIDATE);
    for (let at: usize = 0; at < <usize>VECTOR_BYTES; at += PAIR) {
      put(ACCELERATION + at, sub(get(ACCELERATION + at), get(CANDIDATE + at)));
    }
  }
  integrate(state);
  return solves;
}

/** Writes accelerations as 9 joint-space numbers. */
function writeJoints(vector: usize, joints: usize): void {
  store<f64>(joints, f64x2.extract_lane(get(vector + VX), 0));
  store<f64>(joints, f64x2.extract_lane(get(vector + VZ), 0), 8);
  store<f64>(joints, f64x2.extract_lane(get(vector + V0), 0), 16);
  for (let level: usize = 1; level < 4; level++) {
    const angle = vector + (level << 4);
    const joint = sub(get(angle), get(angle - PAIR));
    const back = joints + ((2 + level) << 3);
    store<f64>(back, f64x2.extract_lane(joint, 0));
    store<f64>(back, f64x2.extract_lane(joint, 1), 24);
  }
}

function integrate(state: usize): void {
  writeJoints(ACCELERATION, STEPPED);
  const timestep = f64x2.extract_lane(get(TIMESTEP), 0);
  for (let at: usize = 0; at < V_BYTES; at += 8) {
    const velocity = load<f64>(state + at, V_BYTES) + timestep * load<f64>(STEPPED + at);
    store<f64>(state + at, velocity, V_BYTES);
    store<f64>(state + at, load<f64>(state + at) + timestep * velocity);
  }
}
