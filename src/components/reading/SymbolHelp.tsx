// Explains any element with data-symbol while it is pointed at or focused, and lights the other places on the page that
// show the same symbol. One listener for the whole page; rendered once, by the shell, and fetched when the page is idle.
import { useEffect, useRef, useState } from 'react';
import { GLOSSARY_WORDS, SYMBOLS, type SymbolId } from '../../words/glossary.ts';
import { enterAt, lightTwins, neighbour, symbolIdOf } from './symbol-twins.ts';
import '../styles/reading.css';
import { CanvasSymbols } from './CanvasSymbols.tsx';

/** So that crossing a line with the mouse opens nothing. */
const HOVER_MS = 250;
/** Time to move the mouse onto the explanation. */
const LEAVE_MS = 150;
const MARGIN = 8;
const HELP_ID = 'symbol-help';

/** Under the symbol, or above it where there is no room, within the window. */
function placeAt(anchor: Element, panel: HTMLElement): void {
  const at = anchor.getBoundingClientRect();
  const { width, height } = panel.getBoundingClientRect();
  const left = Math.max(MARGIN, Math.min(at.left - 8, window.innerWidth - width - MARGIN));
  const below = at.bottom + 6;
  const fits = below + height <= window.innerHeight - MARGIN;
  panel.style.left = `${left}px`;
  panel.style.top = `${fits ? below : Math.max(MARGIN, at.top - height - 6)}px`;
}

interface Shown {
  readonly element: HTMLElement;
  readonly id: SymbolId;
}

/** The element that carries the symbol, from an event's target. */
function symbolUnder(target: EventTarget | null): Shown | null {
  const element = target instanceof Element ? target.closest<HTMLElement>('[data-symbol]') : null;
  const id = element === null ? null : symbolIdOf(element);
  return element === null || id === null ? null : { element, id };
}

/** What names what has the focus by a symbol: a setting's row (its “?” explains the symbol to who has no mouse), a choice. */
function settingUnder(target: EventTarget | null): Shown | null {
  const row = target instanceof Element ? target.closest('.field, .task-number, .segments label') : null;
  return symbolUnder(row?.querySelector('[data-symbol]') ?? null);
}

/** Calls `show` as the pointer and the focus move; null: nothing any more. */
function followSymbols(panel: () => HTMLElement | null, show: (shown: Shown | null) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let isFocused = false;
  const after = (ms: number, next: Shown | null) => {
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(() => show(next), ms);
  };
  const cancel = () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
  };
  const onOver = ({ target, pointerType }: PointerEvent) => {
    if (pointerType === 'touch') return;
    if (target instanceof Node && panel()?.contains(target)) return cancel();
    const found = symbolUnder(target);
    if (found !== null) {
      lightTwins(document, found.id);
      after(HOVER_MS, found);
    } else if (!isFocused) {
      lightTwins(document, null);
      after(LEAVE_MS, null);
    }
  };
  const onFocus = ({ target }: { readonly target: EventTarget | null }) => {
    const found = symbolUnder(target);
    const setting = settingUnder(target);
    isFocused = found !== null || setting !== null;
    cancel();
    if (found !== null) enterAt(found.element);
    const asks =
      target instanceof HTMLElement && target.matches('.help:focus-visible, .segments :focus-visible');
    show(found ?? (setting !== null && asks ? { element: target, id: setting.id } : null));
    if (found === null && setting !== null) lightTwins(document, setting.id);
  };
  const onBlur = () => {
    if (!isFocused) return;
    isFocused = false;
    show(null);
    lightTwins(document, null);
  };
  const onClick = ({ target }: MouseEvent) => {
    // Touch has no hovering: a tap explains, the next one elsewhere ends it.
    const found = symbolUnder(target);
    if (found !== null) show(found);
    else if (!(target instanceof Node && panel()?.contains(target))) show(null);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape') return show(null);
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    const from =
      event.target instanceof Element && event.target.hasAttribute('data-symbol') ? event.target : null;
    const next = from === null ? null : neighbour(from, event.key === 'ArrowRight' ? 1 : -1);
    if (next === null) return;
    event.preventDefault();
    next.focus();
  };
  const onScroll = () => show(null);
  document.addEventListener('pointerover', onOver);
  document.addEventListener('focusin', onFocus);
  document.addEventListener('focusout', onBlur);
  document.addEventListener('click', onClick);
  document.addEventListener('keydown', onKey);
  document.addEventListener('scroll', onScroll, { capture: true, passive: true });
  // What had the focus before this was there.
  onFocus({ target: document.activeElement });
  return () => {
    cancel();
    document.removeEventListener('pointerover', onOver);
    document.removeEventListener('focusin', onFocus);
    document.removeEventListener('focusout', onBlur);
    document.removeEventListener('click', onClick);
    document.removeEventListener('keydown', onKey);
    document.removeEventListener('scroll', onScroll, { capture: true });
  };
}

export function SymbolHelp() {
  const panel = useRef<HTMLDivElement>(null);
  const [shown, setShown] = useState<Shown | null>(null);
  useEffect(() => followSymbols(() => panel.current, setShown), []);
  useEffect(() => {
    if (shown !== null) lightTwins(document, shown.id);
    if (shown === null || panel.current === null) return;
    const { element } = shown;
    panel.current.showPopover();
    placeAt(element, panel.current);
    element.setAttribute('aria-describedby', HELP_ID);
    return () => {
      panel.current?.hidePopover();
      element.removeAttribute('aria-describedby');
      lightTwins(document, null);
    };
  }, [shown]);
  const entry = shown === null ? null : SYMBOLS[shown.id];
  return (
    <>
      <CanvasSymbols />
      <div ref={panel} id={HELP_ID} popover="manual" role="tooltip" className="popover symbol-help">
        {entry === null ? null : (
          <>
            <p className="symbol-help-name">
              <span className="symbol">{entry.symbol}</span> {entry.name}
            </p>
            <p>{entry.about}</p>
            <p className="quiet">
              {entry.unit === '' ? entry.where : `${GLOSSARY_WORDS.unit(entry.unit)} · ${entry.where}`}
            </p>
          </>
        )}
      </div>
    </>
  );
}
