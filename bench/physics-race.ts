// Our physics against MuJoCo's WebAssembly build, from the command line; the last line is JSON:
//   node --import tsx bench/physics-race.ts [rounds]
import { comparePhysics } from '../src/tasks/locomotion/compare-physics.testing.ts';

const race = await comparePhysics(() => performance.now(), Number(process.argv[2] ?? 60));
const { ours, mujoco } = race;
process.stdout.write(`environment steps/s: ours ${ours.toFixed(0)}, MuJoCo's WASM ${mujoco.toFixed(0)}; `);
process.stdout.write(`ratio ${(ours / mujoco).toFixed(1)}\n${JSON.stringify(race)}\n`);
