// Undo and redo of settings; one entry per drag.
import { shellWords as words } from '../../words/shell.ts';
import { useCurrent } from '../stores-context.ts';

export function UndoButtons() {
  const canUndo = useCurrent((state) => state.canUndo);
  const canRedo = useCurrent((state) => state.canRedo);
  const undo = useCurrent((state) => state.undo);
  const redo = useCurrent((state) => state.redo);
  return (
    <>
      <button type="button" className="plain undo" disabled={!canUndo} onClick={undo} title={words.undoTitle}>
        {words.undo}
      </button>
      <button type="button" className="plain redo" disabled={!canRedo} onClick={redo} title={words.redoTitle}>
        {words.redo}
      </button>
    </>
  );
}
