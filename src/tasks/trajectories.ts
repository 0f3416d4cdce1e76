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
  /** By task, where asked for: [E, H + 1, J] the body's positions before the first step and after each; else null. */
  readonly positions?: readonly (Float32Array | null)[];
  /** [M] episodes that ended because the environment's state became unstable; absent where that cannot be. */
  readonly unstableEpisodes?: Int32Array;
  /** [M, E] in m/s, the mean over an episode's steps of the velocity that rewards go by; absent where they go by none. */
  readonly meanVelocities?: Float64Array;
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
  /** The same for one episode per task and key, where stepping them together is faster; each as start would have it. */
  startAll?(tasks: readonly Task[], keys: readonly Key[]): EpisodeBatch;
  /** What each task's steps gained on average before the cost of their actions, where rewards are made like that: [M]. */
  meanGains?(trajectories: Trajectories): Float64Array;
  /** By how much each task's episodes missed the velocity asked for, on average in m/s, where one is asked for: [M]. */
  velocityErrors?(trajectories: Trajectories, tasks: readonly Task[]): Float64Array;
}

/** E episodes under way side by side. */
export interface EpisodeBatch {
  /** [E, O], overwritten by every step; rows of episodes that are over stay as they are. */
  readonly observations: Float32Array;
  /** [E] for the last step; 0 where the episode was over before it. */
  readonly rewards: Float32Array;
  /** [E], 1 once an episode is over. The caller may set it to end one. */
  readonly done: Uint8Array;
  /** Episode e takes the action at actions[at + e·stride …], [A]; those that are over take none. */
  stepAll(actions: Float32Array, at: number, stride: number): void;
  /** How many episodes have ended because their state became unstable; absent where that cannot be. */
  unstableCount?(): number;
  /** [E] sums over the steps taken of the velocity that rewards go by, in m/s; absent where they go by none. */
  readonly velocitySums?: Float64Array;
  /** Where there is a body to draw that observations do not tell all of. */
  readonly body?: EpisodeBodies;
}

/** The bodies of E episodes, for drawing. */
export interface EpisodeBodies {
  /** J: numbers of one body's positions. */
  readonly size: number;
  /** Writes the present positions of episode e's body to into[at …]. */
  copy(episode: number, into: Float32Array, at: number): void;
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
  /** Whether task i's positions are kept, where its environment has bodies; without it: none are. */
  keepsPositions?(task: number): boolean;
}

const EPISODE_START = 0;
const EPISODE_NOISE = 1;

