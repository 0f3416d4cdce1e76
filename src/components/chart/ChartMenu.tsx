// A chart's menu: its numbers as a table or CSV, its picture as SVG or PNG. Nothing is computed until asked for.
import { useRef, useState } from 'react';
import type { Scene } from '../../charts/scene.ts';
import { type ChartTable, tableToCsv } from '../../charts/table.ts';
import { formatSetting } from '../format.ts';
import { Popover } from '../Popover.tsx';

/** More rows than a person reads; the CSV has them all. */
const MAX_ROWS = 200;

/** Offers `blob` as a download named after the chart. */
function download(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has its own reference to the blob once the click was dispatched.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}

function fileName(title: string, extension: string): string {
  const slug = title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  return `metascope-${slug}.${extension}`;
}

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
      {table.rows.length === 0 ? <p className="quiet">No numbers yet. Press Run.</p> : null}
      {table.rows.length > MAX_ROWS ? (
        <p className="quiet">
          The last {MAX_ROWS} of {table.rows.length} rows; the CSV has all.
        </p>
      ) : null}
    </div>
  );
}

function closeThen(close: () => void, action: () => void): void {
  close();
  action();
}

interface ChartMenuProps {
  readonly title: string;
  table(): ChartTable;
  canvas(): HTMLCanvasElement | null;
  /** What the canvas shows now; null before it was painted. */
  scene(): Scene | null;
}

export function ChartMenu(props: ChartMenuProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [shown, setShown] = useState<ChartTable | null>(null);
  const show = () => {
    setShown(props.table());
    dialog.current?.showModal();
  };
  const saveCsv = () =>
    download(new Blob([tableToCsv(props.table())], { type: 'text/csv' }), fileName(props.title, 'csv'));
  const saveSvg = async () => {
    const scene = props.scene();
    if (scene === null) return;
    // Few ask for it: its code comes when they do.
    const { sceneToSvg } = await import('../../charts/scene-svg.ts');
    const svg = sceneToSvg(scene, props.title);
    download(new Blob([svg], { type: 'image/svg+xml' }), fileName(props.title, 'svg'));
  };
  const savePng = () =>
    props.canvas()?.toBlob((blob) => {
      if (blob !== null) download(blob, fileName(props.title, 'png'));
    });
  return (
    <>
      <Popover
        className="plain icon"
        popoverClassName="menu"
        name={`${props.title}: table and downloads`}
        label="⋯"
      >
        {(close) => (
          <>
            <button type="button" className="plain" onClick={() => closeThen(close, show)}>
              Table
            </button>
            <button type="button" className="plain" onClick={() => closeThen(close, saveCsv)}>
              CSV
            </button>
            <button type="button" className="plain" onClick={() => closeThen(close, saveSvg)}>
              SVG
            </button>
            <button type="button" className="plain" onClick={() => closeThen(close, savePng)}>
              PNG
            </button>
          </>
        )}
      </Popover>
      <dialog
        ref={dialog}
        className="table-dialog"
        aria-label={`${props.title}: table`}
        onClose={() => setShown(null)}
      >
        <div className="drawer-head">
          <span>{props.title}</span>
          <button type="button" className="plain" onClick={() => dialog.current?.close()}>
            Close
          </button>
        </div>
        {shown === null ? null : <TableView table={shown} />}
      </dialog>
    </>
  );
}
