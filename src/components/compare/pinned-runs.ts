// The page's pinned runs, made when they are first needed: their store over the browser's storage, the runner of several
// seeds, and the lines on the charts kept up to date. One per page.

import type { StoreApi } from 'zustand/vanilla';
import { isHeavyCheetah } from '../../experiment/cheetah-rules.ts';
import { isHeavy } from '../../experiment/cost.ts';
import { isHeavyNavigation } from '../../experiment/navigation-rules.ts';
import { once } from '../../math/once.ts';
import { openPinDatabase } from '../../state/pins-database.ts';
import { draftOf, titleOf } from '../../state/pins-draft.ts';
import { createPinsStore } from '../../state/pins-store.ts';
import type { Pin, PinDraft, PinsState } from '../../state/pins-types.ts';
import { createSeeds, type SeedsClients, type SeedsState } from '../../state/seeds-run.ts';
import type { AppStores } from '../../state/store-types.ts';
import type { CheetahKinds, NavigationKinds } from '../../training/policy-session-events.ts';
import type { SinusoidKinds } from '../../training/session-events.ts';
import { COMPARE_WORDS as words } from '../../words/compare.ts';
import { createBrowserPolicyWorker } from '../../worker/browser-policy-worker.ts';
import { createBrowserReachingWorker } from '../../worker/browser-reaching-worker.ts';
import { createBrowserWorker } from '../../worker/browser-worker.ts';
import { createReachingClient } from '../../worker/reaching-client.ts';
import { createTrainingClient } from '../../worker/training-client.ts';
import { HAS_PINS_KEY, type OverlayState } from './compare-context.ts';
import { overlaysOf } from './overlays.ts';

export interface PinnedRuns {
  readonly pins: StoreApi<PinsState>;
  readonly seeds: StoreApi<SeedsState>;
  /** Keeps the run on the screen; null: there is nothing to keep, or it was refused (`problem` says why). */
  pinShown(): Promise<Pin | null>;
}

const clock = () => performance.now();

/** Each made when its lab is first asked for. */
function browserSeedsClients(): SeedsClients {
  return {
    sinusoid: once(() =>
      createTrainingClient<SinusoidKinds>({ createWorker: createBrowserWorker, isHeavy, clock }),
    ),
    navigation: once(() =>
      createTrainingClient<NavigationKinds>({
        createWorker: createBrowserPolicyWorker,
        isHeavy: isHeavyNavigation,
        clock,
      }),
    ),
    cheetah: once(() =>
      createTrainingClient<CheetahKinds>({
        createWorker: createBrowserPolicyWorker,
        isHeavy: isHeavyCheetah,
        clock,
      }),
    ),
    reaching: once(() => createReachingClient({ createWorker: createBrowserReachingWorker })),
  };
}

/** Says to the next visit whether there is something to fetch. */
function remember(count: number): void {
  try {
    if (count > 0) localStorage.setItem(HAS_PINS_KEY, String(count));
    else localStorage.removeItem(HAS_PINS_KEY);
  } catch {
    // Blocked storage: then nothing is pinned for another visit either.
  }
}

/** Not randomUUID, which pages served without TLS do not have. */
function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}

/** Named by what differs from the baseline, or from the run pinned before; a run that has a title keeps it. */
function named(draft: PinDraft, pins: readonly Pin[]): PinDraft {
  const { experiment, record } = draft;
  if (record !== null && record.title !== null) return draft;
  const mates = pins.filter((pin) => pin.experiment.lab === experiment.lab);
  const reference = mates.find(({ isBaseline }) => isBaseline) ?? mates.at(-1);
  return { ...draft, title: titleOf(experiment, reference?.experiment ?? null) };
}

const made = new WeakMap<AppStores, PinnedRuns>();

/** The page's pinned runs; their lines go to `overlays` from now on. */
export function pinnedRunsOf(stores: AppStores, overlays: StoreApi<OverlayState>): PinnedRuns {
  const known = made.get(stores);
  if (known !== undefined) return known;
  const { store: pins, settled } = createPinsStore({
    storage: openPinDatabase(),
    now: () => Date.now(),
    newId,
  });
  const follow = (): void => {
    const { lab } = stores.current.getState().experiment;
    const all = pins.getState().pins;
    const count = all.filter(({ experiment }) => experiment.lab === lab).length;
    overlays.setState({ overlays: overlaysOf(all, lab), count });
  };
  pins.subscribe((state, before) => {
    if (state.pins === before.pins) return;
    follow();
    if (state.keeps === 'browser' && state.status === 'ready') remember(state.pins.length);
  });
  stores.current.subscribe((state, before) => {
    if (state.experiment.lab !== before.experiment.lab) follow();
  });
  const seeds = createSeeds({
    stores,
    clients: browserSeedsClients(),
    clock,
    onDone: (draft) => void pins.getState().keep(named(draft, pins.getState().pins)),
  });
  const runs: PinnedRuns = {
    pins,
    seeds,
    async pinShown() {
      // Now, not after the reading: the run goes on.
      const draft = draftOf(stores);
      await settled();
      const pin = draft === null ? null : pins.getState().keep(named(draft, pins.getState().pins));
      if (draft === null) pins.getState().say(words.nothingYet);
      if (pin !== null) overlays.setState({ said: words.pinned(pin.letter, pin.title) });
      return pin;
    },
  };
  made.set(stores, runs);
  return runs;
}
