// Every environment that a policy can be trained in, behind plain values: what crosses to a worker is a spec and tasks,
// what comes back out of them is the environment itself. The environments are in their own files.
// The cheetah's file is fetched when one is first opened: its physics are not for those who navigate.
import { CONVENTIONS } from './locomotion/cheetah-conventions.ts';
import type { CheetahSettings } from './locomotion/cheetah-environment.ts';
import type { CheetahTask } from './locomotion/cheetah-tasks.ts';
import type { NavigationSettings, NavigationTask } from './navigation.ts';
import { createNavigation } from './navigation.ts';
import type { Environment, EpisodeBatch } from './trajectories.ts';

/** A task of any of them, plain and structured-cloneable. */
export type PolicyTask = NavigationTask | CheetahTask;

interface ShowsTask {
  /** The oracle's: observations end with the task's numbers. */
  readonly showsTask: boolean;
}

export interface NavigationSpec extends NavigationSettings, ShowsTask {
  readonly kind: 'navigation';
}

export interface CheetahSpec extends CheetahSettings, ShowsTask {
  readonly kind: 'cheetah';
}

/** Which environment, plain and structured-cloneable. */
export type EnvironmentSpec = NavigationSpec | CheetahSpec;

/** What a policy for the environment sees and does, without opening it. */
export function environmentSizes(
  spec: EnvironmentSpec,
): Pick<Environment<PolicyTask>, 'observationSize' | 'actionSize'> {
  const shown = spec.showsTask ? TASK_SIZES[spec.kind] : 0;
  return spec.kind === 'navigation'
    ? { observationSize: 2 + shown, actionSize: 2 }
    : { observationSize: CONVENTIONS[spec.convention].observationSize + shown, actionSize: 6 };
}

const TASK_SIZES = { navigation: 2, cheetah: 1 } as const;

/** The environment asked for last: physics are dear to open, and shares of one batch all ask for the same. */
let latest: { readonly key: string; readonly environment: Promise<Environment<PolicyTask>> } | null = null;

/** Opens the environment, or resolves with the one that was opened for an equal spec just before. */
export function openEnvironment(spec: EnvironmentSpec): Promise<Environment<PolicyTask>> {
  const key = JSON.stringify(spec);
  if (latest?.key === key) return latest.environment;
  const environment = open(spec);
  latest = { key, environment };
  environment.catch(() => {
    // What could not be fetched now may be there the next time.
    if (latest?.environment === environment) latest = null;
  });
  return environment;
}

async function open(spec: EnvironmentSpec): Promise<Environment<PolicyTask>> {
  switch (spec.kind) {
    case 'navigation': {
      const environment = onlyOf(createNavigation(spec), isNavigationTask);
      return spec.showsTask ? withTask(environment, TASK_SIZES.navigation) : environment;
    }
    case 'cheetah': {
      const { createCheetah } = await import('./locomotion/cheetah-environment.ts');
      const { cheetahMeanGains, cheetahVelocityErrors } = await import('./locomotion/cheetah-gains.ts');
      const cheetah = onlyOf(createCheetah(spec), isCheetahTask);
      const environment = {
        ...cheetah,
        meanGains: (trajectories) => cheetahMeanGains(spec, trajectories),
        ...(spec.task === 'velocity' && {
          velocityErrors: (trajectories, tasks) =>
            cheetahVelocityErrors(trajectories, tasks.filter(isCheetahTask)),
        }),
      } satisfies Environment<PolicyTask>;
      return spec.showsTask ? withTask(environment, TASK_SIZES.cheetah) : environment;
    }
    default:
      return spec satisfies never;
  }
}

/** Whether the task is one of the Navigation lab's. */
export function isNavigationTask(task: PolicyTask): task is NavigationTask {
  return 'x' in task;
}

/** Whether the task is one of the Cheetah lab's. */
export function isCheetahTask(task: PolicyTask): task is CheetahTask {
  return 'goal' in task;
}

/** The same environment, which refuses tasks of another. */
function onlyOf<T extends PolicyTask>(
  environment: Environment<T>,
  isOwn: (task: PolicyTask) => task is T,
): Environment<PolicyTask> {
  const own = (task: PolicyTask): T => {
    if (isOwn(task)) return task;
    throw new TypeError(
      `A task of another environment: got ${JSON.stringify(task)}. Draw tasks and environment from one experiment.`,
    );
  };
  const { startAll } = environment;
  return {
    ...environment,
    start: (task, key) => environment.start(own(task), key),
    ...(startAll && { startAll: (tasks, keys) => startAll(tasks.map(own), keys) }),
  };
}

function numbersOf(task: PolicyTask): readonly number[] {
  return isCheetahTask(task) ? [task.goal] : [task.x, task.y];
}

/** The same environment with the task's `count` numbers at the end of every observation. */
function withTask(environment: Environment<PolicyTask>, count: number): Environment<PolicyTask> {
  const { observationSize, startAll } = environment;
  const width = observationSize + count;
  return {
    ...environment,
    observationSize: width,
    start(task, key) {
      const inner = environment.start(task, key);
      const observation = new Float32Array(width);
      observation.set(numbersOf(task), observationSize);
      observation.set(inner.observation);
      return {
        observation,
        step(actions, at) {
          const outcome = inner.step(actions, at);
          observation.set(inner.observation);
          return outcome;
        },
      };
    },
    ...(startAll && {
      startAll(tasks, keys): EpisodeBatch {
        const inner = startAll(tasks, keys);
        const observations = new Float32Array(tasks.length * width);
        const copy = () => {
          for (let row = 0; row < tasks.length; row++) {
            const from = row * observationSize;
            observations.set(inner.observations.subarray(from, from + observationSize), row * width);
          }
        };
        tasks.forEach((task, row) => {
          observations.set(numbersOf(task), row * width + observationSize);
        });
        copy();
        return {
          ...inner,
          observations,
          stepAll(actions, at, stride) {
            inner.stepAll(actions, at, stride);
            copy();
          },
        };
      },
    }),
  };
}
