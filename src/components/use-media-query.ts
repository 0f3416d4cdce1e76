// Whether a CSS media query holds, for the few places where layout decides what is rendered and not just where.
import { useCallback, useSyncExternalStore } from 'react';

/** Below this width the controls are a drawer that the top bar opens. */
export const WIDE_QUERY = '(min-width: 1280px)';

interface WatchedQuery {
  /** Held, so that it lives as long as its listener is wanted. */
  readonly list: MediaQueryList;
  /** As the browser last told. */
  holds: boolean;
  readonly listeners: Set<() => void>;
}

const queries = new Map<string, WatchedQuery>();

/**
 * One live list per query: making one costs more than all the renders that ask it. Its `matches` is read once: Chromium
 * takes a reading between a change and its event for having been told, and then sends no event.
 */
function watched(query: string): WatchedQuery {
  const known = queries.get(query);
  if (known !== undefined) return known;
  const list = window.matchMedia(query);
  const made: WatchedQuery = { list, holds: list.matches, listeners: new Set() };
  list.addEventListener('change', ({ matches }) => {
    made.holds = matches;
    for (const notify of [...made.listeners]) notify();
  });
  queries.set(query, made);
  return made;
}

/** True while `query` matches. */
export function useMediaQuery(query: string): boolean {
  const subscribe = useCallback(
    (notify: () => void) => {
      const { listeners } = watched(query);
      listeners.add(notify);
      return () => listeners.delete(notify);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => watched(query).holds);
}
