// A chart's numbers as a table on the screen, its headings in the page's language. Fetched when a table is opened.
import type { ChartTable } from '../../charts/table.ts';
import { chartMenuWords as words } from '../../words/chart-menu.ts';
import { cellText, columnHeading } from '../../words/columns.ts';
import { formatSetting } from '../format.ts';
import { SymbolMark } from '../reading/SymbolMark.tsx';

/** More rows than a person reads; the CSV has them all. */
const MAX_ROWS = 200;

function shown(cell: string | number | null): string | null {
  return typeof cell === 'number' ? formatSetting(cell) : cell === null ? null : cellText(cell);
}

/** A column that is called by a symbol. */
const SYMBOL = /^(?:[A-Zα-ω]|KL|MAX_L)$/u;

function Heading({ text }: { readonly text: string }) {
  return SYMBOL.test(text) ? <SymbolMark symbol={text} /> : text;
}

export function TableView({ table }: { readonly table: ChartTable }) {
  const rows = table.rows.slice(-MAX_ROWS);
  return (
    <div className="table-scroll">
      <table className="data-table number">
        <thead>
          <tr data-symbol-group="">
            {table.columns.map((column) => (
              <th key={column} scope="col">
                <Heading text={columnHeading(column)} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            <tr key={i}>
              {row.map((cell, j) => (
                <td key={j}>{shown(cell)}</td>
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
