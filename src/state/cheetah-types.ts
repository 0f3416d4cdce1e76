// What the Cheetah lab's state is: that of any meta-RL lab (policy-types.ts), and what its lanes show.
import type { CheetahExperiment } from '../experiment/cheetah-experiment.ts';
import type { CheetahTask } from '../tasks/locomotion/cheetah-tasks.ts';
import type { PolicyStores, PolicyViewState } from './policy-types.ts';

/** Which lanes there are where tasks are directions. */
export type ShownDirections = 'both' | 'forwards' | 'backwards';

/** Never alters training. */
export interface CheetahViewState extends PolicyViewState<CheetahTask> {
  /** The velocity that the user has chosen for all lanes, in m/s; null: the usual one of the experiment. */
  readonly velocity: number | null;
  readonly directions: ShownDirections;
  /** Whether the recordings play. */
  readonly plays: boolean;
  /** Seconds of a recording per second: 1, or less for slow motion. */
  readonly rate: number;
  /** Every trajectory of the recording, not the first alone; of velocities, those of a whole batch of goals. */
  readonly showsSwarm: boolean;
  set(patch: Partial<Omit<CheetahViewState, 'set' | 'probe'>>): void;
}

export type CheetahStores = PolicyStores<CheetahExperiment, CheetahTask, CheetahViewState>;
