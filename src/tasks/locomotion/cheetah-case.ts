// The golden case of the physics (GOLDEN.md, cheetah-steps): single steps and a roll-out computed with our own engine, in
// the shape in which a student's engine would print them. Reading and judging case files is the command line's.
import { JOINTS } from './cheetah-figures.ts';
import { createCheetahPhysics, STATE_SIZE } from './cheetah-physics.ts';

/** Positions and velocities, 9 each, in MuJoCo's order. */
export interface CheetahState {
  readonly qpos: readonly number[];
  readonly qvel: readonly number[];
}

export interface CheetahCase {
  readonly steps: readonly (CheetahState & {
    /** MuJoCo's qacc_warmstart. */
    readonly warmstart: readonly number[];
    readonly ctrl: readonly number[];
    readonly next: CheetahState;
  })[];
  readonly rollout: {
    /** One row of 6 per environment step of 5 physics steps, from the default pose at rest. */
    readonly controls: readonly (readonly number[])[];
    readonly states: readonly CheetahState[];
  };
}

export interface CheetahQuantities {
  readonly steps: readonly CheetahState[];
  readonly rollout: { readonly states: readonly CheetahState[] };
}

const STEPS_PER_CONTROL = 5;

/** What our engine makes of the case. Rows must have 9 numbers, controls 6. */
export function runCheetahCase({
  steps,
  rollout,
}: Pick<CheetahCase, 'steps' | 'rollout'>): CheetahQuantities {
  const physics = createCheetahPhysics(1);
  const now = (): CheetahState => ({
    qpos: [...physics.states.subarray(0, JOINTS)],
    qvel: [...physics.states.subarray(JOINTS, 2 * JOINTS)],
  });
  const single = steps.map(({ qpos, qvel, warmstart, ctrl }) => {
    physics.states.set([...qpos, ...qvel, ...warmstart].slice(0, STATE_SIZE));
    physics.actions.set(ctrl);
    physics.step(1);
    return now();
  });
  physics.states.fill(0);
  const states = rollout.controls.map((controls) => {
    physics.actions.set(controls);
    physics.step(STEPS_PER_CONTROL);
    return now();
  });
  return { steps: single, rollout: { states } };
}

/** What the case expects, in the same shape. */
export function expectedOfCheetahCase({ steps, rollout }: CheetahCase): CheetahQuantities {
  return { steps: steps.map(({ next }) => next), rollout: { states: rollout.states } };
}
