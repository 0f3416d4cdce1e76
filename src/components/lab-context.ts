// The lab on the screen as something that trains: what transport, pseudocode, notices and charts need of it, whichever
// lab it is. A lab's page provides it; labs in which nothing trains have none.
import { createContext, useContext } from 'react';
import type { StoreApi } from 'zustand';
import { useStore } from 'zustand';
import type { PhaseEvent } from '../algorithms/algorithm.ts';
import type { ComparisonExperiment } from '../experiment/comparison-experiment.ts';
import type { AlgorithmId } from '../experiment/experiment.ts';
import type { EngineId } from '../gradients/meta-gradient.ts';
import type { RunState } from '../state/store-types.ts';

/** A store as far as it is read. */
export type Readable<T> = Pick<StoreApi<T>, 'getState' | 'getInitialState' | 'subscribe'>;

/** What every training lab lets the user look at. */
export interface LabView {
  /** Meta-iteration shown (a checkpoint's), or null for live. */
  readonly scrubIteration: number | null;
  readonly scrubPlaying: boolean;
  /** Inner step shown, 0 … mostInnerSteps. */
  readonly innerStep: number;
  readonly innerStepPlaying: boolean;
  /** Whose pseudocode, α and buffer are shown. */
  readonly focus: AlgorithmId;
  set(patch: Partial<Omit<LabView, 'set'>>): void;
}

/** What every training lab's run data have. */
export interface LabData {
  readonly checkpoints: readonly { readonly iteration: number }[];
  readonly snapshot: {
    readonly iteration: number;
    readonly runs: readonly {
      readonly algorithm: AlgorithmId;
      readonly iteration: number;
      /** Of the meta-iteration under way so far, or of the last one. */
      readonly phases: readonly PhaseEvent<string>[];
      /** Of the one before it, where snapshots may come in mid-iteration. */
      readonly earlierPhases?: readonly PhaseEvent<string>[];
    }[];
  } | null;
  readonly steppedPhase: {
    readonly algorithm: AlgorithmId;
    readonly iteration: number;
    readonly event: PhaseEvent<string>;
  } | null;
  subscribe(listener: () => void): () => void;
}

/** The paces that a lab offers. */
export interface LabSpeeds {
  /** What the labels mean. */
  readonly title: string;
  /** rate: meta-iterations per second at most; null: as fast as it goes. */
  readonly options: readonly { readonly label: string; readonly rate: number | null }[];
}

export interface TrainingLab {
  readonly experiment: Readable<{ readonly experiment: ComparisonExperiment }>;
  readonly run: Readable<RunState>;
  readonly view: Readable<LabView>;
  readonly data: LabData;
  /** How far the inner-step scrubber goes. */
  readonly mostInnerSteps: number;
  /** Engines that can compute this lab, in the order of their table, and what each is in a line. */
  readonly engines: readonly { readonly id: EngineId; readonly kind: string }[];
  readonly speeds: LabSpeeds;
}

export const LabContext = createContext<TrainingLab | null>(null);

/** The lab on the screen. Throws where none trains. */
export function useLab(): TrainingLab {
  const lab = useContext(LabContext);
  if (lab === null) {
    throw new Error('useLab found no lab. Got a component outside a training lab’s page; render it inside.');
  }
  return lab;
}

/** A part of what is trained. */
export function useLabExperiment<T>(select: (experiment: ComparisonExperiment) => T): T {
  return useStore(useLab().experiment, (state) => select(state.experiment));
}

/** A part of the run's store (at most 4 Hz by its contract). */
export function useLabRun<T>(select: (state: RunState) => T): T {
  return useStore(useLab().run, select);
}

/** A part of the view's store. */
export function useLabView<T>(select: (state: LabView) => T): T {
  return useStore(useLab().view, select);
}
