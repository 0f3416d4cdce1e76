// What the state of every meta-RL lab is: its run as any lab's (store-types.ts), and what its user looks at. Labs add
// what their stage shows (navigation-types.ts, cheetah-types.ts).
import type { StoreApi } from 'zustand/vanilla';
import type { AlgorithmId } from '../experiment/experiment.ts';
import type { PolicyTask } from '../tasks/policy-environments.ts';
import type {
  PolicyKinds,
  PolicyMetricColumn,
  ProbeQuestion,
  TrainablePolicyExperiment,
} from '../training/policy-session-events.ts';
import type { ExperimentState, MetricHistory, RunData, RunState } from './store-types.ts';

export type PolicyMetricHistory = MetricHistory<PolicyMetricColumn>;

/** Never alters training. */
export interface PolicyViewState<T extends PolicyTask = PolicyTask> {
  /** Whose pseudocode, α, buffer and outer step are shown. */
  readonly focus: AlgorithmId;
  /** The inner step after which trajectories are shown. */
  readonly innerStep: number;
  readonly innerStepPlaying: boolean;
  /**
   * What all runs are being asked to adapt to, with the policies of the checkpoint that is scrubbed to; null before the
   * lab has been shown.
   */
  readonly probe: ProbeQuestion<T> | null;
  /** Meta-iteration shown (a checkpoint's), or null for live. */
  readonly scrubIteration: number | null;
  readonly scrubPlaying: boolean;
  readonly returnX: 'iteration' | 'environmentSteps' | 'seconds';
  /** The task of the last batch that is shown, by its number; null: none. */
  readonly batchTask: number | null;
  /** What runs should adapt to is sent to the worker where it has changed. */
  set(patch: Partial<Omit<PolicyViewState<T>, 'set' | 'probe'>>): void;
}

/** A meta-RL lab's stores as the panels that all these labs share read them. */
export interface PolicyStores<
  E extends TrainablePolicyExperiment = TrainablePolicyExperiment,
  T extends PolicyTask = PolicyTask,
  V extends PolicyViewState<T> = PolicyViewState<T>,
> {
  readonly experiment: StoreApi<ExperimentState<E>>;
  readonly run: StoreApi<RunState>;
  readonly view: StoreApi<V>;
  readonly data: RunData<PolicyKinds<E, T>>;
}

/** The same, of whichever lab: to be read only. */
export interface ReadablePolicyStores {
  readonly experiment: Reads<{ readonly experiment: TrainablePolicyExperiment }>;
  readonly run: StoreApi<RunState>;
  readonly view: Reads<PolicyViewState>;
  readonly data: RunData<PolicyKinds>;
}

type Reads<S> = Pick<StoreApi<S>, 'getState' | 'getInitialState' | 'subscribe'>;
