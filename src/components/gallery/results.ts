// The figures of docs/results-data.json, typed and formatted. scripts/results-table.mjs copies it to data/results.json and
// makes the table of docs/results.md from it; results.test.ts holds the three together.
import { VERDICT_IDS, type VerdictId } from '../../words/gallery.ts';
import data from './data/results.json';

/** One published number and ours beside it. */
export interface ResultRow {
  readonly id: string;
  /** "[MAML] Fig. 4". */
  readonly source: string;
  readonly lab: string;
  /** Who was measured: "MAML", "MEDIUM". */
  readonly subject: string;
  readonly measure: string;
  /** null: the paper prints none. */
  readonly paper: number | null;
  /** null: not measured yet. */
  readonly ours: number | null;
  /** Standard error; null: none. */
  readonly error: number | null;
  /** Of what the standard error is. */
  readonly errorOver: 'seeds' | 'tasks';
  /** 0: not measured yet. */
  readonly seeds: number;
  readonly digits: number;
  readonly scale: string;
  readonly convention: string;
  readonly verdict: VerdictId;
  /** Why the verdict is what it is; may be empty. */
  readonly because: string;
  /** Opens the experiment. */
  readonly link: string;
  /** Measures it again; empty where there is none yet. */
  readonly command: string;
}

function readVerdict(text: string, id: string): VerdictId {
  const verdict = VERDICT_IDS.find((known) => known === text);
  if (verdict !== undefined) return verdict;
  throw new Error(
    `docs/results-data.json, row ${id}: got the verdict “${text}”; expected ${VERDICT_IDS.join(', ')}.`,
  );
}

export const RESULTS: readonly ResultRow[] = data.rows.map((row) => ({
  ...row,
  verdict: readVerdict(row.verdict, row.id),
  errorOver: row.errorOver === 'tasks' ? 'tasks' : 'seeds',
}));

/** The row of that id; throws where there is none. */
export function resultOf(id: string): ResultRow {
  const row = RESULTS.find((one) => one.id === id);
  if (row === undefined) throw new Error(`docs/results-data.json has no row “${id}”.`);
  return row;
}

/** "−13.6"; a dash for null. A true minus sign, and none before a rounded zero. */
export function formatFigure(value: number | null, digits: number): string {
  if (value === null) return '–';
  const text = Math.abs(value).toFixed(digits);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

/** "−13.6 ± 0.9" */
export function formatMeasured({ ours, error, digits }: ResultRow): string {
  if (ours === null || error === null) return formatFigure(ours, digits);
  return `${formatFigure(ours, digits)} ± ${formatFigure(error, digits)}`;
}
