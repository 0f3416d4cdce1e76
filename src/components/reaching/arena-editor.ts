// How the arena changes the experiment: patches go to the store as one undo entry per gesture, and what the store
// refuses is kept for the stage to explain. No React, no events.

import type { AppStores } from '../../state/store-types.ts';
import { groupThousands } from '../../words/numbers.ts';
import { reachingWords } from '../../words/reaching.ts';
import { createGesture } from '../controls/use-gesture.ts';
import { MAX_PAINTED, type ReachingPatch } from './arena-edits.ts';

export interface ArenaEditor {
  /** A drag, or keys on one handle, begin. */
  begin(): void;
  end(): void;
  /** null: nothing to change. Refused patches leave everything as it was. */
  apply(patch: ReachingPatch | null): void;
  /** As apply, but the brush has run dry when there is no patch. */
  paint(patch: ReachingPatch | null): void;
}

export function createArenaEditor(stores: AppStores, explain: (message: string | null) => void): ArenaEditor {
  const gesture = createGesture('arena');
  const apply = (patch: ReachingPatch | null): void => {
    if (patch === null) return;
    const [issue] = stores.reachingExperiment.getState().edit(patch, gesture.id());
    explain(issue?.message ?? null);
  };
  return {
    begin: gesture.begin,
    end: gesture.end,
    apply,
    paint(patch) {
      if (patch === null) {
        explain(reachingWords.paintedFull(groupThousands(MAX_PAINTED)));
      } else apply(patch);
    },
  };
}
