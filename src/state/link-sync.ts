// Keeps the address bar, the experiment and the page's options the same: reads the link at the start and whenever the
// fragment changes, writes it when either changes. Going to another lab, or between labs and gallery, makes a history
// entry, so that the browser's Back returns. What was wrong with a link is listed to the user, and nothing runs until they say so.
import type { StoreApi } from 'zustand/vanilla';
import { decodeLink, decodePlainLink, encodePlainLink, type LinkResult } from '../experiment/codec.ts';
import type { Experiment, LabId } from '../experiment/experiment.ts';
import type { PageOptions } from '../experiment/page-options.ts';
import { noticeWords as words } from '../words/notices.ts';
import type { NewNotice } from './notices.ts';
import { linkedOptions, type PageState } from './page-store.ts';
import type { CurrentState } from './store-types.ts';

/** As much of `window` as is needed. */
export interface AddressBar {
  /** The fragment with its "#", or empty. */
  read(): string;
  /** Replaces the fragment without a new history entry. */
  write(fragment: string): void;
  /** The same as a new history entry. */
  push(fragment: string): void;
  onChange(listener: () => void): void;
}

export interface LinkSyncOptions {
  readonly address: AddressBar;
  readonly experiments: StoreApi<CurrentState>;
  readonly page: StoreApi<PageState>;
  readonly notify: (notice: NewNotice) => void;
  /** Nothing must go on by itself with what the link says, in that lab. */
  readonly hold: (lab: LabId) => void;
  /** Hears of each link that is opened in the page, before anything is shown of it. */
  readonly onRead: (link: LinkResult) => void;
  /** Shows the trained state that the link of this experiment, now on the screen, brought with it. */
  readonly openTrained: (text: string, experiment: Experiment) => void;
  /** Shows the recorded runs that the link of this experiment, now on the screen, names. */
  readonly openRuns: (names: readonly string[], experiment: Experiment, opensPaused: boolean) => void;
  /** How long the experiment must rest before the link is written; 300 ms unless told. */
  readonly writeDelayMs?: number;
}

/** The link of what is on the screen, and where that is: entries of the browser's history are places. */
interface Shown {
  readonly link: string;
  readonly place: LabId | 'gallery';
}

/** Follows both sides from now on. The link that the page was opened with is openLink's. */
export function syncLink(sync: LinkSyncOptions): void {
  const { address, experiments, page, notify, hold, writeDelayMs = 300 } = sync;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isReading = false;
  const look = (): Shown => {
    const { experiment } = experiments.getState();
    const { options } = page.getState();
    const place = options.page === 'gallery' ? 'gallery' : experiment.lab;
    return { link: encodePlainLink(experiment, linkedOptions(page.getState())), place };
  };
  let shown = look();
  const follow = (): void => {
    const before = shown;
    shown = look();
    if (shown.link === before.link) return;
    clearTimeout(timer);
    if (shown.place !== before.place && !isReading) {
      // The entry that Back returns to must be complete.
      address.write(before.link);
      address.push(shown.link);
      return;
    }
    timer = setTimeout(() => address.write(shown.link), writeDelayMs);
  };
  experiments.subscribe(({ experiment }, { experiment: previous }) => {
    if (experiment !== previous) follow();
  });
  page.subscribe(({ options, guess }, before) => {
    if (options !== before.options || guess !== before.guess) follow();
  });
  address.onChange(() => {
    clearTimeout(timer);
    const fragment = address.read();
    void decodeLink(fragment).then((result) => {
      // Another link may have been opened while this one was unfolding.
      if (address.read() !== fragment) return;
      const { experiment, options } = result;
      const notice = linkNotice(result);
      if (notice !== null) notify(notice);
      sync.onRead(result);
      const inLab = options.page === 'lab';
      const namesRuns = inLab && options.runs.length > 0 && result.trained === null && !options.predict;
      if (inLab && (result.opensPaused || options.predict || namesRuns)) hold(experiment.lab);
      isReading = true;
      // The options first: nothing may be seen, or trained, that they cover.
      page.getState().set(keptHere(options, page.getState().options));
      // The gallery's link names no experiment.
      if (inLab) experiments.getState().replace(experiment);
      isReading = false;
      if (inLab && result.trained !== null) {
        sync.openTrained(result.trained, experiments.getState().experiment);
      }
      if (namesRuns) sync.openRuns(options.runs, experiments.getState().experiment, result.opensPaused);
    });
  });
}

/** A link opened in the same page: the room stays a lecture hall, and a frame stays one. */
function keptHere(options: PageOptions, { present, embed }: PageOptions): PageOptions {
  return { ...options, present: options.present || present, embed };
}

export interface OpenedLink {
  readonly experiment: Experiment;
  readonly options: PageOptions;
  /** A trained state of the experiment, as in LinkResult. */
  readonly trained: string | null;
  readonly namesSeed: boolean;
  readonly opensPaused: boolean;
  readonly notice: NewNotice | null;
}

/** The page's own link when it can be read at once, which all but compressed ones can; null for those. */
export function openPlainLink(fragment: string): OpenedLink | null {
  const result = decodePlainLink(fragment);
  return result === null ? null : opened(result);
}

/** The page's own link, of either form. Never rejects. */
export async function openLink(fragment: string): Promise<OpenedLink> {
  return opened(await decodeLink(fragment));
}

function opened(result: LinkResult): OpenedLink {
  const { experiment, options, trained, namesSeed, opensPaused } = result;
  return { experiment, options, trained, namesSeed, opensPaused, notice: linkNotice(result) };
}

function linkNotice({ experiment, issues, heavy }: LinkResult): NewNotice | null {
  if (issues.length > 0) {
    return {
      kind: 'link',
      tone: 'problem',
      title: words.linkPartly,
      details: issues.map(({ field, message }) => (field === 'link' ? message : `${field}: ${message}`)),
      actions: [],
    };
  }
  if (!heavy) return null;
  return {
    kind: 'link',
    tone: 'info',
    title: words.linkHeavy,
    details: [words.lighter[experiment.lab]],
    actions: [],
  };
}
