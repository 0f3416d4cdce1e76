// What the page's state is. Three zustand vanilla stores (experiment, run, view); metric histories, checkpoints
// and the latest snapshot live outside them (run-data.ts), because they change too often for React.
import type { StoreApi } from 'zustand/vanilla';
import type { AlgorithmId, Experiment, LabId, SinusoidExperiment } from '../experiment/experiment.ts';
import type { ReachingExperiment } from '../experiment/reaching-experiment.ts';
import type { FieldIssue } from '../experiment/schema.ts';
import type { EngineId } from '../gradients/meta-gradient.ts';
import type { RunRecord } from '../records/run-record.ts';
import type { CheetahKinds, NavigationKinds } from '../training/policy-session-events.ts';
import type { MetricColumn, SinusoidKinds } from '../training/session-events.ts';
import type { MetricColumnOf, SessionKinds } from '../training/session-kinds.ts';
import type { MetricBatch } from '../worker/metric-batches.ts';
import type { EngineChoice, EngineFallback, RaceResult, StepUnit } from '../worker/protocol.ts';
import type { CheetahStores } from './cheetah-types.ts';
import type { NavigationStores } from './navigation-types.ts';
import type { NewNotice } from './notices.ts';
import type { PageState } from './page-store.ts';
import type { ReachingData, ReachingState } from './reaching-types.ts';
import type { RecordingsState } from './recordings.ts';

// --- experiment

/** The experiment of one lab, with the page's one undo history. While another lab is shown, its last one there. */
export interface ExperimentState<E extends Experiment = SinusoidExperiment> {
  readonly experiment: E;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /**
   * Change settings. Invalid values are refused: returns what was wrong, and nothing changes. `gesture`: edits
   * with the same non-null gesture id in a row are one undo entry (a drag).
   */
  edit(patch: Partial<E>, gesture?: string | null): readonly FieldIssue[];
  /** May be another lab's, which is then shown. */
  loadPreset(presetId: string): void;
  replace(experiment: Experiment): void;
  undo(): void;
  redo(): void;
}

/** The experiment on the screen, of whichever lab. */
export interface CurrentState extends ExperimentState<Experiment> {
  /** To the lab's last experiment of this visit, or its default preset. One undo entry; nothing if it is shown. */
  switchLab(lab: LabId): void;
}

// --- run

export type RunStatus =
  | { readonly kind: 'idle' }
  /** Worker loading or engines racing. */
  | { readonly kind: 'starting'; readonly step: 'loading' | 'racing' }
  | { readonly kind: 'running' }
  | { readonly kind: 'paused' }
  | { readonly kind: 'finished' }
  | { readonly kind: 'failed'; readonly message: string };

export interface Divergence {
  readonly algorithm: AlgorithmId;
  readonly iteration: number;
  readonly cause: string;
  readonly lastGoodIteration: number;
}

/** A run whose steps have been refused again and again. */
export interface Stall {
  readonly algorithm: AlgorithmId;
  readonly iteration: number;
  /** Plain words, with the remedy. */
  readonly cause: string;
}

/** Where a run came from that was not trained here: the head of its record. `iterations`: as far as it is the record's. */
export type OpenedAbout = Pick<RunRecord, 'title' | 'program' | 'engine' | 'seconds' | 'iterations'>;

/** Shown until dismissed; never a modal. */
export interface Notice {
  readonly id: number;
  /** At most one of a kind is shown; none: any number. */
  readonly kind?: string;
  readonly tone: 'info' | 'problem';
  readonly title: string;
  readonly details: readonly string[];
  /** Buttons: label and what it does. */
  readonly actions: readonly { readonly label: string; readonly run: () => void }[];
}

export interface RunState {
  readonly status: RunStatus;
  readonly runId: number;
  readonly engineChoice: EngineChoice;
  readonly engine: EngineId | null;
  /** Why `engine` is not the one chosen; null: it is, or the fastest was wanted and is the one that should be. */
  readonly fallback: EngineFallback | null;
  readonly race: RaceResult | null;
  /** All engines are being measured; training waits meanwhile. */
  readonly isMeasuring: boolean;
  /** At most 4 Hz; charts read run-data instead. */
  readonly iteration: number;
  readonly iterationsPerSecond: number;
  /** null: as fast as it goes. */
  readonly speed: number | null;
  readonly divergences: readonly Divergence[];
  /** The kept run that is shown, trained on from its end or not; null: trained here from the start. */
  readonly opened: OpenedAbout | null;
  readonly notices: readonly Notice[];
  play(): void;
  pause(): void;
  step(unit: StepUnit): void;
  /** Back to iteration 0 of the same experiment, paused or running as it was. */
  reset(): void;
  setSpeed(iterationsPerSecond: number | null): void;
  /** Training goes on, from where it is, on that engine. */
  setEngine(choice: EngineChoice): void;
  raceAgain(): void;
  /** Continue training from a kept checkpoint (drops what came after). */
  continueFrom(iteration: number): void;
  dismissNotice(id: number): void;
  dismissPinned(): void;
  /** Test hook behind window.metascope. */
  loseDevice(): void;
}

// --- view (never alters training)

export interface SupportPoint {
  readonly x: number;
  /** y minus the true curve at x: 0 until the user moves the point off the curve. */
  readonly offset: number;
}

/** The user's own task in the Fits panel. */
export interface UserTask {
  readonly amplitude: number;
  readonly phase: number;
  readonly points: readonly SupportPoint[];
}

