// Hooks that read the Navigation lab's stores by selector.
import { useStore } from 'zustand';
import type { NavigationExperiment } from '../../experiment/navigation-experiment.ts';
import type { NavigationData, NavigationStores, NavigationViewState } from '../../state/navigation-types.ts';
import { useStores } from '../stores-context.ts';
import { useTextOf } from '../use-data-text.ts';

/** The lab's stores themselves, for event functions and charts. */
export function useNavigation(): NavigationStores {
  return useStores().navigation;
}

/** A part of the experiment. */
export function useNavigationExperiment<T>(select: (experiment: NavigationExperiment) => T): T {
  return useStore(useNavigation().experiment, (state) => select(state.experiment));
}

/** A part of the view's store. */
export function useNavigationView<T>(select: (state: NavigationViewState) => T): T {
  return useStore(useNavigation().view, select);
}

/** A value computed from run-data, calmly (use-data-text.ts). */
export function useNavigationText<T>(select: (data: NavigationData) => T, interval?: number): T {
  return useTextOf(useNavigation().data, select, interval);
}
