// A chart's menu: its numbers as a table or CSV, its picture as SVG or PNG. Nothing is computed until asked for.
import { useEffect, useRef, useState } from 'react';
import type { ChartTable } from '../../charts/table.ts';
import { chartMenuWords as words } from '../../words/chart-menu.ts';
import { formatSetting } from '../format.ts';
import { Popover } from '../Popover.tsx';
import { type ChartFormat, saveChart } from './chart-files.ts';
import { type ChartSource, enterChart } from './chart-list.ts';

/** More rows than a person reads; the CSV has them all. */
const MAX_ROWS = 200;

function TableView({ table }: { readonly table: ChartTable }) {
  const rows = table.rows.slice(-MAX_ROWS);
  return (
    <div className="table-scroll">
      <table className="data-table number">
        <thead>
          <tr>
            {table.columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            <tr key={i}>
              {row.map((cell, j) => (
                <td key={j}>{typeof cell === 'number' ? formatSetting(cell) : cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {table.rows.length === 0 ? <p className="quiet">{words.noNumbers}</p> : null}
      {table.rows.length > MAX_ROWS ? (
        <p className="quiet">{words.lastRows(MAX_ROWS, table.rows.length)}</p>
      ) : null}
    </div>
  );
}

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
        {shown === null ? null : <TableView table={shown} />}
      </dialog>
    </>
  );
}
