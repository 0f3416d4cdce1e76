// Hooks that read the Cheetah lab's stores by selector, and its reel.
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { CheetahExperiment } from '../../experiment/cheetah-experiment.ts';
import type { CheetahStores, CheetahViewState } from '../../state/cheetah-types.ts';
import { useStores } from '../stores-context.ts';
import { useTextOf } from '../use-data-text.ts';
import type { Reel } from './reel.ts';

/** The lab's stores themselves, for event functions and charts. */
export function useCheetah(): CheetahStores {
  return useStores().cheetah;
}

/** A part of the experiment. */
export function useCheetahExperiment<T>(select: (experiment: CheetahExperiment) => T): T {
  return useStore(useCheetah().experiment, (state) => select(state.experiment));
}

/** A part of the view's store. */
export function useCheetahView<T>(select: (state: CheetahViewState) => T): T {
  return useStore(useCheetah().view, select);
}

/** A value computed from run-data, calmly (use-data-text.ts). */
export function useCheetahText<T>(select: (data: CheetahStores['data']) => T, interval?: number): T {
  return useTextOf(useCheetah().data, select, interval);
}

export const ReelContext = createContext<Reel | null>(null);

/** The recordings that play on the stage. Throws outside the lab's page. */
export function useReel(): Reel {
  const reel = useContext(ReelContext);
  if (reel === null) {
    throw new Error(
      'useReel found no reel. Got a component outside the Cheetah lab’s page; render it inside.',
    );
  }
  return reel;
}
