// A chart's menu: its numbers as a table or CSV, its picture as SVG or PNG. Nothing is computed until asked for.
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import type { ChartTable } from '../../charts/table.ts';
import { chartMenuWords as words } from '../../words/chart-menu.ts';
import { Popover } from '../Popover.tsx';
import { type ChartFormat, saveChart } from './chart-files.ts';
import { type ChartSource, enterChart } from './chart-list.ts';

const TableView = lazy(async () => ({ default: (await import('./TableView.tsx')).TableView }));

const FORMATS: readonly ChartFormat[] = ['csv', 'svg', 'png'];

export function ChartMenu(props: ChartSource) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [shown, setShown] = useState<ChartTable | null>(null);
  const { title } = props;
  // Panels make new functions whenever they render; the list must not follow each time.
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  useEffect(
    () =>
      enterChart({
        title,
        table: () => latest.current.table(),
        scene: () => latest.current.scene(),
        canvas: () => latest.current.canvas(),
      }),
    [title],
  );
  return (
    <>
      <Popover className="plain icon" popoverClassName="menu" name={words.menu(title)} label="⋯">
        {(close) => (
          <>
            <button
              type="button"
              className="plain"
              onClick={() => {
                close();
                setShown(props.table());
                dialog.current?.showModal();
              }}
            >
              {words.table}
            </button>
            {FORMATS.map((format) => (
              <button
                key={format}
                type="button"
                className="plain"
                onClick={() => {
                  close();
                  void saveChart(props, format);
                }}
              >
                {words[format]}
              </button>
            ))}
          </>
        )}
      </Popover>
      <dialog
        ref={dialog}
        className="table-dialog"
        aria-label={words.tableOf(title)}
        onClose={() => setShown(null)}
      >
        <div className="drawer-head">
          <span>{title}</span>
          <button type="button" className="plain" onClick={() => dialog.current?.close()}>
            {words.close}
          </button>
        </div>
        {shown === null ? null : (
          <Suspense>
            <TableView table={shown} />
          </Suspense>
        )}
      </dialog>
    </>
  );
}
