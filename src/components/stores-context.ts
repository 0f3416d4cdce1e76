// The one React context: the stores that the composition root made, and hooks that read them by selector.
// Per-frame data (metric histories, snapshots) is not read through these: charts draw it past React.
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { ReachingExperiment } from '../experiment/reaching-experiment.ts';
import type { PageState } from '../state/page-store.ts';
import type { ReachingState } from '../state/reaching-types.ts';
import type { AppStores, CurrentState, ExperimentState, RunState, ViewState } from '../state/store-types.ts';

export const StoresContext = createContext<AppStores | null>(null);

/** The stores themselves, for event functions and charts. Throws outside <App>. */
export function useStores(): AppStores {
  const stores = useContext(StoresContext);
  if (stores === null) {
    throw new Error('useStores found no stores. Got a component outside <App>; render it inside.');
  }
  return stores;
}

/** A part of what is on the screen, of whichever lab; for what all labs share. */
export function useCurrent<T>(select: (state: CurrentState) => T): T {
  return useStore(useStores().current, select);
}

/** A part of what the link says of the page. */
export function usePage<T>(select: (state: PageState) => T): T {
  return useStore(useStores().page, select);
}

/** A part of the Reaching lab's experiment store. */
export function useReachingExperiment<T>(select: (state: ExperimentState<ReachingExperiment>) => T): T {
  return useStore(useStores().reachingExperiment, select);
}

/** A part of the Reaching lab's playing and looking (at most 4 Hz while it plays). */
export function useReaching<T>(select: (state: ReachingState) => T): T {
  return useStore(useStores().reaching, select);
}

/** A part of the Sinusoid lab's experiment store; re-renders when the selected value changes. */
export function useExperiment<T>(select: (state: ExperimentState) => T): T {
  return useStore(useStores().experiment, select);
}

/** A part of the run's store (at most 4 Hz by its contract). */
export function useRun<T>(select: (state: RunState) => T): T {
  return useStore(useStores().run, select);
}

/** A part of the view's store. */
export function useView<T>(select: (state: ViewState) => T): T {
  return useStore(useStores().view, select);
}
