// The half-cheetah as an environment: observations, rewards and resets of a convention on top of the physics. Episodes run
// side by side in one call of the compiled module. No policy and no learning; no end of an episode but the caller's horizon
// or a state that has become unstable.
import { foldIn, type Key, normal, uniform } from '../../math/rng.ts';
import type { Environment, Episode, EpisodeBatch, EpisodeBodies } from '../trajectories.ts';
import {
  ACTION_COST,
  type CheetahConvention,
  CONVENTIONS,
  type ConventionFigures,
  OBSERVATION_SCALES,
} from './cheetah-conventions.ts';
import { JOINTS, TIMESTEP } from './cheetah-figures.ts';
import { ACTION_SIZE, type CheetahPhysics, createCheetahPhysics, STATE_SIZE } from './cheetah-physics.ts';
import type { CheetahTask } from './cheetah-tasks.ts';

export interface CheetahSettings {
  readonly task: 'velocity' | 'direction';
  readonly convention: CheetahConvention;
  /** What an action of the policy is divided by; some re-implementations let it act on ±10. Default 1. */
  readonly actionRange?: number;
  /** Observations times OBSERVATION_SCALES. Default: raw. */
  readonly scaled?: boolean;
  /** Instead of the convention's. */
  readonly costOf?: ConventionFigures['costOf'];
}

/** E episodes side by side; see EpisodeBatch. */
export interface CheetahBatch extends EpisodeBatch {
  /** [E, 27], the present states (cheetah-physics.ts), for drawing; of an unstable episode the last one before. */
  readonly states: Float64Array;
  /** How many episodes have ended because their state became unstable. */
  unstableCount(): number;
  readonly velocitySums: Float64Array;
}

export interface CheetahEnvironment extends Environment<CheetahTask> {
  startAll(tasks: readonly CheetahTask[], keys: readonly Key[]): CheetahBatch;
}

/** Beyond it, in m/s or rad/s, a state counts as unstable: its episode ends with the step, paid as if it stood still. */
export const MAX_SPEED = 1000;

// What an episode's key is folded with to draw its start.
const POSITIONS = 0;
const VELOCITIES = 1;

/** The environment; one set of physics per number of episodes, shared by all batches of that number. */
export function createCheetah(settings: CheetahSettings): CheetahEnvironment {
  const { observationSize } = CONVENTIONS[settings.convention];
  const physics = new Map<number, CheetahPhysics>();
  const physicsFor = (count: number) => {
    const found = physics.get(count) ?? createCheetahPhysics(count);
    physics.set(count, found);
    return found;
  };
  const startAll: CheetahEnvironment['startAll'] = (tasks, keys) => {
    if (tasks.length !== keys.length || tasks.length === 0) {
      throw new RangeError(
        `createCheetah: got ${tasks.length} tasks and ${keys.length} keys, expected one of each per episode.`,
      );
    }
    return startBatch(settings, physicsFor(tasks.length), tasks, keys);
  };
  return {
    observationSize,
    actionSize: ACTION_SIZE,
    startAll,
    start: (task, key) => episodeOf(startAll([task], [key])),
  };
}

function episodeOf(batch: CheetahBatch): Episode {
  return {
    observation: batch.observations,
    step(actions, at) {
      batch.stepAll(actions, at, ACTION_SIZE);
      return { reward: batch.rewards[0]!, done: batch.done[0] !== 0 };
    },
  };
}

function startBatch(
  settings: CheetahSettings,
  physics: CheetahPhysics,
  tasks: readonly CheetahTask[],
  keys: readonly Key[],
): CheetahBatch {
  const figures = CONVENTIONS[settings.convention];
  const count = tasks.length;
  const states = startStates(figures, keys);
  const observations = new Float32Array(count * figures.observationSize);
  const rewards = new Float32Array(count);
  const done = new Uint8Array(count);
  const costs = new Float64Array(count);
  const observe = createObserver(settings, states, observations);
  const velocitySums = new Float64Array(count);
  let unstableCount = 0;
  physics.states.set(states);
  const centres = physics.centres();
  for (let index = 0; index < count; index++) observe(index, centres);
  /** Takes over the new state of a running episode; returns its velocity, 0 where it has become unstable. */
  const advance = (index: number): number => {
    const row = index * STATE_SIZE;
    if (!isRowStable(physics.states, row)) {
      done[index] = 1;
      unstableCount += 1;
      return 0;
    }
    const moved = physics.states[row]! - states[row]!;
    copyRow(physics.states, states, row);
    observe(index, centres);
    return figures.velocity === 'root' ? moved / (figures.physicsSteps * TIMESTEP) : centres[3 * index + 2]!;
  };
  const stepAll: EpisodeBatch['stepAll'] = (actions, at, stride) => {
    // Another batch may have used the physics since.
    physics.states.set(states);
    physics.resting.set(done);
    command(settings, { physics, costs }, actions, { at, stride });
    physics.step(figures.physicsSteps);
    if (figures.velocity === 'centre') physics.centres();
    for (let index = 0; index < count; index++) {
      rewards[index] = 0;
      if (done[index] !== 0) continue;
      const velocity = advance(index);
      velocitySums[index]! += velocity;
      rewards[index] = gain(settings, tasks[index]!, velocity) - ACTION_COST * costs[index]!;
    }
  };
  const body: EpisodeBodies = {
    size: JOINTS,
    copy(index, into, at) {
      for (let joint = 0; joint < JOINTS; joint++) into[at + joint] = states[index * STATE_SIZE + joint]!;
    },
  };
  return {
    observations,
    rewards,
    done,
    states,
    body,
    stepAll,
    velocitySums,
    unstableCount: () => unstableCount,
  };
}

