// Values computed from run-data for text on the page: at most four times a second, because run-data changes on
// every message of the worker. Drawings do not use this; they follow the frame scheduler.
import { useCallback, useLayoutEffect, useRef, useSyncExternalStore } from 'react';
import { BEAT_MS, untilBeat } from '../charts/frame-pace.ts';
import type { ReachingData } from '../state/reaching-types.ts';
import type { RunData, ViewState } from '../state/store-types.ts';
import { type LabData, useLab } from './lab-context.ts';
import { useStores } from './stores-context.ts';

const INTERVAL_MS = 250;

/** Texts change together with the drawings: every frame of its own costs the page nearly as much as one for all. */
function onBeat(interval: number): number {
  return untilBeat(performance.now(), interval - BEAT_MS / 2);
}

/**
 * Calls `notify` on the first change at once, then at most every `interval` ms, the last change never lost.
 * Returns the unsubscribe function.
 */
export function subscribeCalmly(
  subscribe: (listener: () => void) => () => void,
  notify: () => void,
  interval = INTERVAL_MS,
): () => void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let missed = false;
  const rest = () => {
    timer = null;
    if (!missed) return;
    missed = false;
    timer = setTimeout(rest, onBeat(interval));
    notify();
  };
  const unsubscribe = subscribe(() => {
    if (timer !== null) {
      missed = true;
      return;
    }
    timer = setTimeout(rest, onBeat(interval));
    notify();
  });
  return () => {
    unsubscribe();
    if (timer !== null) clearTimeout(timer);
  };
}

/**
 * What `select` gives, looked at again, calmly, when `subscribe` tells of changes: rendered again where it is another
 * value. `version` names the state that is shown.
 */
function useCalmValue<T>(
  subscribe: (listener: () => void) => () => void,
  select: () => T,
  interval: number,
): T {
  const version = useRef(0);
  const value = select();
  const shown = useRef({ select, value });
  useLayoutEffect(() => {
    shown.current = { select, value };
  });
  const calm = useCallback(
    (notify: () => void) =>
      subscribeCalmly(
        subscribe,
        () => {
          if (Object.is(shown.current.select(), shown.current.value)) return;
          version.current += 1;
          notify();
        },
        interval,
      ),
    [subscribe, interval],
  );
  useSyncExternalStore(calm, () => version.current);
  return value;
}

interface Source {
  subscribe(listener: () => void): () => void;
}

/** Subscribes to all sources as if they were one. */
function subscribeAll(sources: readonly Source[], listener: () => void): () => void {
  const stops = sources.map((source) => source.subscribe(listener));
  return () => {
    for (const stop of stops) stop();
  };
}

/** A value computed from `source`, refreshed at most every `interval` ms and once more after its last change. */
export function useTextOf<S extends Source, T>(
  source: S,
  select: (source: S) => T,
  interval = INTERVAL_MS,
): T {
  const subscribe = useCallback((listener: () => void) => source.subscribe(listener), [source]);
  return useCalmValue(subscribe, () => select(source), interval);
}

/** The same of the Sinusoid lab's run-data. */
export function useDataText<T>(select: (data: RunData) => T, interval = INTERVAL_MS): T {
  return useTextOf(useStores().data, select, interval);
}

/** The same of the data of the lab on the screen. */
export function useLabText<T>(select: (data: LabData) => T, interval = INTERVAL_MS): T {
  return useTextOf(useLab().data, select, interval);
}

/** The same of the Reaching lab's data. */
export function useReachingText<T>(select: (data: ReachingData) => T, interval = INTERVAL_MS): T {
  return useTextOf(useStores().reachingData, select, interval);
}

/** What a chart of any lab says of itself: the data of labs that are not shown do not change. */
export function useChartText(select: () => string, interval: number): string {
  const { data, reachingData, navigation, cheetah } = useStores();
  const subscribe = useCallback(
    (listener: () => void) => subscribeAll([data, reachingData, navigation.data, cheetah.data], listener),
    [data, reachingData, navigation, cheetah],
  );
  return useCalmValue(subscribe, select, interval);
}

/** The same for the view's store: words about the user's task while it is dragged. */
export function useCalmView<T>(select: (view: ViewState) => T): T {
  const { view } = useStores();
  return useCalmValue(view.subscribe, () => select(view.getState()), INTERVAL_MS);
}

/** A value computed from run-data and the view together: what the panels say of the fits they show. */
export function useCalm<T>(select: () => T, interval = INTERVAL_MS): T {
  const { view, data } = useStores();
  const subscribe = useCallback((listener: () => void) => subscribeAll([data, view], listener), [data, view]);
  return useCalmValue(subscribe, select, interval);
}
