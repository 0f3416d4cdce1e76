// Whether a CSS media query holds, for the few places where layout decides what is rendered and not just where.
import { useCallback, useSyncExternalStore } from 'react';

/** True while `query` matches. */
export function useMediaQuery(query: string): boolean {
  const subscribe = useCallback(
    (notify: () => void) => {
      const list = window.matchMedia(query);
      list.addEventListener('change', notify);
      return () => list.removeEventListener('change', notify);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => window.matchMedia(query).matches);
}
