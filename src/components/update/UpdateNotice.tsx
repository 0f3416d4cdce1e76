// A quiet line in a corner when a newer version of the page is ready. Nothing happens unless the button is pressed.
import { useStore } from 'zustand';
import type { UpdateStore } from '../../state/update-watch.ts';
import { OFFLINE_WORDS } from '../../words/offline.ts';
import './update.css';

export function UpdateNotice({ updates }: { readonly updates: UpdateStore }) {
  const { reload, putOff } = useStore(updates);
  return (
    <div className="update-notice">
      <span>{OFFLINE_WORDS.updateReady}</span>
      <button type="button" title={OFFLINE_WORDS.reloadCost} onClick={() => void reload()}>
        {OFFLINE_WORDS.reload}
      </button>
      <button type="button" className="plain" aria-label={OFFLINE_WORDS.laterName} onClick={putOff}>
        {OFFLINE_WORDS.later}
      </button>
    </div>
  );
}
