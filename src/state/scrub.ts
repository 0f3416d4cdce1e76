// Scrubbing to a checkpoint ends when the checkpoint is forgotten.
import type { StoreApi } from 'zustand/vanilla';

interface Scrubbed {
  readonly scrubIteration: number | null;
  readonly scrubPlaying: boolean;
}

interface Kept {
  readonly checkpoints: readonly { readonly iteration: number }[];
  subscribe(listener: () => void): () => void;
}

/** Goes live when what is scrubbed to is gone: the run began anew, or went on from an earlier checkpoint. */
export function forgetLostScrub<View extends Scrubbed>(data: Kept, view: StoreApi<View>): void {
  data.subscribe(() => {
    const { scrubIteration } = view.getState();
    if (scrubIteration === null) return;
    const isKept = data.checkpoints.some((checkpoint) => checkpoint.iteration === scrubIteration);
    if (!isKept) view.setState((state) => ({ ...state, scrubIteration: null, scrubPlaying: false }));
  });
}
