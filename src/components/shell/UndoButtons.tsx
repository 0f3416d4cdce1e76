// Undo and redo of settings; one entry per drag.
import { useCurrent } from '../stores-context.ts';

export function UndoButtons() {
  const canUndo = useCurrent((state) => state.canUndo);
  const canRedo = useCurrent((state) => state.canRedo);
  const undo = useCurrent((state) => state.undo);
  const redo = useCurrent((state) => state.redo);
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