export interface ViewState {
  readonly theme: 'system' | 'light' | 'dark';
  readonly task: UserTask;
  /** Meta-iteration shown (a checkpoint's), or null for live. */
  readonly scrubIteration: number | null;
  readonly scrubPlaying: boolean;
  /** Inner step shown in the fits, 0…10. */
  readonly innerStep: number;
  readonly innerStepPlaying: boolean;
  readonly learningX: 'iteration' | 'seconds' | 'gradientEvaluations';
  readonly lossScale: 'linear' | 'log';
  readonly adaptationSupportSize: number;
  /** Whose pseudocode, α and buffer are shown. */
  readonly focus: AlgorithmId;
  set(patch: Partial<Omit<ViewState, 'set' | 'rollTask'>>): void;
  /** A new random test task with the experiment's test ranges and testSupportSize (seeded counter). */
  rollTask(): void;
}

// --- outside zustand

export interface MetricHistory<Column extends string = MetricColumn> {
  readonly length: number;
  /** The first `length` entries are valid. Owned by the history; do not keep across frames. */
  column(name: Column): Float64Array;
}

/** A finished or replaced run whose curves stay as faint lines until dismissed. */
export interface PinnedRun<K extends SessionKinds = SinusoidKinds> {
  readonly label: string;
  readonly heldOut: readonly K['heldOut'][];
  readonly metrics: ReadonlyMap<AlgorithmId, MetricHistory<MetricColumnOf<K>>>;
}

/** A kept run in the terms of its lab, to be shown as if it had been trained here; made of a RunRecord by run-records.ts. */
export interface KeptRun<K extends SessionKinds = SinusoidKinds> {
  readonly experiment: K['experiment'];
  readonly about: OpenedAbout;
  /** Rows of the lab's metric columns, ascending by iteration; thinned. */
  readonly metrics: readonly MetricBatch[];
  readonly adaptations: readonly K['adaptation'][];
  readonly heldOut: readonly K['heldOut'][];
  /** Ascending; the last is the end. At least one. */
  readonly checkpoints: readonly K['checkpoint'][];
  readonly divergences: readonly Divergence[];
}

/** K: the kinds of the lab's sessions. */
export interface RunData<K extends SessionKinds = SinusoidKinds> {
  /** Grows by one whenever anything below changes; charts redraw when it differs from what they drew. */
  readonly version: number;
  metrics(algorithm: AlgorithmId): MetricHistory<MetricColumnOf<K>> | null;
  readonly heldOut: readonly K['heldOut'][];
  /** All kept of one algorithm, ascending by iteration. */
  adaptations(algorithm: AlgorithmId): readonly K['adaptation'][];
  /** Newest per algorithm, and all kept by iteration for scrubbing. */
  adaptation(algorithm: AlgorithmId, atIteration: number | null): K['adaptation'] | null;
  /** The newest adaptation to what the user chose, perhaps to an earlier choice still. */
  probe(algorithm: AlgorithmId): K['probe'] | null;
  readonly snapshot: K['snapshot'] | null;
  /** Scheduled ones, ascending by iteration. */
  readonly checkpoints: readonly K['checkpoint'][];
  /** The newest of all, scheduled or not; null: none. */
  readonly newest: K['checkpoint'] | null;
  readonly pinned: PinnedRun<K> | null;
  /** The phase last run while stepping by phase; null while running. */
  readonly steppedPhase: {
    readonly algorithm: AlgorithmId;
    readonly iteration: number;
    readonly event: K['phase'];
  } | null;
  /** Why training has paused by itself; null once it goes on. */
  readonly stalled: Stall | null;
  subscribe(listener: () => void): () => void;
  /** Tell the worker that the snapshot was painted. Called by the frame scheduler. */
  painted(): void;
}

/** By lab: how a kept run is shown. */
export interface RunOpeners {
  sinusoid(run: KeptRun<SinusoidKinds>): void;
  navigation(run: KeptRun<NavigationKinds>): void;
  cheetah(run: KeptRun<CheetahKinds>): void;
}

/** The composition root's product, handed to React through one context. */
export interface AppStores {
  /** What is on the screen, of whichever lab: for what all labs share (tabs, settings, undo, link). */
  readonly current: StoreApi<CurrentState>;
  /** What the link says of the page, and the guess where one comes first. */
  readonly page: StoreApi<PageState>;
  /** The Sinusoid lab's. */
  readonly experiment: StoreApi<ExperimentState>;
  readonly run: StoreApi<RunState>;
  readonly view: StoreApi<ViewState>;
  readonly data: RunData;
  /** The Reaching lab's. */
  readonly reachingExperiment: StoreApi<ExperimentState<ReachingExperiment>>;
  readonly reaching: StoreApi<ReachingState>;
  readonly reachingData: ReachingData;
  /** The Navigation lab's. */
  readonly navigation: NavigationStores;
  /** The Cheetah lab's. */
  readonly cheetah: CheetahStores;
  /** Shows a kept run in its lab, which is then the one on the screen, paused at its end. One undo entry. */
  readonly openRun: RunOpeners;
  /** Shows a notice, whichever lab is on the screen. */
  notify(notice: NewNotice): void;
  /** Those that come with the page. */
  readonly recordings: StoreApi<RecordingsState>;
  /** Puts the current experiment's link into the address bar now; otherwise that waits until settings rest. */
  writeLink(): void;
}
