// What a policy has done: all steps of all episodes of a batch of tasks in flat arrays, and how they are collected from
// any environment. Which policy acts, and on what machine, is the caller's. Draws depend on (key, task, episode) only.
import type { FloatArray } from '../math/arrays.ts';
import { foldIn, type Key, normal } from '../math/rng.ts';

/** M tasks × E episodes of at most H steps. Row-major; steps from an episode's length on are zero. */
export interface Trajectories {
  /** M. */
  readonly taskCount: number;
  /** E, per task. */
  readonly episodes: number;
  /** H. */
  readonly horizon: number;
  readonly observationSize: number;
  readonly actionSize: number;
  /** [M, E] number of steps taken. */
  readonly lengths: Int32Array;
  /** [M, E, H, O], before the step. */
  readonly observations: Float32Array;
  /** [M, E, H, A], as sampled. */
  readonly actions: Float32Array;
  /** [M, E, H], for the step. */
  readonly rewards: Float32Array;
  /** The first action that was NaN or infinite; its episode ends before it. */
  readonly nonFiniteAction: { readonly task: number; readonly episode: number; readonly step: number } | null;
}

/** One episode under way. */
export interface Episode {
  /** [O], overwritten by every step. */
  readonly observation: Float32Array;
  /** Takes the action at actions[at …], [A]; returns the reward and whether the episode ends with this step. */
  step(actions: Float32Array, at: number): { readonly reward: number; readonly done: boolean };
}

export interface Environment<Task> {
  readonly observationSize: number;
  readonly actionSize: number;
  /** A new episode of the task; `key` is for whatever is random in it. */
  start(task: Task, key: Key): Episode;
}

/** A Gaussian policy at work on `rows` observations; models/gaussian-policy.ts's createActor makes them. */
export interface RowActor {
  readonly std: FloatArray;
  means(observations: FloatArray): FloatArray;
}

export interface RolloutRequest<Task> {
  readonly environment: Environment<Task>;
  readonly tasks: readonly Task[];
  /** Number of the first task in its batch, for its draws: a share of the tasks then draws what the batch would. */
  readonly firstTask?: number;
  readonly episodes: number;
  readonly horizon: number;
  readonly key: Key;
  /** The policy of task i, for `episodes` rows. */
  actorFor(task: number): RowActor;
}

const EPISODE_START = 0;
const EPISODE_NOISE = 1;

/** Runs the episodes of every task, one task after the other, its episodes side by side. */
export function collectTrajectories<Task>(request: RolloutRequest<Task>): Trajectories {
  const { environment, tasks, episodes, horizon } = request;
  const { observationSize, actionSize } = environment;
  const steps = tasks.length * episodes * horizon;
  const trajectories = {
    taskCount: tasks.length,
    episodes,
    horizon,
    observationSize,
    actionSize,
    lengths: new Int32Array(tasks.length * episodes),
    observations: new Float32Array(steps * observationSize),
    actions: new Float32Array(steps * actionSize),
    rewards: new Float32Array(steps),
    nonFiniteAction: null,
  };
  let nonFiniteAction: Trajectories['nonFiniteAction'] = null;
  for (let task = 0; task < tasks.length; task++) {
    const bad = rollOutTask(request, trajectories, task);
    nonFiniteAction ??= bad;
  }
  return { ...trajectories, nonFiniteAction };
}

function rollOutTask<Task>(
  request: RolloutRequest<Task>,
  into: Trajectories,
  task: number,
): Trajectories['nonFiniteAction'] {
  const { environment, tasks, episodes, horizon } = request;
  const { observationSize, actionSize } = into;
  const taskKey = foldIn(request.key, (request.firstTask ?? 0) + task);
  const running: Episode[] = [];
  const noise: Float32Array[] = [];
  for (let episode = 0; episode < episodes; episode++) {
    const key = foldIn(taskKey, episode);
    running.push(environment.start(tasks[task]!, foldIn(key, EPISODE_START)));
    noise.push(normal(foldIn(key, EPISODE_NOISE), horizon * actionSize));
  }
  const actor = request.actorFor(task);
  const seen = new Float32Array(episodes * observationSize);
  const over = new Uint8Array(episodes);
  let nonFiniteAction: Trajectories['nonFiniteAction'] = null;
  for (let step = 0; step < horizon; step++) {
    for (let episode = 0; episode < episodes; episode++) {
      seen.set(running[episode]!.observation, episode * observationSize);
    }
    const means = actor.means(seen);
    for (let episode = 0; episode < episodes; episode++) {
      if (over[episode]) continue;
      const at = ((task * episodes + episode) * horizon + step) * actionSize;
      if (!act(into.actions, at, { actor, means, noise: noise[episode]!, episode, step })) {
        into.actions.fill(0, at, at + actionSize);
        nonFiniteAction ??= { task, episode, step };
        over[episode] = 1;
        continue;
      }
      const row = (task * episodes + episode) * horizon + step;
      into.observations.set(running[episode]!.observation, row * observationSize);
      const { reward, done } = running[episode]!.step(into.actions, at);
      into.rewards[row] = reward;
      into.lengths[task * episodes + episode] = step + 1;
      if (done) over[episode] = 1;
    }
    if (over.every((value) => value === 1)) break;
  }
  return nonFiniteAction;
}

interface Draw {
  readonly actor: RowActor;
  readonly means: FloatArray;
  readonly noise: Float32Array;
  readonly episode: number;
  readonly step: number;
}

/** Writes mean + std · ε to actions[at …]; false when a number is not finite. */
function act(actions: Float32Array, at: number, draw: Draw): boolean {
  const { actor, means, noise, episode, step } = draw;
  const width = actor.std.length;
  let finite = true;
  for (let a = 0; a < width; a++) {
    const value = means[episode * width + a]! + actor.std[a]! * noise[step * width + a]!;
    actions[at + a] = value;
    finite &&= Number.isFinite(actions[at + a]!);
  }
  return finite;
}

/** The sum of each episode's rewards, undiscounted: [M, E]. */
export function episodeReturns(trajectories: Trajectories): Float64Array {
  const { lengths, rewards, horizon } = trajectories;
  return Float64Array.from(lengths, (length, at) => {
    let sum = 0;
    for (let step = 0; step < length; step++) sum += rewards[at * horizon + step]!;
    return sum;
  });
}

/** The mean over a task's episodes of their returns: [M]. */
export function meanReturns(trajectories: Trajectories): Float64Array {
  const returns = episodeReturns(trajectories);
  const { taskCount, episodes } = trajectories;
  return Float64Array.from({ length: taskCount }, (_, task) => {
    let sum = 0;
    for (let episode = 0; episode < episodes; episode++) sum += returns[task * episodes + episode]!;
    return sum / episodes;
  });
}
