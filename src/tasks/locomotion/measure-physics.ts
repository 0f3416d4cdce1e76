// How fast the physics runs here, and a fingerprint of its bits: every browser and Node must give the same one. No test and
// no page needs more of a machine than this; the clock is the caller's.
import { foldIn, type Key, key, uniform } from '../../math/rng.ts';
import { ACTION_SIZE, type CheetahPhysics, createCheetahPhysics } from './cheetah-physics.ts';

/** What was measured: environment steps of the convention gym, 5 physics steps each, actions uniform in ±0.3. */
export interface PhysicsSpeed {
  readonly environmentStepsPerSecond: number;
  /** Systems of equations that contacts and limits took per physics step. */
  readonly solvesPerPhysicsStep: number;
}

const ENVIRONMENTS = 20;
const STEPS = 100;
const SUBSTEPS = 5;
const AMPLITUDE = 0.3;
/** Only for the measurement: so many that a browser's clock, coarse by 0.1 ms, can time a piece. */
const MEASURED = 100;
/** The clock is read after so many steps, some milliseconds: each such piece has a quiet moment in some round. */
const PIECE = 20;

/**
 * The speed of one thread: the same 100 steps of 100 environments in every round, each piece of them at its best. `now` is
 * in milliseconds (performance.now). A hundred rounds of some 30 ms outlast other work on the machine.
 */
export function measurePhysics(now: () => number, rounds = 100): PhysicsSpeed {
  const physics = createCheetahPhysics(MEASURED);
  const best = new Float64Array(STEPS / PIECE).fill(Number.POSITIVE_INFINITY);
  const actions = drawActions(key(0), STEPS * MEASURED, AMPLITUDE);
  let solves = 0;
  for (let round = 0; round < rounds; round++) {
    physics.states.fill(0);
    solves = 0;
    for (let piece = 0; piece < best.length; piece++) {
      const start = now();
      for (let step = piece * PIECE; step < (piece + 1) * PIECE; step++) {
        physics.actions.set(actionsAt(actions, step, MEASURED));
        solves += physics.step(SUBSTEPS);
      }
      best[piece] = Math.min(best[piece]!, now() - start);
    }
  }
  const milliseconds = best.reduce((sum, time) => sum + time, 0);
  return {
    environmentStepsPerSecond: (1000 * MEASURED * STEPS) / milliseconds,
    solvesPerPhysicsStep: solves / (MEASURED * STEPS * SUBSTEPS),
  };
}

/** 16 hexadecimal digits of all states of a roll-out of 1,000 steps with actions up to ±1.5. */
export function fingerprintPhysics(): string {
  const physics = createCheetahPhysics(ENVIRONMENTS);
  const bytes = new Uint8Array(physics.states.buffer, physics.states.byteOffset, physics.states.byteLength);
  // FNV-1a from two different starts.
  const hash = Uint32Array.of(0x811c9dc5, 0x01000193);
  const steps = 1000;
  const actions = drawActions(key(1), steps * ENVIRONMENTS, 1.5);
  for (let step = 0; step < steps; step++) {
    physics.actions.set(actionsAt(actions, step, ENVIRONMENTS));
    physics.step(SUBSTEPS);
    for (const byte of bytes) {
      hash[0] = Math.imul(hash[0]! ^ byte, 0x01000193);
      hash[1] = Math.imul(hash[1]! ^ byte, 0x01000193);
    }
    // Every 200 steps from the start again, elsewhere: errors must not hide in a cheetah that lies on its back.
    if (step % 200 === 199) restart(physics, foldIn(key(2), step));
  }
  return Array.from(hash, (word) => word.toString(16).padStart(8, '0')).join('');
}

function restart(physics: CheetahPhysics, source: Key): void {
  physics.states.set(uniform(source, physics.states.length, -0.2, 0.2));
}

function drawActions(source: Key, count: number, amplitude: number): Float32Array {
  return uniform(source, count * ACTION_SIZE, -amplitude, amplitude);
}

function actionsAt(actions: Float32Array, step: number, environments: number): Float32Array {
  const size = environments * ACTION_SIZE;
  return actions.subarray(step * size, (step + 1) * size);
}
