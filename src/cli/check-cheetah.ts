// `check` for the physics: reads a cheetah-steps case, computes it with our own engine and lists where it differs most. In
// absolute numbers (metres, radians and their velocities), since small entries matter as much as large ones here.
import { GoldenCaseError, numbersAt, objectAt } from '../gradients/golden-json.ts';
import {
  type CheetahCase,
  type CheetahQuantities,
  type CheetahState,
  expectedOfCheetahCase,
} from '../tasks/locomotion/cheetah-case.ts';
import { JOINTS } from '../tasks/locomotion/cheetah-figures.ts';
import { ACTION_SIZE } from '../tasks/locomotion/cheetah-physics.ts';

/** |got − expected| at most, for single steps and for the first states of the roll-out. */
export const CHEETAH_TOLERANCE = 1e-5;
export const ROLLOUT_TOLERANCE = 1e-4;
/** Later states are not judged: contacts make errors grow without bound. */
export const JUDGED_STATES = 20;

export interface CheetahDifference {
  /** Such as "steps[12].qvel[3]". */
  readonly entry: string;
  readonly got: number;
  readonly expected: number;
  readonly limit: number;
}

/** A case from the parsed JSON of its file; throws a GoldenCaseError that names the entry that is wrong. */
export function parseCheetahCase(json: unknown): CheetahCase {
  const root = objectAt(json, 'the file');
  const rollout = objectAt(root.rollout, 'rollout');
  return {
    steps: listAt(root.steps, 'steps').map((value, i) => {
      const where = `steps[${i}]`;
      const step = objectAt(value, where);
      return {
        ...stateAt(step, where),
        warmstart: rowAt(step.warmstart, JOINTS, `${where}.warmstart`),
        ctrl: rowAt(step.ctrl, ACTION_SIZE, `${where}.ctrl`),
        next: stateAt(step.next, `${where}.next`),
      };
    }),
    rollout: {
      controls: listAt(rollout.controls, 'rollout.controls').map((row, i) =>
        rowAt(row, ACTION_SIZE, `rollout.controls[${i}]`),
      ),
      states: listAt(rollout.states, 'rollout.states').map((state, i) =>
        stateAt(state, `rollout.states[${i}]`),
      ),
    },
  };
}

function listAt(value: unknown, where: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new GoldenCaseError(`${where}: got no list, expected one row per step.`);
}

function stateAt(value: unknown, where: string): CheetahState {
  const state = objectAt(value, where);
  return {
    qpos: rowAt(state.qpos, JOINTS, `${where}.qpos`),
    qvel: rowAt(state.qvel, JOINTS, `${where}.qvel`),
  };
}

function rowAt(value: unknown, length: number, where: string): number[] {
  const row = numbersAt(value, where);
  if (row.length === length) return row;
  throw new GoldenCaseError(`${where}: got ${row.length} numbers, expected ${length}.`);
}

/** The entries beyond their limit, the worst of each state. */
export function cheetahDifferences(golden: CheetahCase, computed: CheetahQuantities): CheetahDifference[] {
  const expected = expectedOfCheetahCase(golden);
  const states = expected.rollout.states.slice(0, JUDGED_STATES);
  return [
    ...expected.steps.flatMap((state, i) =>
      worstOf(computed.steps[i], state, { where: `steps[${i}]`, limit: CHEETAH_TOLERANCE }),
    ),
    ...states.flatMap((state, i) =>
      worstOf(computed.rollout.states[i], state, {
        where: `rollout.states[${i}]`,
        limit: ROLLOUT_TOLERANCE,
      }),
    ),
  ];
}

function worstOf(
  got: CheetahState | undefined,
  expected: CheetahState,
  { where, limit }: { readonly where: string; readonly limit: number },
): CheetahDifference[] {
  const all = (['qpos', 'qvel'] as const).flatMap((name) =>
    expected[name].map((value, i) => ({
      entry: `${where}.${name}[${i}]`,
      got: got?.[name][i] ?? Number.NaN,
      expected: value,
      limit,
    })),
  );
  // Not "above the limit": what is not a number is not within it either.
  const beyond = all.filter((one) => !(Math.abs(one.got - one.expected) <= limit));
  const size = (one: CheetahDifference) => Math.abs(one.got - one.expected) || Number.POSITIVE_INFINITY;
  return beyond.sort((a, b) => size(b) - size(a)).slice(0, 1);
}
