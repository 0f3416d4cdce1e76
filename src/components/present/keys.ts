// Every key of the page, in one table: the handlers ask it which key was pressed, and the list of keys
// (KeysDialog.tsx) shows the same rows, so that the list cannot be wrong. Keys that the browser's own controls have
// (arrows on a slider, Enter on a button) are not in it.

/** Where a key works: everywhere, while a part of the stage is in focus, or in a field. */
export type KeyScope = 'page' | 'arena' | 'handle' | 'brush' | 'cells' | 'scrubber' | 'number';

export interface KeyBinding {
  readonly id: string;
  readonly scope: KeyScope;
  /** Values of KeyboardEvent.key; letters in lower case. */
  readonly keys: readonly string[];
  /** With Ctrl or ⌘; without both unless told. */
  readonly ctrl?: boolean;
  /** With Shift, or without; either unless told, and for letters without. */
  readonly shift?: boolean;
  /** As it is written in the list. */
  readonly shows: string;
}

const DIGITS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;
const ARROWS = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'] as const;

/** In the order of the list. Several rows of one id mean the same. */
export const KEYS = [
  { id: 'run', scope: 'page', keys: [' '], shows: 'Space' },
  { id: 'step', scope: 'page', keys: ['s'], shift: false, shows: 'S' },
  { id: 'step-phase', scope: 'page', keys: ['s'], shift: true, shows: 'Shift S' },
  { id: 'earlier', scope: 'page', keys: ['ArrowLeft'], shift: false, shows: '←' },
  { id: 'later', scope: 'page', keys: ['ArrowRight'], shift: false, shows: '→' },
  { id: 'inner-step', scope: 'page', keys: DIGITS, shows: '0 … 9' },
  { id: 'present', scope: 'page', keys: ['p'], shift: false, shows: 'P' },
  { id: 'fullscreen', scope: 'page', keys: ['f'], shift: false, shows: 'F' },
  { id: 'leave', scope: 'page', keys: ['Escape'], shows: 'Esc' },
  { id: 'pseudocode', scope: 'page', keys: ['c'], shift: false, shows: 'C' },
  { id: 'charts', scope: 'page', keys: ['i'], shift: false, shows: 'I' },
  { id: 'pin', scope: 'page', keys: ['k'], shift: false, shows: 'K' },
  { id: 'compare', scope: 'page', keys: ['v'], shift: false, shows: 'V' },
  { id: 'theme', scope: 'page', keys: ['t'], shift: false, shows: 'T' },
  { id: 'undo', scope: 'page', keys: ['u'], shift: false, shows: 'U' },
  { id: 'redo', scope: 'page', keys: ['u'], shift: true, shows: 'Shift U' },
  { id: 'undo', scope: 'page', keys: ['z'], ctrl: true, shift: false, shows: 'Ctrl Z' },
  { id: 'redo', scope: 'page', keys: ['z'], ctrl: true, shift: true, shows: 'Ctrl Shift Z' },
  { id: 'redo', scope: 'page', keys: ['y'], ctrl: true, shift: false, shows: 'Ctrl Y' },
  { id: 'keys', scope: 'page', keys: ['?'], shows: '?' },
  { id: 'move', scope: 'handle', keys: ARROWS, shift: false, shows: '← → ↑ ↓' },
  { id: 'move-far', scope: 'handle', keys: ARROWS, shift: true, shows: 'Shift ← → ↑ ↓' },
  { id: 'next-handle', scope: 'handle', keys: ['PageDown'], shows: 'Page ↓' },
  { id: 'previous-handle', scope: 'handle', keys: ['PageUp'], shows: 'Page ↑' },
  { id: 'add', scope: 'handle', keys: ['Insert', '+'], shows: 'Ins' },
  { id: 'remove', scope: 'handle', keys: ['Delete', 'Backspace'], shows: 'Del' },
  { id: 'tool-move', scope: 'arena', keys: ['m'], shows: 'M' },
  { id: 'tool-paint', scope: 'arena', keys: ['b'], shows: 'B' },
  { id: 'tool-erase', scope: 'arena', keys: ['e'], shows: 'E' },
  { id: 'zoom-in', scope: 'arena', keys: ['+', '='], shows: '+' },
  { id: 'zoom-out', scope: 'arena', keys: ['-', '−'], shows: '−' },
  { id: 'fit', scope: 'arena', keys: ['0'], shows: '0' },
  { id: 'brush-move', scope: 'brush', keys: ARROWS, shows: '← → ↑ ↓' },
  { id: 'brush-use', scope: 'brush', keys: ['Enter', ' '], shows: 'Enter' },
  { id: 'next-cell', scope: 'cells', keys: ARROWS, shows: '← → ↑ ↓' },
  { id: 'nudge', scope: 'number', keys: ['ArrowUp', 'ArrowDown'], shows: '↑ ↓' },
  { id: 'accept', scope: 'number', keys: ['Enter'], shows: 'Enter' },
  { id: 'give-up', scope: 'number', keys: ['Escape'], shows: 'Esc' },
  { id: 'scrub-back', scope: 'scrubber', keys: ['ArrowLeft', 'ArrowDown', 'PageDown'], shows: '←' },
  { id: 'scrub-on', scope: 'scrubber', keys: ['ArrowRight', 'ArrowUp', 'PageUp'], shows: '→' },
  { id: 'scrub-first', scope: 'scrubber', keys: ['Home'], shows: 'Home' },
  { id: 'scrub-live', scope: 'scrubber', keys: ['End'], shows: 'End' },
] as const satisfies readonly KeyBinding[];

export type KeyId = (typeof KEYS)[number]['id'];

/** What a page in a frame has not: it is not presented, shows no pseudocode and keeps no runs. */
const NOT_IN_FRAMES: readonly KeyId[] = ['present', 'leave', 'pseudocode', 'pin', 'compare'];

/** Whether the key means something in a page that stands in a frame (`embed`), or on its own. */
export function worksHere(id: KeyId, embed: boolean): boolean {
  return !(embed && NOT_IN_FRAMES.includes(id));
}

/** As much of a KeyboardEvent as decides. */
export type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** What the key means in that scope; null: nothing. */
export function keyOf(scope: KeyScope, event: Pressed): KeyId | null {
  if (event.altKey) return null;
  const ctrl = event.ctrlKey || event.metaKey;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  for (const row of KEYS) {
    const binding: KeyBinding = row;
    if (binding.scope !== scope || (binding.ctrl ?? false) !== ctrl) continue;
    if (binding.shift !== undefined && binding.shift !== event.shiftKey) continue;
    if (binding.keys.includes(key)) return row.id;
  }
  return null;
}

/** Whether a key pressed with the focus there is typing, and so nobody's shortcut. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true;
  if (target instanceof HTMLSelectElement) return true;
  const typeless = ['checkbox', 'radio', 'range', 'button', 'submit', 'reset', 'color', 'file'];
  return target instanceof HTMLInputElement && !typeless.includes(target.type);
}

/** Keys that the focused control has a use for itself: Space presses buttons, arrows move sliders and choices. */
const CONTROL_KEYS: readonly string[] = [' ', 'Escape', ...ARROWS];

/** Whether the focused element needs that key itself. */
export function isControlKey(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof Element) || !CONTROL_KEYS.includes(key)) return false;
  if (key === 'Escape') return target.closest('dialog[open], [popover]:popover-open') !== null;
  // Arrows go from one symbol to the next (components/reading/).
  if (key !== ' ' && target.closest('[data-symbol-group]') !== null) return true;
  return (
    target.closest('button, a, input, summary, [role="slider"], [role="menu"], [role="tablist"]') !== null
  );
}
