// What the Navigation lab's state is: its run as any lab's (store-types.ts), and what its user looks at.
import type { StoreApi } from 'zustand/vanilla';
import type { AlgorithmId } from '../experiment/experiment.ts';
import type { NavigationExperiment } from '../experiment/navigation-experiment.ts';
import type { NavigationTask } from '../tasks/navigation.ts';
import type { NavigationKinds, PolicyMetricColumn, ProbeRequest } from '../training/policy-session-events.ts';
import type { ExperimentState, MetricHistory, RunData, RunState } from './store-types.ts';

export type NavigationData = RunData<NavigationKinds>;
export type PolicyMetricHistory = MetricHistory<PolicyMetricColumn>;

/** A place in the arena. */
export interface ProbeGoal {
  readonly x: number;
  readonly y: number;
}

/** Never alters training. */
export interface NavigationViewState {
  /** Whose pseudocode, α, buffer and outer step are shown. */
  readonly focus: AlgorithmId;
  /** The inner step after which trajectories are shown. */
  readonly innerStep: number;
  readonly innerStepPlaying: boolean;
  /** The policy's mean action and spread, over the arena. */
  readonly showField: boolean;
  /** Every trajectory, not their mean alone. */
  readonly showEpisodes: boolean;
  /** Where the user has put the goal; null: the first test task's. */
  readonly probeGoal: ProbeGoal | null;
  /** What all runs are being asked to adapt to; null before the lab has been shown. */
  readonly probe: ProbeRequest<NavigationTask> | null;
  /** Meta-iteration shown (a checkpoint's), or null for live. */
  readonly scrubIteration: number | null;
  readonly scrubPlaying: boolean;
  readonly returnX: 'iteration' | 'environmentSteps' | 'seconds';
  /** Weight of what came before in the smoothed return curves, 0 (none) to below 1. */
  readonly smoothing: number;
  /** The task of the last batch that is shown, by its number; null: none. */
  readonly batchTask: number | null;
  /** A changed probeGoal is sent to the worker. */
  set(patch: Partial<Omit<NavigationViewState, 'set' | 'probe'>>): void;
}

export interface NavigationStores {
  readonly experiment: StoreApi<ExperimentState<NavigationExperiment>>;
  readonly run: StoreApi<RunState>;
  readonly view: StoreApi<NavigationViewState>;
  readonly data: NavigationData;
}
