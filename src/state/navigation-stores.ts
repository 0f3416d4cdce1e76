// Makes the Navigation lab's stores: policy-stores.ts with its view.
import { NAVIGATION_LAB } from '../experiment/labs.ts';
import type { NavigationExperiment } from '../experiment/navigation-experiment.ts';
import type { NavigationTask } from '../tasks/navigation.ts';
import type { NavigationKinds } from '../training/policy-session-events.ts';
import type { TrainingClientOf } from '../worker/training-client.ts';
import type { NavigationStores, NavigationViewState } from './navigation-types.ts';
import { createNavigationView } from './navigation-view.ts';
import { createPolicyStores, type PolicyControl, type PolicyStoresOptions } from './policy-stores.ts';

export type NavigationClient = TrainingClientOf<NavigationKinds>;

export function createNavigationStores(
  options: PolicyStoresOptions<NavigationExperiment, NavigationTask>,
): PolicyControl<NavigationStores, NavigationKinds> {
  const { experiments } = options;
  return createPolicyStores<NavigationExperiment, NavigationTask, NavigationViewState>(options, {
    lab: NAVIGATION_LAB,
    createView: (asking) => createNavigationView({ experiments, ...asking }),
  });
}
