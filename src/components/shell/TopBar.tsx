// The bar at the top: wordmark, labs, and what concerns the whole page (settings drawer, undo, share, theme).

import { ControlsDrawer } from '../controls/ControlsDrawer.tsx';
import { WIDE_QUERY } from '../SinusoidLab.tsx';
import { useExperiment } from '../stores-context.ts';
import { useMediaQuery } from '../use-media-query.ts';
import { LabTabs } from './LabTabs.tsx';
import { ShareButton } from './ShareButton.tsx';
import { ThemeButton } from './ThemeButton.tsx';
import { useUndoKeys } from './use-undo-keys.ts';
import { Wordmark } from './Wordmark.tsx';

function UndoButtons() {
  const canUndo = useExperiment((state) => state.canUndo);
  const canRedo = useExperiment((state) => state.canRedo);
  const undo = useExperiment((state) => state.undo);
  const redo = useExperiment((state) => state.redo);
  useUndoKeys();
  return (
    <>
      <button type="button" className="plain undo" disabled={!canUndo} onClick={undo} title="Undo (Ctrl+Z)">
        Undo
      </button>
      <button
        type="button"
        className="plain redo"
        disabled={!canRedo}
        onClick={redo}
        title="Redo (Ctrl+Shift+Z)"
      >
        Redo
      </button>
    </>
  );
}

export function TopBar() {
  const wide = useMediaQuery(WIDE_QUERY);
  return (
    <header className="top-bar">
      <Wordmark />
      <LabTabs />
      <div className="top-actions">
        {wide ? null : <ControlsDrawer />}
        <UndoButtons />
        <ShareButton />
        <ThemeButton />
      </div>
    </header>
  );
}
