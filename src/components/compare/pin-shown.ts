// Pinned runs, fetched when they are first needed, and the one thing that every page can do with them.
import type { AppStores } from '../../state/store-types.ts';
import { overlayStore } from './compare-context.ts';

/** The page's pinned runs. */
export async function fetchPinned(stores: AppStores) {
  const { pinnedRunsOf } = await import('./pinned-runs.ts');
  return pinnedRunsOf(stores, overlayStore);
}

/** Keeps the run on the screen; opens the panel where that was refused, for it says why. */
export async function pinShown(stores: AppStores): Promise<void> {
  const pin = await (await fetchPinned(stores)).pinShown();
  if (pin === null) stores.page.getState().show('compare');
}

/** Opens the panel of pinned runs, or closes it. */
export function toggleCompare({ page }: AppStores): void {
  const { dialog, show } = page.getState();
  show(dialog === 'compare' ? null : 'compare');
}
