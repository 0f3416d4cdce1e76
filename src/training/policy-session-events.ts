// What a session of meta-RL yields: session-kinds.ts filled in. Plain data only, structured-cloneable.
import type { PolicyCrew } from '../algorithms/meta-rl/crew.ts';
import type { OuterTrace, PolicyPhaseEvent, PolicyRunState } from '../algorithms/meta-rl/policy-algorithm.ts';
import type { CheetahExperiment } from '../experiment/cheetah-experiment.ts';
import type { AlgorithmId, AlphaMode } from '../experiment/experiment.ts';
import type { NavigationExperiment } from '../experiment/navigation-experiment.ts';
import type { CheetahTask } from '../tasks/locomotion/cheetah-tasks.ts';
import type { NavigationTask } from '../tasks/navigation.ts';
import type { PolicyTask } from '../tasks/policy-environments.ts';
import type { Trajectories } from '../tasks/trajectories.ts';
import type { SessionEventOf, SessionOf } from './session-kinds.ts';

/** One row per run and meta-iteration. Returns are undiscounted sums per trajectory, means over a task's trajectories. */
export interface PolicyMetrics {
  readonly algorithm: AlgorithmId;
  /** Number of meta-updates done, from 1. */
  readonly iteration: number;
  /** Mean and quartiles over the batch's tasks, with θ and after the inner steps. */
  readonly returnBefore: number;
  readonly returnBeforeQ25: number;
  readonly returnBeforeQ75: number;
  readonly returnAfter: number;
  readonly returnAfterQ25: number;
  readonly returnAfterQ75: number;
  /** Cumulative, over all trajectories. */
  readonly environmentSteps: number;
  /** Cumulative seconds spent in this run's own steps. */
  readonly seconds: number;
  /** Seconds of this very step. */
  readonly rollOutSeconds: number;
  readonly innerSeconds: number;
  readonly outerSeconds: number;
  /** KL(old ‖ new) of the adapted policies at the step taken; 0 when none was. */
  readonly kl: number;
  /** Surrogate loss at the step taken minus before it; 0 when none was. */
  readonly surrogateChange: number;
  /** 1 when θ moved, 0 when the step was refused. */
  readonly accepted: number;
  /** Tries of the line search, or Adam's steps. */
  readonly tries: number;
  /** L of this batch. */
  readonly replayedTasks: number;
  /** How many warnings the crew gave. */
  readonly warnings: number;
  /** Episodes of this batch, after whatever inner steps, that ended because their state became unstable. */
  readonly unstableEpisodes: number;
  /** α: mean, minimum and maximum over its entries, after the update. */
  readonly alphaMean: number;
  readonly alphaMin: number;
  readonly alphaMax: number;
  /** Mean over the actions of the log σ that acts. */
  readonly logStd: number;
}

/** Order of PolicyMetrics' numbers when packed as rows of a Float64Array by the worker. */
export const POLICY_METRIC_COLUMNS = [
  'iteration',
  'returnBefore',
  'returnBeforeQ25',
  'returnBeforeQ75',
  'returnAfter',
  'returnAfterQ25',
  'returnAfterQ75',
  'environmentSteps',
  'seconds',
  'rollOutSeconds',
  'innerSeconds',
  'outerSeconds',
  'kl',
  'surrogateChange',
  'accepted',
  'tries',
  'replayedTasks',
  'warnings',
  'unstableEpisodes',
  'alphaMean',
  'alphaMin',
  'alphaMax',
  'logStd',
] as const satisfies readonly Exclude<keyof PolicyMetrics, 'algorithm'>[];
export type PolicyMetricColumn = (typeof POLICY_METRIC_COLUMNS)[number];

/** Returns of fixed, noise-free test tasks after 0 … 4 inner steps; entry j of each list is after j steps. */
export interface PolicyAdaptationPoint {
  readonly algorithm: AlgorithmId;
  readonly iteration: number;
  readonly environmentSteps: number;
  readonly seconds: number;
  readonly tasks: number;
  readonly steps: readonly number[];
  readonly meanReturn: readonly number[];
  /** Standard deviation over tasks ÷ √tasks. */
  readonly standardError: readonly number[];
  readonly q25: readonly number[];
  readonly q75: readonly number[];
  /** Each test task's mean return: a list of tasks for every number of steps. */
  readonly returnsByTask: readonly (readonly number[])[];
  /** The same of what a timestep gains before its action's cost (Environment.meanGains); absent where that has no sense. */
  readonly gainsByTask?: readonly (readonly number[])[];
  /** The same of |mean velocity − goal| of each trajectory, m/s (Environment.velocityErrors); absent where none is asked for. */
  readonly velocityErrorsByTask?: readonly (readonly number[])[];
  /** Episodes that ended because their state became unstable, after each number of steps; absent: not counted. */
  readonly unstableEpisodes?: readonly number[];
}

