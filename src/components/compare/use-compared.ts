// What is compared: the lab's shown pins, the baseline first, and the run on the screen as it is now.
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { draftOf } from '../../state/pins-draft.ts';
import type { Measured } from '../../state/pins-measures.ts';
import { shownIn } from '../../state/pins-store.ts';
import type { AppStores } from '../../state/store-types.ts';
import { COMPARE_WORDS as words } from '../../words/compare.ts';
import { useCurrent, useStores } from '../stores-context.ts';
import type { PinnedRuns } from './pinned-runs.ts';

export interface Compared extends Measured {
  /** The pin's letter; '' for the run on the screen. */
  readonly letter: string;
  readonly title: string;
  readonly isBaseline: boolean;
}

/** The run on the screen is copied this often at most, while it trains. */
const REFRESH_MS = 2000;

function versionOf({ current, data, navigation, cheetah, reachingData }: AppStores): number {
  const { lab } = current.getState().experiment;
  return { sinusoid: data, navigation: navigation.data, cheetah: cheetah.data, reaching: reachingData }[lab]
    .version;
}

/** The run on the screen; its settings alone where nothing has been computed yet. */
function useShown(): Compared {
  const stores = useStores();
  const experiment = useCurrent((state) => state.experiment);
  const [shown, setShown] = useState({ version: versionOf(stores), draft: draftOf(stores) });
  useEffect(() => {
    const timer = setInterval(() => {
      const version = versionOf(stores);
      setShown((before) => (before.version === version ? before : { version, draft: draftOf(stores) }));
    }, REFRESH_MS);
    return () => clearInterval(timer);
  }, [stores]);
  const { draft } = shown;
  // Settings that were changed a moment ago are not those of the copy.
  const isSame = draft !== null && draft.experiment === experiment;
  return {
    experiment,
    record: isSame ? draft.record : null,
    seeds: isSame ? draft.seeds : null,
    letter: '',
    title: words.current,
    isBaseline: false,
  };
}

export function useCompared(runs: PinnedRuns): readonly Compared[] {
  const pins = useStore(runs.pins, (state) => state.pins);
  const shown = useShown();
  return [...shownIn(pins, shown.experiment.lab), shown];
}
