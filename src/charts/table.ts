// The numbers behind a chart, for its Table and CSV menu entries.
import type { ColumnName } from '../words/columns.ts';

export interface ChartTable {
  /** As CSV files name them, in every language; the screen shows columnHeading of each (words/columns.ts). */
  readonly columns: readonly ColumnName[];
  /** Raw values, unrounded; null where there is none. */
  readonly rows: readonly (readonly (string | number | null)[])[];
}

/** RFC 4180: comma-separated, CRLF, quotes doubled. Numbers as JavaScript writes them; non-finite as NaN, Infinity. */
export function tableToCsv(
  table: Pick<ChartTable, 'rows'> & { readonly columns: readonly string[] },
): string {
  const cell = (value: string | number | null): string => {
    const text = value === null ? '' : String(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return [table.columns, ...table.rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}
