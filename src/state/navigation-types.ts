// What the Navigation lab's state is: that of any meta-RL lab (policy-types.ts), and what its arenas show.
import type { NavigationExperiment } from '../experiment/navigation-experiment.ts';
import type { NavigationTask } from '../tasks/navigation.ts';
import type { NavigationKinds } from '../training/policy-session-events.ts';
import type { PolicyStores, PolicyViewState } from './policy-types.ts';
import type { RunData } from './store-types.ts';

export type NavigationData = RunData<NavigationKinds>;
export type { PolicyMetricHistory } from './policy-types.ts';

/** A place in the arena. */
export interface ProbeGoal {
  readonly x: number;
  readonly y: number;
}

/** Never alters training. */
export interface NavigationViewState extends PolicyViewState<NavigationTask> {
  /** The policy's mean action and spread, over the arena. */
  readonly showField: boolean;
  /** Every trajectory, not their mean alone. */
  readonly showEpisodes: boolean;
  /** Where the user has put the goal; null: the first test task's. */
  readonly probeGoal: ProbeGoal | null;
  set(patch: Partial<Omit<NavigationViewState, 'set' | 'probe'>>): void;
}

export type NavigationStores = PolicyStores<NavigationExperiment, NavigationTask, NavigationViewState>;
