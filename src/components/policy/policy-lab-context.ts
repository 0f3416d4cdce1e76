// The meta-RL lab on the screen, for the panels that all these labs share: its stores by selector. A lab's page provides
// it. What only one of the labs has, that lab's own hooks read.
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { PolicyViewState, ReadablePolicyStores } from '../../state/policy-types.ts';
import type { TrainablePolicyExperiment } from '../../training/policy-session-events.ts';
import { useTextOf } from '../use-data-text.ts';

export const PolicyLabContext = createContext<ReadablePolicyStores | null>(null);

/** The stores themselves, for event functions and charts. Throws outside a meta-RL lab's page. */
export function usePolicyLab(): ReadablePolicyStores {
  const stores = useContext(PolicyLabContext);
  if (stores === null) {
    throw new Error(
      'usePolicyLab found no lab. Got a component outside a meta-RL lab’s page; render it inside.',
    );
  }
  return stores;
}

/** A part of the experiment. */
export function usePolicyExperiment<T>(select: (experiment: TrainablePolicyExperiment) => T): T {
  return useStore(usePolicyLab().experiment, (state) => select(state.experiment));
}

/** A part of the view's store. */
export function usePolicyView<T>(select: (state: PolicyViewState) => T): T {
  return useStore(usePolicyLab().view, select);
}

/** A value computed from run-data, calmly (use-data-text.ts). */
export function usePolicyText<T>(select: (data: ReadablePolicyStores['data']) => T, interval?: number): T {
  return useTextOf(usePolicyLab().data, select, interval);
}
