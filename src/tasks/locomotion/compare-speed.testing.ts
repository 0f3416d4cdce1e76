// Our physics and MuJoCo's WebAssembly build side by side, in rounds that take turns, each piece at its best:
//   node --import tsx src/tasks/locomotion/compare-speed.testing.ts [rounds]
// Both step half-cheetahs by 5 physics steps under the same actions, from the same start.
import { key, uniform } from '../../math/rng.ts';
import { createCheetahPhysics } from './cheetah-physics.ts';
import { openOracle } from './half-cheetah.testing.ts';

const ENVIRONMENTS = 20;
const STEPS = 100;
const PIECE = 10;
const ACTIONS = uniform(key(0), STEPS * ENVIRONMENTS * 6, -0.3, 0.3);

/** Milliseconds of the fastest run of each piece so far, by piece. */
function createStopwatch(pieces: number) {
  const best = new Float64Array(pieces).fill(Number.POSITIVE_INFINITY);
  return {
    time(piece: number, work: () => void): void {
      const start = performance.now();
      work();
      best[piece] = Math.min(best[piece]!, performance.now() - start);
    },
    sum: () => best.reduce((sum, time) => sum + time, 0),
  };
}

const { mujoco, model, data } = await openOracle();
const physics = createCheetahPhysics(ENVIRONMENTS);
const control: Float64Array = data.ctrl;
const ours = createStopwatch(STEPS / PIECE);
const theirs = createStopwatch(ENVIRONMENTS * (STEPS / PIECE));

function roundOfOurs(): void {
  physics.states.fill(0);
  for (let piece = 0; piece < STEPS / PIECE; piece++) {
    ours.time(piece, () => {
      for (let step = piece * PIECE; step < (piece + 1) * PIECE; step++) {
        physics.actions.set(ACTIONS.subarray(step * ENVIRONMENTS * 6, (step + 1) * ENVIRONMENTS * 6));
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
          control.set(ACTIONS.subarray(at, at + 6));
          for (let substep = 0; substep < 5; substep++) mujoco.mj_step(model, data);
        }
      });
    }
  }
}

const rounds = Number(process.argv[2] ?? 60);
for (let round = 0; round < rounds; round++) {
  roundOfTheirs();
  for (let repeat = 0; repeat < 10; repeat++) roundOfOurs();
}
const rate = (milliseconds: number) => (1000 * ENVIRONMENTS * STEPS) / milliseconds;
const [own, other] = [rate(ours.sum()), rate(theirs.sum())];
process.stdout.write(`environment steps/s: ours ${own.toFixed(0)}, MuJoCo's WASM ${other.toFixed(0)}; `);
process.stdout.write(`ratio ${(own / other).toFixed(1)}\n`);
