// The panel of pinned runs: the list, several seeds, and what differs. Where there is room it lies over the settings and
// leaves the charts free, so that lines can be watched and runs go on; on narrow windows it is a sheet.
import { useEffect, useRef } from 'react';
import { COMPARE_WORDS as words } from '../../words/compare.ts';
import { useStores } from '../stores-context.ts';
import { useMediaQuery } from '../use-media-query.ts';
import { MeasuresTable, SettingsTable } from './ComparisonTables.tsx';
import { overlayStore } from './compare-context.ts';
import { PinList } from './PinList.tsx';
import { pinnedRunsOf } from './pinned-runs.ts';
import { SeedsSection } from './SeedsSection.tsx';
import { useCompared } from './use-compared.ts';
import './compare.css';

/** From here on there are charts beside it. */
const ROOMY = '(min-width: 1024px)';

export function ComparePanel() {
  const stores = useStores();
  const runs = pinnedRunsOf(stores, overlayStore);
  const dialog = useRef<HTMLDialogElement>(null);
  const roomy = useMediaQuery(ROOMY);
  const compared = useCompared(runs);
  useEffect(() => {
    const element = dialog.current;
    if (element === null) return;
    if (element.open) element.close();
    if (roomy) element.show();
    else element.showModal();
  }, [roomy]);
  const leave = () => stores.page.getState().show(null);
  return (
    <dialog
      ref={dialog}
      className="drawer compare"
      aria-label={words.title}
      // Not onClose: going from drawer to sheet closes it for a moment.
      onCancel={leave}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && roomy && !event.defaultPrevented) {
          dialog.current?.close();
          leave();
        }
      }}
    >
      <div className="drawer-head">
        <h2>{words.title}</h2>
        <button
          type="button"
          className="plain"
          onClick={() => {
            dialog.current?.close();
            leave();
          }}
        >
          {words.close}
        </button>
      </div>
      <div className="compare-body">
        <PinList runs={runs} />
        <SeedsSection runs={runs} />
        {compared.length > 1 ? (
          <section aria-label={words.compareTitle}>
            <h3>{words.compareTitle}</h3>
            <SettingsTable compared={compared} />
            <h3>{words.measuresTitle}</h3>
            <MeasuresTable compared={compared} />
          </section>
        ) : null}
      </div>
    </dialog>
  );
}
