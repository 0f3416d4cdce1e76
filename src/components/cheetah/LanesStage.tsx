// The stage: the bar of the goal, the lanes (of one goal velocity, or of the directions shown), the bar of the recording.
import { useEffect } from 'react';
import { cheetahWords as words } from '../../words/cheetah.ts';
import { WarningLine } from '../policy/WarningLine.tsx';
import { useMediaQuery } from '../use-media-query.ts';
import { GoalBar } from './GoalBar.tsx';
import { LanesPanel } from './LanesPanel.tsx';
import type { LanesKind } from './lanes-reader.ts';
import { PlaybackBar } from './PlaybackBar.tsx';
import { useCheetah, useCheetahExperiment, useCheetahView } from './use-cheetah.ts';

/** Who asks for less motion starts the recordings themselves. */
function useReducedMotion(): void {
  const { view } = useCheetah();
  const reduced = useMediaQuery('(prefers-reduced-motion: reduce)');
  useEffect(() => {
    if (reduced) view.getState().set({ plays: false });
  }, [reduced, view]);
}

export function LanesStage() {
  useReducedMotion();
  const isDirection = useCheetahExperiment(({ family }) => family === 'dir');
  const directions = useCheetahView((view) => view.directions);
  const both: readonly LanesKind[] = ['forwards', 'backwards'];
  const kinds = isDirection
    ? both.filter((kind) => directions === 'both' || directions === kind)
    : ['velocity' as const];
  return (
    <section className="cheetah-stage" aria-label={words.lanes}>
      <GoalBar />
      <div className="lanes">
        {kinds.map((kind) => (
          <LanesPanel key={kind} kind={kind} />
        ))}
      </div>
      <PlaybackBar />
      <WarningLine />
    </section>
  );
}
