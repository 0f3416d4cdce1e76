// Ctrl/⌘+Z and Ctrl/⌘+Shift+Z (or Ctrl+Y) undo and redo settings, except while text is being typed, which the
// browser undoes itself (number fields keep such keys to themselves, see NumberInput).
import { useEffect } from 'react';
import { useStores } from '../stores-context.ts';

function isTextField(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement && target.type === 'text';
}

export function useUndoKeys(): void {
  const { current } = useStores();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || isTextField(event.target)) return;
      const key = event.key.toLowerCase();
      const redo = (key === 'z' && event.shiftKey) || (key === 'y' && !event.shiftKey);
      const undo = key === 'z' && !event.shiftKey;
      if (!redo && !undo) return;
      event.preventDefault();
      const state = current.getState();
      if (redo) state.redo();
      else state.undo();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [current]);
}