/** What a velocity is worth, before the action's cost. */
function gain({ task }: CheetahSettings, { goal }: CheetahTask, velocity: number): number {
  return task === 'velocity' ? -Math.abs(velocity - goal) : goal * velocity;
}

/** [E, 27]: the default pose and the noise that the convention puts on it. */
function startStates(
  { positionNoise, velocityNoise }: ConventionFigures,
  keys: readonly Key[],
): Float64Array {
  const states = new Float64Array(keys.length * STATE_SIZE);
  keys.forEach((key, index) => {
    const { kind, size } = positionNoise;
    const ofPositions = foldIn(key, POSITIONS);
    const positions = kind === 'normal' ? normal(ofPositions, JOINTS) : uniform(ofPositions, JOINTS, -1, 1);
    const velocities = normal(foldIn(key, VELOCITIES), JOINTS);
    const row = index * STATE_SIZE;
    for (let joint = 0; joint < JOINTS; joint++) {
      states[row + joint] = size * positions[joint]!;
      states[row + JOINTS + joint] = velocityNoise * velocities[joint]!;
    }
  });
  return states;
}

/** Hands the running episodes' actions to the motors, and writes each action's squared length to `costs`. */
function command(
  { actionRange = 1, costOf, convention }: CheetahSettings,
  { physics, costs }: { readonly physics: CheetahPhysics; readonly costs: Float64Array },
  actions: Float32Array,
  { at, stride }: { readonly at: number; readonly stride: number },
): void {
  const ofAsked = (costOf ?? CONVENTIONS[convention].costOf) === 'asked';
  for (let index = 0; index < costs.length; index++) {
    if (physics.resting[index] !== 0) continue;
    let cost = 0;
    for (let motor = 0; motor < ACTION_SIZE; motor++) {
      const asked = actions[at + index * stride + motor]! / actionRange;
      const taken = ofAsked ? asked : Math.min(1, Math.max(-1, asked));
      cost += taken * taken;
      physics.actions[index * ACTION_SIZE + motor] = asked;
    }
    costs[index] = cost;
  }
}

/** Writes episode `index`'s observation: positions but x, velocities, and of finn2017 the whole centre of mass. */
function createObserver(settings: CheetahSettings, states: Float64Array, observations: Float32Array) {
  const { observationSize } = CONVENTIONS[settings.convention];
  const scales = Float64Array.from(OBSERVATION_SCALES, (scale) => (settings.scaled ? scale : 1));
  const ofState = 2 * JOINTS - 1;
  return (index: number, centres: Float64Array) => {
    const row = index * observationSize;
    const from = index * STATE_SIZE + 1;
    for (let k = 0; k < ofState; k++) observations[row + k] = states[from + k]! * scales[k]!;
    if (observationSize === ofState) return;
    observations[row + ofState] = centres[3 * index]! * scales[ofState]!;
    observations[row + ofState + 1] = 0;
    observations[row + ofState + 2] = centres[3 * index + 1]! * scales[ofState + 2]!;
  };
}

/** False where a velocity is beyond MAX_SPEED or a number is not finite. */
function isRowStable(states: Float64Array, row: number): boolean {
  for (let k = 0; k < 2 * JOINTS; k++) {
    const value = states[row + k]!;
    if (!(Math.abs(value) <= (k < JOINTS ? Number.MAX_VALUE : MAX_SPEED))) return false;
  }
  return true;
}

function copyRow(from: Float64Array, to: Float64Array, row: number): void {
  for (let k = row; k < row + STATE_SIZE; k++) to[k] = from[k]!;
}