/** The adaptation of one run to the task that the user chose. */
export interface ProbePoint<T extends PolicyTask = PolicyTask> {
  readonly algorithm: AlgorithmId;
  /** Of the policy that adapted. */
  readonly iteration: number;
  readonly request: ProbeQuestion<T>;
  /** After 0 … k steps. */
  readonly steps: readonly ProbeStep[];
  /** The same for each of the request's other tasks, in their order. */
  readonly others?: readonly (readonly ProbeStep[])[];
}

export interface ProbeStep {
  /** θ_j [P] */
  readonly params: Float32Array;
  readonly meanReturn: number;
  readonly standardError: number;
  /** One task. */
  readonly trajectories: Trajectories;
}

/** What is asked; answers repeat it. */
export interface ProbeQuestion<T extends PolicyTask = PolicyTask> {
  /** Grows with every choice, so that the page knows which answer is to which. */
  readonly id: number;
  readonly task: T;
  /** Adapted to besides, each by itself; the first task's answer is the same without them. */
  readonly others?: readonly T[];
}

export interface ProbeRequest<T extends PolicyTask = PolicyTask> extends ProbeQuestion<T> {
  /** Whose policies adapt instead of those in training: answered once. Runs of another network are passed over. */
  readonly from?: ProbeOrigin;
}

/** Policies of the past. */
export interface ProbeOrigin {
  readonly iteration: number;
  readonly runs: readonly {
    readonly algorithm: AlgorithmId;
    readonly metaParams: Float32Array;
    readonly alpha: { readonly mode: AlphaMode; readonly values: Float32Array };
  }[];
}

/** Everything needed to continue bit-exactly: one state per run, in the experiment's order. */
export interface PolicyCheckpoint {
  readonly iteration: number;
  readonly runs: readonly {
    readonly algorithm: AlgorithmId;
    readonly state: PolicyRunState;
    readonly environmentSteps: number;
    readonly seconds: number;
    /** Iteration at which this run became non-finite; it takes no further part. */
    readonly divergedAt: number | null;
  }[];
}

/** The last batch, in batch order. */
export interface PolicyBatchSnapshot<T extends PolicyTask = PolicyTask> {
  readonly tasks: readonly T[];
  /** [M] mean returns. */
  readonly returnsBefore: Float32Array;
  readonly returnsAfter: Float32Array;
  /** [M] 1 where the task was itself replayed in this batch. */
  readonly replayed: Uint8Array;
  /** [M] 1 where the strategy chooses it for the next batch; all 0 without a buffer. */
  readonly chosen: Uint8Array;
}

export interface PolicyRunSnapshot<T extends PolicyTask = PolicyTask> {
  readonly algorithm: AlgorithmId;
  readonly iteration: number;
  readonly metaParams: Float32Array;
  readonly alpha: { readonly mode: AlphaMode; readonly values: Float32Array };
  /** null before the first meta-iteration. */
  readonly batch: PolicyBatchSnapshot<T> | null;
  readonly usesBuffer: boolean;
  readonly outer: OuterTrace | null;
  /** Plain words, one per kind of warning of the last meta-iteration. */
  readonly warnings: readonly string[];
  /** The events of the meta-iteration under way so far, in order; of the last one between two. */
  readonly phases: readonly PolicyPhaseEvent[];
  /** Those of the one before it: what is known of phases that have not run again yet. */
  readonly earlierPhases: readonly PolicyPhaseEvent[];
}

export interface PolicySnapshot<T extends PolicyTask = PolicyTask> {
  readonly iteration: number;
  readonly runs: readonly PolicyRunSnapshot<T>[];
}

/** The experiments that policy sessions train. */
export type TrainablePolicyExperiment = NavigationExperiment | CheetahExperiment;

/** The meta-RL labs' SessionKinds: of all of them, or of one with its own experiments and tasks. */
export interface PolicyKinds<
  E extends TrainablePolicyExperiment = TrainablePolicyExperiment,
  T extends PolicyTask = PolicyTask,
> {
  readonly experiment: E;
  readonly metrics: PolicyMetrics;
  readonly heldOut: never;
  readonly adaptation: PolicyAdaptationPoint;
  readonly probe: ProbePoint<T>;
  readonly probeRequest: ProbeRequest<T>;
  readonly checkpoint: PolicyCheckpoint;
  readonly snapshot: PolicySnapshot<T>;
  readonly phase: PolicyPhaseEvent;
  readonly engine: PolicyCrew;
}

export type NavigationKinds = PolicyKinds<NavigationExperiment, NavigationTask>;
export type CheetahKinds = PolicyKinds<CheetahExperiment, CheetahTask>;

export type PolicySessionEvent = SessionEventOf<PolicyKinds>;
export type PolicySession = SessionOf<PolicyKinds>;
