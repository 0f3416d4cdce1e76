// Our physics and MuJoCo's WebAssembly build side by side, in rounds that take turns, each piece at its best. Both step
// half-cheetahs by 5 physics steps under the same actions, from the same start. bench/physics-race.ts runs it in Node,
// `npm run bench -- --cheetah` in Node and in browsers.
import { key, uniform } from '../../math/rng.ts';
import { createCheetahPhysics } from './cheetah-physics.ts';
import { openOracle } from './half-cheetah.testing.ts';

/** Environment steps (convention gym, actions uniform in ±0.3) per second of one thread. */
export interface PhysicsRace {
  readonly ours: number;
  readonly mujoco: number;
}

const ENVIRONMENTS = 20;
const STEPS = 100;
const PIECE = 10;
/** Rounds of ours for each of MuJoCo's, which take as long. */
const REPEATS = 10;

/** Milliseconds of the fastest run of each piece so far, by piece. */
function createStopwatch(pieces: number, now: () => number) {
  const best = new Float64Array(pieces).fill(Number.POSITIVE_INFINITY);
  return {
    time(piece: number, work: () => void): void {
      const start = now();
      work();
      best[piece] = Math.min(best[piece]!, now() - start);
    },
    sum: () => best.reduce((sum, time) => sum + time, 0),
  };
}

/** The race; `now` in milliseconds. A round takes some 0.2 s. */
export async function comparePhysics(now: () => number, rounds = 60): Promise<PhysicsRace> {
  const { mujoco, model, data } = await openOracle();
  const actions = uniform(key(0), STEPS * ENVIRONMENTS * 6, -0.3, 0.3);
  const physics = createCheetahPhysics(ENVIRONMENTS);
  const control: Float64Array = data.ctrl;
  const ours = createStopwatch(STEPS / PIECE, now);
  const theirs = createStopwatch(ENVIRONMENTS * (STEPS / PIECE), now);

  function roundOfOurs(): void {
    physics.states.fill(0);
    for (let piece = 0; piece < STEPS / PIECE; piece++) {
      ours.time(piece, () => {
        for (let step = piece * PIECE; step < (piece + 1) * PIECE; step++) {
          physics.actions.set(actions.subarray(step * ENVIRONMENTS * 6, (step + 1) * ENVIRONMENTS * 6));
          physics.step(5);
        }
      });
    }
  }

  /** One environment after the other: MuJoCo steps one at a time. */
  function roundOfTheirs(): void {
    for (let index = 0; index < ENVIRONMENTS; index++) {
      mujoco.mj_resetData(model, data);
      for (let piece = 0; piece < STEPS / PIECE; piece++) {
        theirs.time(index * (STEPS / PIECE) + piece, () => {
          for (let step = piece * PIECE; step < (piece + 1) * PIECE; step++) {
            const at = (step * ENVIRONMENTS + index) * 6;
            control.set(actions.subarray(at, at + 6));
            for (let substep = 0; substep < 5; substep++) mujoco.mj_step(model, data);
          }
        });
      }
    }
  }

  for (let round = 0; round < rounds; round++) {
    roundOfTheirs();
    for (let repeat = 0; repeat < REPEATS; repeat++) roundOfOurs();
  }
  data.delete();
  model.delete();
  const rate = (milliseconds: number) => (1000 * ENVIRONMENTS * STEPS) / milliseconds;
  return { ours: rate(ours.sum()), mujoco: rate(theirs.sum()) };
}
