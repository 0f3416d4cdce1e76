// Undo and redo of settings; one entry per drag.
import { useExperiment } from '../stores-context.ts';

export function UndoButtons() {
  const canUndo = useExperiment((state) => state.canUndo);
  const canRedo = useExperiment((state) => state.canRedo);
  const undo = useExperiment((state) => state.undo);
  const redo = useExperiment((state) => state.redo);
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
