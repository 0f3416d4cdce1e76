// The one thing that every page knows of pinned runs: where their lines will be, once they are fetched. Everything else
// about them comes when it is needed (pinned-runs.ts).
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { LearningX } from '../../charts/learning-curve.ts';
import type { PinnedFinals } from '../../charts/pinned-finals.ts';
import type { PinnedLayer } from '../../charts/pinned-layer.ts';
import type { ReturnX } from '../../charts/return-curve.ts';

/** The pinned runs that are shown in the lab on the screen, for each of its charts; null: none belong there. */
export interface Overlays {
  learning(x: LearningX): PinnedLayer | null;
  adaptation(supportSize: number): PinnedLayer | null;
  returns(x: ReturnX): PinnedLayer | null;
  returnAdaptation(): PinnedLayer | null;
  alpha(): PinnedLayer | null;
  finals(): PinnedFinals | null;
}

export interface OverlayState {
  /** Another object whenever a pinned run changes; null: nothing is pinned, or it is not fetched yet. */
  readonly overlays: Overlays | null;
  /** How many are pinned in the lab on the screen. */
  readonly count: number;
  /** What a press on Pin came to, for who cannot see it. */
  readonly said: string;
}

/** One list of pinned runs per page, so one place for their lines. */
export const overlayStore = createStore<OverlayState>()(() => ({ overlays: null, count: 0, said: '' }));

/** The lines of pinned runs; who asks is rendered again when they change. */
export function useOverlays(): Overlays | null {
  return useStore(overlayStore, (state) => state.overlays);
}

/** Kept in this browser's small storage, so that the big one is asked only where something is pinned. */
export const HAS_PINS_KEY = 'metascope.pins';
