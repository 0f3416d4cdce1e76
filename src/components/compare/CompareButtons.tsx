// The top bar's buttons for pinned runs. What they do is fetched when they are first used, or, where this browser has
// pinned runs, once the page has time. None in frames of course pages, which keep nothing.
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { COMPARE_BUTTON_WORDS as words } from '../../words/compare-buttons.ts';
import { usePage, useStores } from '../stores-context.ts';
import { HAS_PINS_KEY, overlayStore } from './compare-context.ts';
import { fetchPinned, pinShown, toggleCompare } from './pin-shown.ts';

function hasPins(): boolean {
  try {
    return localStorage.getItem(HAS_PINS_KEY) !== null;
  } catch {
    return false;
  }
}

export function CompareButtons() {
  const stores = useStores();
  const isAbsent = usePage(({ options }) => options.embed || options.page !== 'lab');
  const count = useStore(overlayStore, (state) => state.count);
  const said = useStore(overlayStore, (state) => state.said);
  useEffect(() => {
    if (isAbsent || !hasPins()) return;
    const timer = setTimeout(() => void fetchPinned(stores), 1000);
    return () => clearTimeout(timer);
  }, [isAbsent, stores]);
  if (isAbsent) return null;
  return (
    <>
      <button
        type="button"
        className="plain pin-button"
        title={words.pinTitle}
        onClick={() => void pinShown(stores)}
      >
        {words.pin}
      </button>
      <button
        type="button"
        className="plain"
        aria-haspopup="dialog"
        title={words.compareTitle}
        onClick={() => toggleCompare(stores)}
      >
        {words.compare}
        {count > 0 ? <span className="number"> {count}</span> : null}
      </button>
      <span className="visually-hidden" role="status">
        {said}
      </span>
    </>
  );
}
