// The page's one frame scheduler, bound to the browser: animation frames, hidden tabs, reduced motion, and the
// run-data whose snapshots are acknowledged after they were painted.
import { createContext, useContext, useEffect, useState } from 'react';
import { createFrameScheduler, type FrameScheduler } from '../../charts/frame-scheduler.ts';
import { useStores } from '../stores-context.ts';
import { useMediaQuery } from '../use-media-query.ts';

export const FrameContext = createContext<FrameScheduler | null>(null);

/** The scheduler of the page. Throws outside the shell. */
export function useFrames(): FrameScheduler {
  const frames = useContext(FrameContext);
  if (frames === null) {
    throw new Error('useFrames found no scheduler. Got a chart outside <App>; render it inside.');
  }
  return frames;
}

/** Creates the scheduler and keeps it fed; called once, by the shell. */
export function useFrameLoop(): FrameScheduler {
  const { data, run } = useStores();
  const reduced = useMediaQuery('(prefers-reduced-motion: reduce)');
  const [frames] = useState(() =>
    createFrameScheduler({
      requestFrame: (callback) => requestAnimationFrame(callback),
      onPainted: () => data.painted(),
    }),
  );
  useEffect(() => frames.setReducedMotion(reduced), [frames, reduced]);
  useEffect(
    () => data.subscribe(() => frames.invalidateData(data.snapshot?.iteration ?? run.getState().iteration)),
    [frames, data, run],
  );
  useEffect(() => {
    const onVisibility = () => frames.setHidden(document.hidden);
    document.addEventListener('visibilitychange', onVisibility);
    return () => document.removeEventListener('visibilitychange', onVisibility);
  }, [frames]);
  return frames;
}
