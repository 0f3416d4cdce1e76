// Plays the two scrubbers: one checkpoint, or one inner step, at a time, until the end.
import { useEffect } from 'react';
import { useLab, useLabView } from '../lab-context.ts';
import { scrubNeighbour } from './scrub-scale.ts';

const CHECKPOINT_MS = 400;
const INNER_STEP_MS = 450;

export function useScrubPlayback(): void {
  const { view, data, mostInnerSteps: most } = useLab();
  const scrubPlaying = useLabView((state) => state.scrubPlaying);
  const innerStepPlaying = useLabView((state) => state.innerStepPlaying);

  useEffect(() => {
    if (!scrubPlaying) return;
    const timer = setInterval(() => {
      const shown = view.getState().scrubIteration;
      const iterations = data.checkpoints.map((checkpoint) => checkpoint.iteration);
      const next = scrubNeighbour(shown, iterations, 1);
      view.getState().set({ scrubIteration: next, scrubPlaying: next !== null });
    }, CHECKPOINT_MS);
    return () => clearInterval(timer);
  }, [scrubPlaying, view, data]);

  useEffect(() => {
    if (!innerStepPlaying) return;
    const timer = setInterval(() => {
      const next = Math.min(most, view.getState().innerStep + 1);
      view.getState().set({ innerStep: next, innerStepPlaying: next < most });
    }, INNER_STEP_MS);
    return () => clearInterval(timer);
  }, [innerStepPlaying, view, most]);
}
