// Whether a CSS media query holds, for the few places where layout decides what is rendered and not just where.
import { useCallback, useSyncExternalStore } from 'react';

/** Below this width the controls are a drawer that the top bar opens. */
export const WIDE_QUERY = '(min-width: 1280px)';

const lists = new Map<string, MediaQueryList>();

/** One live list per query: making one costs more than all the renders that ask it. */
function listOf(query: string): MediaQueryList {
  const known = lists.get(query);
  if (known !== undefined) return known;
  const list = window.matchMedia(query);
  lists.set(query, list);
  return list;
}

/** True while `query` matches. */
export function useMediaQuery(query: string): boolean {
  const subscribe = useCallback(
    (notify: () => void) => {
      const list = listOf(query);
      list.addEventListener('change', notify);
      return () => list.removeEventListener('change', notify);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => listOf(query).matches);
}
