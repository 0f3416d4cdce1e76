// The page's one frame scheduler, bound to the browser: animation frames, hidden tabs, reduced motion, and the
// run-data whose snapshots are acknowledged after they were painted.
import { createContext, useContext, useEffect, useState } from 'react';
import { createFramePace, type FramePace } from '../../charts/frame-pace.ts';
import { createFrameScheduler, type FrameScheduler } from '../../charts/frame-scheduler.ts';
import type { ReadablePolicyStores } from '../../state/policy-types.ts';
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

/** Paints what a meta-RL lab learns; returns how to stop. */
function followPolicyLab(lab: ReadablePolicyStores, frames: FrameScheduler, pace: FramePace): () => void {
  const { data, run, view, experiment } = lab;
  /** The newest question to which an answer was seen: what the user asked for is drawn at once. */
  let answered = -1;
  return data.subscribe(() => {
    const { algorithms } = experiment.getState().experiment;
    const newest = Math.max(-1, ...algorithms.map((id) => data.probe(id)?.request.id ?? -1));
    const isAnswer = newest > answered;
    answered = newest;
    const { kind } = run.getState().status;
    const iteration = data.snapshot?.iteration ?? run.getState().iteration;
    if (kind !== 'running' || isAnswer || view.getState().scrubIteration !== null) frames.invalidate();
    else pace.run(() => frames.invalidateData(iteration));
  });
}

/** Creates the scheduler and keeps it fed; called once, by the shell. */
export function useFrameLoop(): FrameScheduler {
  const { data, run, reachingData, navigation, cheetah } = useStores();
  const reduced = useMediaQuery('(prefers-reduced-motion: reduce)');
  const [pace] = useState(() =>
    createFramePace({ clock: () => performance.now(), wait: (callback, ms) => setTimeout(callback, ms) }),
  );
  const [frames] = useState(() =>
    createFrameScheduler({
      clock: () => performance.now(),
      requestFrame: (callback, isContinued) =>
        requestAnimationFrame(() => {
          pace.began(isContinued);
          callback();
        }),
      onPainted: () => {
        data.painted();
        navigation.data.painted();
        cheetah.data.painted();
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
    const stops = [navigation, cheetah].map((lab) => followPolicyLab(lab, frames, pace));
    return () => {
      for (const stop of stops) stop();
    };
  }, [frames, navigation, cheetah, pace]);
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
