// While the grid of batch sizes is computed, training waits, and goes on afterwards if it ran before: two at a time would
// be slower than one after the other, and the seconds of both would be wrong.
import { useEffect } from 'react';
import { navigationGrid } from './grid-store.ts';
import { useNavigation } from './use-navigation.ts';

/** Called once, by the lab's page; leaving the lab cancels the grid. */
export function useGridPause(): void {
  const { run } = useNavigation();
  useEffect(() => {
    let wasRunning = false;
    const stop = navigationGrid.subscribe(({ status }, { status: before }) => {
      if (status === before) return;
      if (status === 'running') {
        const { kind } = run.getState().status;
        wasRunning = kind === 'running' || kind === 'starting';
        if (wasRunning) run.getState().pause();
      } else if (before === 'running' && wasRunning) run.getState().play();
    });
    return () => {
      stop();
      navigationGrid.getState().cancel();
    };
  }, [run]);
}
