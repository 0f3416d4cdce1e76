// Plays the two scrubbers: one checkpoint, or one inner step, at a time, until the end.
import { useEffect } from 'react';
import { useStores, useView } from '../stores-context.ts';
import { MAX_INNER_STEP } from './InnerStepScrubber.tsx';
import { scrubNeighbour } from './scrub-scale.ts';

const CHECKPOINT_MS = 400;
const INNER_STEP_MS = 450;

export function useScrubPlayback(): void {
  const { view, data } = useStores();
  const scrubPlaying = useView((state) => state.scrubPlaying);
  const innerStepPlaying = useView((state) => state.innerStepPlaying);

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
      const next = Math.min(MAX_INNER_STEP, view.getState().innerStep + 1);
      view.getState().set({ innerStep: next, innerStepPlaying: next < MAX_INNER_STEP });
    }, INNER_STEP_MS);
    return () => clearInterval(timer);
  }, [innerStepPlaying, view]);
}
