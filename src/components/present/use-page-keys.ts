// Listens for the page's keys. They never fire while text is typed, while a dialog or popover is open (but for those
// that close it), or where the focused control has its own use for the key.
import { useEffect } from 'react';
import { useStores } from '../stores-context.ts';
import { actLater } from './act-later.ts';
import { isControlKey, isTyping, keyOf, worksHere } from './keys.ts';
import { singleKeysWork } from './single-keys.ts';

/** A field whose text the browser undoes itself; number fields keep such keys to themselves (NumberInput). */
function undoesItself(target: EventTarget | null): boolean {
  return isTyping(target) && !(target instanceof HTMLInputElement && target.type === 'number');
}

/** Whether a single key belongs to the page: nothing else has a use for it. */
function isFree({ target, key }: KeyboardEvent): boolean {
  if (isTyping(target) || isControlKey(target, key)) return false;
  if (document.querySelector('dialog[open]:modal') !== null) return false;
  return key.length > 1 || singleKeysWork();
}

/** Installs the page's keys; called once, by the shell. */
export function usePageKeys(): void {
  const stores = useStores();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const id = keyOf('page', event);
      if (id === null || event.defaultPrevented || event.isComposing) return;
      if (!worksHere(id, stores.page.getState().options.embed)) return;
      const isChord = event.ctrlKey || event.metaKey;
      if (isChord ? undoesItself(event.target) : !isFree(event)) return;
      // A key held down repeats; only steps are meant to.
      if (event.repeat && !['step', 'earlier', 'later', 'undo', 'redo'].includes(id)) return;
      // Escape goes on closing what is open.
      if (id !== 'leave') event.preventDefault();
      void actLater((actions) => actions.actOn(id, event.key, stores));
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [stores]);
}
