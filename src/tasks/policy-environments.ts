// Every environment that a policy can be trained in, behind plain values: what crosses to a worker is a spec and tasks,
// what comes back out of them is the environment itself. The environments are in their own files.
import type { NavigationSettings, NavigationTask } from './navigation.ts';
import { createNavigation } from './navigation.ts';
import type { Environment } from './trajectories.ts';

/** A task of any of them, plain and structured-cloneable. */
export type PolicyTask = NavigationTask;

/** Which environment, plain and structured-cloneable. */
export interface EnvironmentSpec extends NavigationSettings {
  readonly kind: 'navigation';
  /** The oracle's: observations end with the goal, x and y. */
  readonly showsTask: boolean;
}

/** Opens the environment. */
export function openEnvironment(spec: EnvironmentSpec): Environment<PolicyTask> {
  const environment = createNavigation(spec);
  return spec.showsTask ? withGoal(environment) : environment;
}

function withGoal(environment: Environment<NavigationTask>): Environment<NavigationTask> {
  const { observationSize } = environment;
  return {
    ...environment,
    observationSize: observationSize + 2,
    start(task, key) {
      const inner = environment.start(task, key);
      const observation = new Float32Array(observationSize + 2);
      observation.set([task.x, task.y], observationSize);
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
  };
}
