// Values computed from run-data for text on the page: at most four times a second, because run-data changes on
// every message of the worker. Drawings do not use this; they follow the frame scheduler.
import { useCallback, useRef, useSyncExternalStore } from 'react';
import type { RunData } from '../state/store-types.ts';
import { useStores } from './stores-context.ts';

const INTERVAL_MS = 250;

/**
 * Calls `notify` on the first change at once, then at most every INTERVAL_MS, the last change never lost.
 * Returns the unsubscribe function.
 */
export function subscribeCalmly(
  subscribe: (listener: () => void) => () => void,
  notify: () => void,
): () => void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let missed = false;
  const rest = () => {
    timer = null;
    if (!missed) return;
    missed = false;
    timer = setTimeout(rest, INTERVAL_MS);
    notify();
  };
  const unsubscribe = subscribe(() => {
    if (timer !== null) {
      missed = true;
      return;
    }
    timer = setTimeout(rest, INTERVAL_MS);
    notify();
  });
  return () => {
    unsubscribe();
    if (timer !== null) clearTimeout(timer);
  };
}

/**
 * A value computed from run-data, refreshed at most every 250 ms and once more after the last change. `select`
 * must be stable between renders or cheap.
 */
export function useDataText<T>(select: (data: RunData) => T): T {
  const { data } = useStores();
  const version = useRef(-1);
  const subscribe = useCallback(
    (notify: () => void) =>
      subscribeCalmly(
        (listener) => data.subscribe(listener),
        () => {
          version.current = data.version;
          notify();
        },
      ),
    [data],
  );
  useSyncExternalStore(subscribe, () => version.current);
  return select(data);
}
