// The place of the word about a newer version: a polite live region, empty until there is one. Its content comes then.
import { lazy, Suspense } from 'react';
import { useStore } from 'zustand';
import type { UpdateStore } from '../../state/update-watch.ts';

const UpdateNotice = lazy(async () => ({ default: (await import('./UpdateNotice.tsx')).UpdateNotice }));

export function UpdateRegion({ updates }: { readonly updates: UpdateStore }) {
  const isReady = useStore(updates, (state) => state.isReady);
  return (
    <div role="status">
      {isReady ? (
        <Suspense>
          <UpdateNotice updates={updates} />
        </Suspense>
      ) : null}
    </div>
  );
}
