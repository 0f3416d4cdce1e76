// What a link says besides the experiment: which page, what is hidden or locked, whether a guess comes first. None of it
// alters training. Reading and writing it is page-options-codec.ts's affair; links without any mean NO_OPTIONS.
import type { StoryPlace } from './story-place.ts';

/** The labs, or the front page. */
export type PageId = 'lab' | 'gallery';

export interface PageOptions {
  /** What is shown: the lab of the experiment, or the gallery. */
  readonly page: PageId;
  /** Settings (field keys) and parts of the page (PAGE_PARTS) that are not shown. */
  readonly hide: readonly string[];
  /** Settings that are shown but cannot be changed; “settings” for all of them, “presets” for the choice of preset. */
  readonly lock: readonly string[];
  /** The outcome stays covered until a guess has been made. */
  readonly predict: boolean;
  /** Large type, thick lines, panels hidden. */
  readonly present: boolean;
  /** Without chrome, for course pages; from the query “?embed”, so that a frame can keep it. */
  readonly embed: boolean;
  /** The recorded runs that are shown, by the names of their files in runs/ without “.json”; empty: none by name. */
  readonly runs: readonly string[];
  /** A story being told, and where it is; null: none. */
  readonly story: StoryPlace | null;
}

/** Parts of the page that a link can hide, next to any lab's settings. */
export const PAGE_PARTS = ['settings', 'instruments', 'pseudocode', 'transport', 'presets'] as const;
export type PagePart = (typeof PAGE_PARTS)[number];

/** Parts of the page that a link can lock. */
export const LOCKABLE_PARTS = ['settings', 'presets'] as const satisfies readonly PagePart[];

export const NO_OPTIONS: PageOptions = Object.freeze({
  page: 'lab',
  hide: Object.freeze([]),
  lock: Object.freeze([]),
  predict: false,
  present: false,
  embed: false,
  runs: Object.freeze([]),
  story: null,
});

/** What an address without a fragment opens. */
export const OPENING_PAGE: PageId = 'gallery';

/** Whether both say the same. */
export function sameOptions(a: PageOptions, b: PageOptions): boolean {
  return (
    a.page === b.page &&
    a.predict === b.predict &&
    a.present === b.present &&
    a.embed === b.embed &&
    a.hide.join() === b.hide.join() &&
    a.lock.join() === b.lock.join() &&
    a.runs.join() === b.runs.join() &&
    a.story?.id === b.story?.id &&
    a.story?.step === b.story?.step &&
    a.story?.tale === b.story?.tale
  );
}
