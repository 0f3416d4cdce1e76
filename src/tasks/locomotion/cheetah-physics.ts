// The half-cheetah's physics as JavaScript sees it: the compiled module (assembly/) with the model's numbers in it and room
// for several environments. Rewards, observations and resets are the environment's. docs/physics.md has the equations.
import { ACTION_BYTES, FREE, STATE_BYTES } from './assembly/fields.ts';
import { PHYSICS_WASM } from './generated/physics-wasm.ts';
import { writeModel } from './model-table.ts';

/** Numbers of one environment's state: positions, velocities and warm-start accelerations, 9 each, in MuJoCo's order. */
export const STATE_SIZE = STATE_BYTES / 8;
/** Motors: thigh, shin, foot of the back leg; of the front leg. */
export const ACTION_SIZE = ACTION_BYTES / 8;

/** E environments side by side. The arrays are the module's own memory, for reading and writing, and never move. */
export interface CheetahPhysics {
  /** E. */
  readonly count: number;
  /** [E, 27]; all zeros is the default pose at rest. */
  readonly states: Float64Array;
  /** [E, 6]; clipped to ±1 where it acts, not here. */
  readonly actions: Float64Array;
  /** [E]; an environment whose entry is not 0 stays as it is. */
  readonly resting: Uint8Array;
  /** Advances by `steps` physics steps of TIMESTEP. Returns how many systems of equations contacts and limits took. */
  step(steps: number): number;
  /** [E, 3] x, z and x-velocity of each whole centre of mass in the present states; the same array each time. */
  centres(): Float64Array;
}

interface Module {
  readonly memory: WebAssembly.Memory;
  heapBase(): number;
  stepAll(states: number, actions: number, resting: number, count: number, steps: number): number;
  placeCentres(states: number, centres: number, count: number): void;
}

const PAGE_BYTES = 65_536;
const CENTRE_BYTES = 24;

/**
 * Room for `count` environments, in the default pose at rest. Throws a RangeError unless `count` is a positive integer,
 * and an Error where WebAssembly has no SIMD.
 */
export function createCheetahPhysics(count: number): CheetahPhysics {
  if (!Number.isInteger(count) || count < 1) {
    throw new RangeError(`createCheetahPhysics: got ${count} environments, expected a positive integer.`);
  }
  const { memory, stepAll, placeCentres } = instantiate();
  const states = FREE;
  const centres = states + count * STATE_BYTES;
  const actions = centres + count * CENTRE_BYTES;
  const resting = actions + count * ACTION_BYTES;
  const missing = resting + count - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES));
  writeModel(new DataView(memory.buffer));
  const centresView = new Float64Array(memory.buffer, centres, count * 3);
  return {
    count,
    states: new Float64Array(memory.buffer, states, count * STATE_SIZE),
    actions: new Float64Array(memory.buffer, actions, count * ACTION_SIZE),
    resting: new Uint8Array(memory.buffer, resting, count),
    step: (steps) => stepAll(states, actions, resting, count, steps),
    centres() {
      placeCentres(states, centres, count);
      return centresView;
    },
  };
}

let compiled: WebAssembly.Module | undefined;

/** Compiled once, synchronously: it is small, and so no caller has to wait. */
function instantiate(): Module {
  if (compiled === undefined) {
    const bytes = Uint8Array.from(atob(PHYSICS_WASM), (letter) => letter.charCodeAt(0));
    if (typeof WebAssembly === 'undefined' || !WebAssembly.validate(bytes)) {
      throw new Error(
        "cheetah physics: this browser's WebAssembly has no SIMD. Update the browser (Chrome 91, Firefox 89, " +
          'Safari 16.4 or newer have it).',
      );
    }
    compiled = new WebAssembly.Module(bytes);
  }
  const module = new WebAssembly.Instance(compiled, { env: { abort } }).exports as Partial<Module> as Module;
  if (module.heapBase() > 1024) throw new Error('cheetah physics: data where the model belongs (fields.ts).');
  return module;
}

/** AssemblyScript calls this where an assertion of its own fails; the module makes none. */
function abort(): never {
  throw new Error('cheetah physics: the module stopped.');
}
