// What a kept ("pinned") run is, and what the store of them can do. The word on the page is "pinned"; a replaced run's
// faint line (PinnedRun in store-types.ts) is another thing, and vanishes with the page.
import type { Experiment } from '../experiment/experiment.ts';
import type { RunRecord } from '../records/run-record.ts';

export interface Pin {
  readonly id: string;
  readonly title: string;
  /** At its lines' ends and in tables: "A". Unique among the pins of a lab. */
  readonly letter: string;
  /** Which of the dashes and shades its lines have: 0 … PIN_LOOK_COUNT − 1. */
  readonly look: number;
  readonly isShown: boolean;
  /** Differences are against it; at most one per lab. */
  readonly isBaseline: boolean;
  /** Milliseconds since 1970. */
  readonly keptAt: number;
  readonly experiment: Experiment;
  /** The run, of several seeds the first; null in the Reaching lab, whose runs are computed anew from the experiment. */
  readonly record: RunRecord | null;
  /** What several seeds came to; null: one run. */
  readonly seeds: SeedsSummary | null;
}

/** What there is to keep, before it has a place among the pins. */
export type PinDraft = Pick<Pin, 'title' | 'experiment' | 'record' | 'seeds'>;

/** charts/pinned-lines.ts has as many looks. */
export const PIN_LOOK_COUNT = 6;
/** Kept at once, over all labs. */
export const MAX_PINS = 40;
/** Shown at once in one lab: more lines cannot be told apart. */
export const MAX_SHOWN_PINS = 8;

/** One experiment from several seeds: final values seed by seed, curves as means with intervals. */
export interface SeedsSummary {
  /** Those that finished, in order. */
  readonly seeds: readonly number[];
  /** How many were asked for. */
  readonly asked: number;
  /** Ended by an error. */
  readonly failed: number;
  /** One per algorithm (in the Reaching lab per strategy), in the experiment's order. */
  readonly groups: readonly SeedsGroup[];
}

export interface SeedsGroup {
  /** The algorithm's or strategy's id. */
  readonly id: string;
  /** Seeds in which it diverged: counted here, and left out of what follows. */
  readonly diverged: number;
  /** By measure (pins-measures.ts): one value per seed that did not diverge. */
  readonly finals: Readonly<Record<string, readonly number[]>>;
  readonly curves: readonly SeedsCurve[];
}

/** A mean over seeds with its 95 % t interval, point by point. Lists of equal length. */
export interface SeedsCurve {
  /** "learning" over meta-iterations, "adaptation" or "adaptation 10" (K) over inner steps. */
  readonly name: string;
  readonly n: number;
  readonly x: readonly number[];
  readonly mean: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
}

export interface PinsState {
  /** Whether what was kept earlier has been read. */
  readonly status: 'reading' | 'ready';
  /** Where pins are: in the browser, or in this page for as long as it is open. */
  readonly keeps: 'browser' | 'visit';
  /** In the order in which they were kept; over all labs. */
  readonly pins: readonly Pin[];
  /** The last one deleted, until another is or it is put back. */
  readonly deleted: Pin | null;
  /** What went wrong last, with the other way; null: nothing. */
  readonly problem: string | null;
  /** Keeps a run and shows it; null: refused, and `problem` says why. */
  keep(draft: PinDraft): Pin | null;
  rename(id: string, title: string): void;
  setLook(id: string, look: number): void;
  show(id: string, isShown: boolean): void;
  /** Makes it its lab's only baseline, or takes that from it. */
  setBaseline(id: string, isBaseline: boolean): void;
  remove(id: string): void;
  putBack(): void;
  /** Takes in pins from a file; how many were new. */
  add(pins: readonly Pin[]): number;
  dismissProblem(): void;
  say(problem: string): void;
}
