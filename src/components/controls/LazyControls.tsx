// The settings, fetched apart from the page: the gallery shows none, and a lab's own code is on the way at the same time.
import { lazy, Suspense } from 'react';

const Panel = lazy(async () => ({ default: (await import('./ControlsPanel.tsx')).ControlsPanel }));

export function LazyControls() {
  return (
    <Suspense fallback={null}>
      <Panel />
    </Suspense>
  );
}
