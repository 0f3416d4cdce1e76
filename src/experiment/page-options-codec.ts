// The page's options as pairs of a link, and back: page=, hide=, lock=, predict=, present=, run=, story=, tale=. Canonical like the
// rest of a link, and read with the same care: what cannot be used is listed and left out. Not here: “?embed”, which
// is no part of the fragment.
import { PAGE_WORDS } from '../words/page.ts';
import type { LabId } from './experiment.ts';
import { inLab } from './labs.ts';
import { LOCKABLE_PARTS, NO_OPTIONS, PAGE_PARTS, type PageId, type PageOptions } from './page-options.ts';
import { type FieldIssue, show } from './schema.ts';
import type { StoryPlace } from './story-place.ts';

/** The keys of a link that are about the page, in the order of writing. No lab has a setting of these names. */
export const PAGE_KEYS = ['page', 'hide', 'lock', 'predict', 'present', 'run', 'story', 'tale'] as const;
export type PageKey = (typeof PAGE_KEYS)[number];

const PAGES = ['lab', 'gallery'] as const satisfies readonly PageId[];
/** Ids of stories: lower-case words with hyphens. Whether there is such a story is known to those who tell it. */
const STORY = /^([a-z0-9][a-z0-9-]{0,39})\.(\d{1,3})$/;

/** Names of recorded runs: their files' without “.json”. Whether there is such a file shows when it is fetched. */
const RUN = /^[a-z0-9][a-z0-9-]{0,63}$/;
/** A race of more lanes nobody could watch. */
const MOST_RUNS = 8;
/** The lab whose recorded runs come with the page. */
const RECORDED_LAB: LabId = 'cheetah';

/** What can be hidden in that lab: parts of the page, then settings, in the order of writing. */
export function hideable(lab: LabId): readonly string[] {
  return [...PAGE_PARTS, ...inLab<readonly string[]>(lab, ({ fieldKeys }) => fieldKeys)];
}

/** What can be locked in that lab, in the order of writing. */
export function lockable(lab: LabId): readonly string[] {
  return [...LOCKABLE_PARTS, ...inLab<readonly string[]>(lab, ({ fieldKeys }) => fieldKeys)];
}

/** The pairs that say what differs from a plain page. Names that mean nothing in this lab are left out. */
export function pagePairs(options: PageOptions, lab: LabId): [PageKey, string][] {
  const { page, predict, present, story } = options;
  const hide = hideable(lab).filter((name) => options.hide.includes(name));
  const lock = lockable(lab).filter((name) => options.lock.includes(name));
  const pairs: [PageKey, string][] = [];
  if (page !== NO_OPTIONS.page) pairs.push(['page', page]);
  if (hide.length > 0) pairs.push(['hide', hide.join(',')]);
  if (lock.length > 0) pairs.push(['lock', lock.join(',')]);
  if (predict) pairs.push(['predict', '1']);
  if (present) pairs.push(['present', '1']);
  if (options.runs.length > 0 && lab === RECORDED_LAB) pairs.push(['run', options.runs.join(',')]);
  if (story !== null) pairs.push(['story', `${story.id}.${story.step}`]);
  if (story?.tale !== undefined) pairs.push(['tale', story.tale]);
  return pairs;
}

/** Reads the pairs about the page; never throws. `lab`: whose settings the names may be. `pairs` is left alone. */
export function readPageOptions(
  pairs: ReadonlyMap<string, string>,
  lab: LabId,
  issues: FieldIssue[],
): PageOptions {
  return {
    page: readPage(pairs.get('page'), issues),
    hide: readNames('hide', pairs.get('hide'), lab, issues),
    lock: readNames('lock', pairs.get('lock'), lab, issues),
    predict: readFlag('predict', pairs.get('predict'), issues),
    present: readFlag('present', pairs.get('present'), issues),
    embed: false,
    runs: readRuns(pairs.get('run'), lab, issues),
    story: readStory(pairs, issues),
  };
}

function readRuns(raw: string | undefined, lab: LabId, issues: FieldIssue[]): readonly string[] {
  if (raw === undefined || raw === '') return NO_OPTIONS.runs;
  const names = [...new Set(raw.split(','))];
  const isUsable = lab === RECORDED_LAB && names.length <= MOST_RUNS && names.every((name) => RUN.test(name));
  if (isUsable) return names;
  issues.push({ field: 'run', message: PAGE_WORDS.badRun(show(raw), MOST_RUNS) });
  return NO_OPTIONS.runs;
}

/** What a link means that holds a story and says no more. */
const FIRST_STEP = 'own.0';
/** A deflated text, as links write it. */
const TALE = /^[\w-]{1,7900}$/;

function readPage(raw: string | undefined, issues: FieldIssue[]): PageId {
  if (raw === undefined) return NO_OPTIONS.page;
  const page = PAGES.find((known) => known === raw);
  if (page === undefined) {
    issues.push({ field: 'page', message: PAGE_WORDS.badPage(show(raw), PAGES.join(', ')) });
  }
  return page ?? NO_OPTIONS.page;
}

function readFlag(key: PageKey, raw: string | undefined, issues: FieldIssue[]): boolean {
  if (raw !== undefined && raw !== '0' && raw !== '1') {
    issues.push({ field: key, message: PAGE_WORDS.badFlag(key, show(raw)) });
  }
  return raw === '1';
}

function readNames(
  key: 'hide' | 'lock',
  raw: string | undefined,
  lab: LabId,
  issues: FieldIssue[],
): readonly string[] {
  if (raw === undefined || raw === '') return NO_OPTIONS[key];
  const known = key === 'hide' ? hideable(lab) : lockable(lab);
  const named = new Set(raw.split(','));
  const title = inLab(lab, (definition) => definition.title);
  const [parts, words] =
    key === 'hide' ? [PAGE_PARTS, PAGE_WORDS.cannotHide] : [LOCKABLE_PARTS, PAGE_WORDS.cannotLock];
  for (const name of named) {
    if (!known.includes(name))
      issues.push({ field: key, message: words(show(name), title, parts.join(', ')) });
  }
  return known.filter((name) => named.has(name));
}

function readStory(pairs: ReadonlyMap<string, string>, issues: FieldIssue[]): StoryPlace | null {
  const raw = pairs.get('story');
  const tale = pairs.get('tale');
  if (tale !== undefined && !TALE.test(tale)) {
    issues.push({ field: 'tale', message: PAGE_WORDS.badTale });
    return null;
  }
  if (raw === undefined && tale === undefined) return null;
  const [, id, step] = STORY.exec(raw ?? FIRST_STEP) ?? [];
  if (id === undefined || step === undefined) {
    issues.push({ field: 'story', message: PAGE_WORDS.badStory(show(raw)) });
    return null;
  }
  const starts = !pairs.has('lab') && !pairs.has('preset');
  return {
    id,
    step: Number(step),
    ...(tale === undefined ? {} : { tale }),
    ...(starts ? { starts } : {}),
  };
}