/** Runs the episodes of every task, one task after the other, its episodes side by side. */
export function collectTrajectories<Task>(request: RolloutRequest<Task>): Trajectories {
  const { environment, tasks, episodes, horizon } = request;
  const { observationSize, actionSize } = environment;
  const steps = tasks.length * episodes * horizon;
  const trajectories: Trajectories = {
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
  let unstableEpisodes: Int32Array | undefined;
  let meanVelocities: Float64Array | undefined;
  const positions: (Float32Array | null)[] = [];
  for (let task = 0; task < tasks.length; task++) {
    const { bad, unstable, velocities, recorded } = rollOutTask(request, trajectories, task);
    nonFiniteAction ??= bad;
    positions.push(recorded);
    if (velocities !== undefined) {
      meanVelocities ??= new Float64Array(tasks.length * episodes);
      meanVelocities.set(velocities, task * episodes);
    }
    if (unstable === undefined) continue;
    unstableEpisodes ??= new Int32Array(tasks.length);
    unstableEpisodes[task] = unstable;
  }
  return {
    ...trajectories,
    nonFiniteAction,
    ...(unstableEpisodes && { unstableEpisodes }),
    ...(meanVelocities && { meanVelocities }),
    ...(positions.some((recorded) => recorded !== null) && { positions }),
  };
}

interface TaskEnd {
  readonly bad: Trajectories['nonFiniteAction'];
  readonly unstable: number | undefined;
  /** [E] means over their steps. */
  readonly velocities: Float64Array | undefined;
  readonly recorded: Float32Array | null;
}

function rollOutTask<Task>(request: RolloutRequest<Task>, into: Trajectories, task: number): TaskEnd {
  const { environment, tasks, episodes, horizon } = request;
  const { observationSize, actionSize } = into;
  const taskKey = foldIn(request.key, (request.firstTask ?? 0) + task);
  const keys = Array.from({ length: episodes }, (_, episode) => foldIn(taskKey, episode));
  const noise = keys.map((key) => normal(foldIn(key, EPISODE_NOISE), horizon * actionSize));
  const starts = keys.map((key) => foldIn(key, EPISODE_START));
  const batch = startSideBySide(environment, tasks[task]!, starts);
  const { observations, done } = batch;
  const recorder = request.keepsPositions?.(task) ? createRecorder(batch, { episodes, horizon }) : null;
  recorder?.record(0);
  const actor = request.actorFor(task);
  let nonFiniteAction: Trajectories['nonFiniteAction'] = null;
  for (let step = 0; step < horizon; step++) {
    const means = actor.means(observations);
    for (let episode = 0; episode < episodes; episode++) {
      if (done[episode]) continue;
      const row = (task * episodes + episode) * horizon + step;
      const at = row * actionSize;
      if (!act(into.actions, at, { actor, means, noise: noise[episode]!, episode, step })) {
        into.actions.fill(0, at, at + actionSize);
        nonFiniteAction ??= { task, episode, step };
        done[episode] = 1;
        continue;
      }
      const seen = observations.subarray(episode * observationSize, (episode + 1) * observationSize);
      into.observations.set(seen, row * observationSize);
      into.lengths[task * episodes + episode] = step + 1;
    }
    batch.stepAll(into.actions, (task * episodes * horizon + step) * actionSize, horizon * actionSize);
    for (let episode = 0; episode < episodes; episode++) {
      // Episodes that were over before have earned 0.
      into.rewards[(task * episodes + episode) * horizon + step] = batch.rewards[episode]!;
    }
    recorder?.record(step + 1, (episode) => into.lengths[task * episodes + episode]! > step);
    if (done.every((value) => value === 1)) break;
  }
  const lengthOf = (episode: number) => into.lengths[task * episodes + episode]!;
  return {
    bad: nonFiniteAction,
    unstable: batch.unstableCount?.(),
    velocities: batch.velocitySums?.map((sum, episode) => sum / Math.max(1, lengthOf(episode))),
    recorded: recorder?.positions ?? null,
  };
}

/** Keeps the bodies' positions, zero from an episode's end on; null where there are no bodies. */
function createRecorder(
  { body }: EpisodeBatch,
  { episodes, horizon }: { readonly episodes: number; readonly horizon: number },
) {
  if (body === undefined) return null;
  const positions = new Float32Array(episodes * (horizon + 1) * body.size);
  return {
    positions,
    record(frame: number, isRunning: (episode: number) => boolean = () => true) {
      for (let episode = 0; episode < episodes; episode++) {
        if (isRunning(episode)) body.copy(episode, positions, (episode * (horizon + 1) + frame) * body.size);
      }
    },
  };
}

/** Episodes of one task, by the environment's own startAll or one by one. */
function startSideBySide<Task>(
  environment: Environment<Task>,
  task: Task,
  keys: readonly Key[],
): EpisodeBatch {
  const { observationSize: width } = environment;
  if (environment.startAll) return environment.startAll(Array<Task>(keys.length).fill(task), keys);
  const running = keys.map((key) => environment.start(task, key));
  const observations = new Float32Array(keys.length * width);
  const rewards = new Float32Array(keys.length);
  const done = new Uint8Array(keys.length);
  running.forEach(({ observation }, episode) => {
    observations.set(observation, episode * width);
  });
  const stepAll: EpisodeBatch['stepAll'] = (actions, at, stride) => {
    running.forEach((episode, index) => {
      rewards[index] = 0;
      if (done[index] !== 0) return;
      const outcome = episode.step(actions, at + index * stride);
      rewards[index] = outcome.reward;
      if (outcome.done) done[index] = 1;
      observations.set(episode.observation, index * width);
    });
  };
  return { observations, rewards, done, stepAll };
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
