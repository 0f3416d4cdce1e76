// What a link says besides the experiment: which page, what is hidden or locked, whether a guess comes first. None of it
// alters training. Reading and writing it is page-options-codec.ts's affair; links without any mean NO_OPTIONS.
import type { StoryPlace } from './story-place.ts';

export interface PageOptions {
  /** Settings (field keys) and parts of the page (PAGE_PARTS) that are not shown. */
  readonly hide: readonly string[];
  /** Settings that are shown but cannot be changed. */
  readonly lock: readonly string[];
  /** The outcome stays covered until a guess has been made. */
  readonly predict: boolean;
  /** Large type, thick lines, panels hidden. */
  readonly present: boolean;
  /** Without chrome, for course pages; from the query “?embed”, so that a frame can keep it. */
  readonly embed: boolean;
  /** A story being told, and where it is; null: none. */
  readonly story: StoryPlace | null;
}

/** Parts of the page that a link can hide, next to any lab's settings. */
export const PAGE_PARTS = ['settings', 'instruments', 'pseudocode', 'transport', 'presets'] as const;
export type PagePart = (typeof PAGE_PARTS)[number];

export const NO_OPTIONS: PageOptions = {
  hide: [],
  lock: [],
  predict: false,
  present: false,
  embed: false,
  story: null,
};
