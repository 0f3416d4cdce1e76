// What the compiled module offers: physics steps for several environments, and their centres of mass. The caller writes the
// model (../model-table.ts), states, actions and flags to the module's memory; it allocates nothing.
import {
  ACTION_BYTES,
  GEAR,
  JOINT_Z,
  MASS,
  MOTOR,
  S_X,
  S_Z,
  SPIN,
  STATE_BYTES,
  WORK,
  WORK_BYTES,
} from './fields';
import { add, both, get, mul, put, total } from './lanes';
import { modelOf, placeLinks, workOf } from './links';
import { stepState } from './step';

/** First byte that is not the module's. */
export function heapBase(): usize {
  return __heap_base;
}

/**
 * `steps` physics steps of `count` environments under their actions [count, 6] (doubles), each clipped to ±1. An
 * environment whose byte at `resting` is not 0 stays as it is. Returns the number of Newton solves, for statistics.
 */
export function stepAll(states: usize, actions: usize, resting: usize, count: i32, steps: i32): i32 {
  let solves = 0;
  for (let index: usize = 0; index < <usize>count; index++) {
    if (load<u8>(resting + index) !== 0) continue;
    putMotors(actions + index * ACTION_BYTES);
    const state = states + index * STATE_BYTES;
    for (let step = 0; step < steps; step++) solves += stepState(state);
  }
  return solves;
}

function putMotors(action: usize): void {
  for (let level: usize = 1; level < 4; level++) {
    const back = action + ((level - 1) << 3);
    const pair = f64x2.replace_lane(v128.load64_splat(back), 1, load<f64>(back, 24));
    const clipped = f64x2.min(f64x2.max(pair, both(-1)), both(1));
    put(workOf(level) + MOTOR, mul(get(modelOf(level) + GEAR), clipped));
  }
}

/** Writes (x, height above the floor, velocity in x) of each environment's whole centre of mass to `centres`. */
export function placeCentres(states: usize, centres: usize, count: i32): void {
  for (let index: usize = 0; index < <usize>count; index++) {
    const state = states + index * STATE_BYTES;
    placeLinks(state, state + 72);
    let x = both(0);
    let z = both(0);
    let rate = both(0);
    for (let work: usize = WORK; work < <usize>(WORK + 4 * WORK_BYTES); work += WORK_BYTES) {
      x = add(x, get(work + S_X));
      z = add(z, get(work + S_Z));
      rate = add(rate, mul(get(work + SPIN), get(work + S_Z)));
    }
    const mass = total(get(MASS));
    const centre = centres + index * 24;
    store<f64>(centre, total(x) / mass + load<f64>(state));
    store<f64>(centre, total(z) / mass + f64x2.extract_lane(get(WORK + JOINT_Z), 0), 8);
    store<f64>(centre, total(rate) / mass + load<f64>(state, 72), 16);
  }
}
