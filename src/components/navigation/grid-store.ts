// The page's one grid of batch sizes, with a training client of its own. Made here and not in main.tsx, so that its code
// comes with the lab; its worker starts with the first run of the grid.
import { isHeavyNavigation } from '../../experiment/navigation-rules.ts';
import { createNavigationGrid } from '../../state/navigation-grid.ts';
import type { NavigationKinds } from '../../training/policy-session-events.ts';
import { createBrowserPolicyWorker } from '../../worker/browser-policy-worker.ts';
import { createTrainingClient } from '../../worker/training-client.ts';

export const navigationGrid = createNavigationGrid(() =>
  createTrainingClient<NavigationKinds>({
    createWorker: createBrowserPolicyWorker,
    isHeavy: isHeavyNavigation,
    clock: () => performance.now(),
  }),
);
