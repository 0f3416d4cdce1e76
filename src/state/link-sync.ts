// Keeps the address bar and the experiment the same: reads the link at the start and whenever the fragment changes,
// writes it when the experiment changes. Going to another lab makes a history entry, so that the browser's Back
// returns. What was wrong with a link is listed to the user, and nothing runs until they say so.
import type { StoreApi } from 'zustand/vanilla';
import { decodeLink, decodePlainLink, encodePlainLink, type LinkResult } from '../experiment/codec.ts';
import type { Experiment, LabId } from '../experiment/experiment.ts';
import type { NewNotice } from './notices.ts';
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
  readonly notify: (notice: NewNotice) => void;
  /** Nothing must go on by itself with what the link says, in that lab. */
  readonly hold: (lab: LabId) => void;
  /** How long the experiment must rest before the link is written; 300 ms unless told. */
  readonly writeDelayMs?: number;
}

/** Follows both sides from now on. The link that the page was opened with is openLink's. */
export function syncLink({ address, experiments, notify, hold, writeDelayMs = 300 }: LinkSyncOptions): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isReading = false;
  experiments.subscribe(({ experiment }, { experiment: previous }) => {
    if (experiment === previous) return;
    clearTimeout(timer);
    if (experiment.lab !== previous.lab && !isReading) {
      // The entry that Back returns to must be complete.
      address.write(encodePlainLink(previous));
      address.push(encodePlainLink(experiment));
      return;
    }
    timer = setTimeout(() => address.write(encodePlainLink(experiment)), writeDelayMs);
  });
  address.onChange(() => {
    clearTimeout(timer);
    const fragment = address.read();
    void decodeLink(fragment).then((result) => {
      // Another link may have been opened while this one was unfolding.
      if (address.read() !== fragment) return;
      const notice = linkNotice(result);
      if (notice !== null) notify(notice);
      if (result.opensPaused) hold(result.experiment.lab);
      isReading = true;
      experiments.getState().replace(result.experiment);
      isReading = false;
    });
  });
}

export interface OpenedLink {
  readonly experiment: Experiment;
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
  const { experiment, opensPaused } = result;
  return { experiment, opensPaused, notice: linkNotice(result) };
}

const LIGHTER: Readonly<Record<LabId, string>> = {
  sinusoid: 'Fewer or narrower layers, fewer tasks or fewer inner steps make it lighter.',
  reaching: 'Fewer iterations, tasks per update or strategies make it lighter.',
  navigation: 'Fewer tasks, trajectories or timesteps, fewer curvature rows or Adam outside make it lighter.',
  cheetah: 'Fewer tasks, trajectories or timesteps, fewer curvature rows or Adam outside make it lighter.',
};

function linkNotice({ experiment, issues, heavy }: LinkResult): NewNotice | null {
  if (issues.length > 0) {
    return {
      kind: 'link',
      tone: 'problem',
      title: 'Some of this link could not be used. It waits until you press Run.',
      details: issues.map(({ field, message }) => (field === 'link' ? message : `${field}: ${message}`)),
      actions: [],
    };
  }
  if (!heavy) return null;
  return {
    kind: 'link',
    tone: 'info',
    title: 'This link asks for much more computing than the presets. It waits until you press Run.',
    details: [LIGHTER[experiment.lab]],
    actions: [],
  };
}
