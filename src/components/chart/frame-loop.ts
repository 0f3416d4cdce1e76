// The page's one frame scheduler, bound to the browser: animation frames, hidden tabs, reduced motion, and the
// run-data whose snapshots are acknowledged after they were painted.
import { createContext, useContext, useEffect, useState } from 'react';
import { createFramePace } from '../../charts/frame-pace.ts';
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
  const { data, run, reachingData, navigation } = useStores();
  const reduced = useMediaQuery('(prefers-reduced-motion: reduce)');
  const [pace] = useState(() =>
    createFramePace({ clock: () => performance.now(), wait: (callback, ms) => setTimeout(callback, ms) }),
  );
  const [frames] = useState(() =>
    createFrameScheduler({
      requestFrame: (callback) =>
        requestAnimationFrame(() => {
          pace.began();
          callback();
        }),
      onPainted: () => {
        data.painted();
        navigation.data.painted();
      },
    }),
  );
  useEffect(() => frames.setReducedMotion(reduced), [frames, reduced]);
  useEffect(
    () =>
      data.subscribe(() => {
        const { kind } = run.getState().status;
        const paint = () => frames.invalidateData(data.snapshot?.iteration ?? run.getState().iteration);
        // At rest nothing competes with painting, and what changes then was asked for.
        if (kind === 'running') pace.run(paint);
        else paint();
      }),
    [frames, data, run, pace],
  );
  useEffect(() => {
    const { data: learned, run: training, view } = navigation;
    /** The newest question to which an answer was seen: what the user asked for is drawn at once. */
    let answered = -1;
    return learned.subscribe(() => {
      const { algorithms } = navigation.experiment.getState().experiment;
      const newest = Math.max(-1, ...algorithms.map((id) => learned.probe(id)?.request.id ?? -1));
      const isAnswer = newest > answered;
      answered = newest;
      const { kind } = training.getState().status;
      const iteration = learned.snapshot?.iteration ?? training.getState().iteration;
      if (kind !== 'running' || isAnswer || view.getState().scrubIteration !== null) frames.invalidate();
      else pace.run(() => frames.invalidateData(iteration));
    });
  }, [frames, navigation, pace]);
  useEffect(() => {
    const { experiment, phase, fraction } = reachingData;
    const shown = { experiment, phase, fraction };
    return reachingData.subscribe(() => {
      const now = reachingData;
      // Only the playhead's way streams; what the user or the worker did is drawn at once.
      const isSame = now.experiment === shown.experiment && now.phase === shown.phase;
      if (isSame && now.fraction !== shown.fraction) frames.invalidateData(now.iteration);
      else frames.invalidate();
      Object.assign(shown, { experiment: now.experiment, phase: now.phase, fraction: now.fraction });
    });
  }, [frames, reachingData]);
  useEffect(() => {
    const onVisibility = () => frames.setHidden(document.hidden);
    document.addEventListener('visibilitychange', onVisibility);
    return () => document.removeEventListener('visibilitychange', onVisibility);
  }, [frames]);
  return frames;
}
