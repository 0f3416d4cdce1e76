// Messages between the page and the Reaching lab's worker: many-seed outcomes and phase maps, both long enough to be
// kept off the page's thread. Single runs take less than a frame and are computed on the page. Types only.
import type { ReachingExperiment } from '../experiment/reaching-experiment.ts';
import type { PhaseCell, PhaseMapRequest, SeedsOutcome } from '../training/reaching-outcome.ts';

export type ToReachingWorker =
  /** Replaces any job of the same kind that is under way. Seeds run from the experiment's own on. */
  | {
      readonly type: 'seeds';
      readonly jobId: number;
      readonly experiment: ReachingExperiment;
      readonly seeds: number;
    }
  | {
      readonly type: 'phase-map';
      readonly jobId: number;
      readonly experiment: ReachingExperiment;
      readonly request: PhaseMapRequest;
    }
  /** Takes effect within about 20 ms; nothing more comes for that job. */
  | { readonly type: 'cancel'; readonly jobId: number };

export type FromReachingWorker =
  | { readonly type: 'ready' }
  /** After every 10 % of the seeds or so, and at the end (`done`): the outcome of the seeds so far. */
  | {
      readonly type: 'seeds';
      readonly jobId: number;
      readonly outcome: SeedsOutcome;
      readonly done: boolean;
    }
  /** About every 100 ms: cells finished since the last message, coarse first so that the picture fills evenly. */
  | {
      readonly type: 'phase-cells';
      readonly jobId: number;
      readonly cells: readonly PhaseCell[];
      /** Cells finished of all, and the estimated seconds left. */
      readonly finished: number;
      readonly total: number;
      readonly secondsLeft: number;
    }
  | { readonly type: 'failed'; readonly jobId: number; readonly message: string };
