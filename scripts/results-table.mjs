// Writes the reproduction table of docs/results.md from docs/results-data.json, between its two markers, and the copy of
// that file for the gallery. With --check it
// writes nothing and fails when the page is out of date. The gallery draws the same data (components/gallery).
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const PAGE = fileURLToPath(new URL('../docs/results.md', import.meta.url));
const DATA = fileURLToPath(new URL('../docs/results-data.json', import.meta.url));
/** The same file again, where the page's code may import it. */
const COPY = fileURLToPath(new URL('../src/components/gallery/data/results.json', import.meta.url));
export const BEGIN = '<!-- Made from results-data.json by scripts/results-table.mjs: begin -->';
export const END = '<!-- Made from results-data.json by scripts/results-table.mjs: end -->';

/** Verdicts as the gallery words them (src/words/gallery.ts; results-data.test.ts compares). */
export const VERDICTS = {
  reproduced: '✓ reproduced',
  'claim-holds': '✓ claim holds',
  near: '≈ near',
  outside: '✕ outside',
  'not-comparable': '– not comparable',
  'not-measured': '… not measured yet',
};

/**
 * @typedef {object} Row One figure of docs/results-data.json; src/components/gallery/results.ts says what each part means.
 * @property {string} source
 * @property {string} subject
 * @property {string} measure
 * @property {number | null} paper
 * @property {number | null} ours
 * @property {number | null} error
 * @property {string} errorOver
 * @property {number} seeds
 * @property {number} digits
 * @property {string} scale
 * @property {string} convention
 * @property {keyof typeof VERDICTS} verdict
 * @property {string} because
 * @property {string} command
 */

/** @param {number | null} value @param {number} digits A figure as it is printed, with a true minus sign; null: a dash. */
export function figure(value, digits) {
  return value === null
    ? '–'
    : value
        .toFixed(digits)
        .replace(/^-(?=.*[1-9])/, '−')
        .replace(/^-/, '');
}

/** @param {Row} row "−13.6 ± 0.9" */
function measured({ ours, error, digits }) {
  if (ours === null) return '–';
  return error === null ? figure(ours, digits) : `${figure(ours, digits)} ± ${figure(error, digits)}`;
}

/** @param {{ rows: readonly Row[] }} data The table as Markdown, and the commands below it. */
export function resultsTable({ rows }) {
  const commands = [...new Set(rows.map(({ command }) => command).filter((command) => command !== ''))];
  /** @param {string} command */
  const letter = (command) => (command === '' ? '' : String(commands.indexOf(command) + 1));
  const lines = rows.map((row) => {
    const cells = [
      row.source,
      row.subject,
      row.measure,
      figure(row.paper, row.digits),
      measured(row),
      row.seeds === 0 ? '–' : `${row.seeds}${row.errorOver === 'tasks' ? ' (± over tasks)' : ''}`,
      [row.scale, row.convention].filter((text) => text !== '').join('; '),
      [VERDICTS[row.verdict], row.because]
        .filter((text) => text !== '')
        .join('. ')
        .replace(/\.\s*$/, ''),
      letter(row.command),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return [
    '| from | who | measure | paper | ours | seeds | scale; convention | verdict | command |',
    '|---|---|---|---|---|---|---|---|---|',
    ...lines,
    '',
    '```sh',
    ...commands.map((command, at) => `# ${at + 1}\n${command}`),
    '```',
  ].join('\n');
}

/** @param {string} page @param {string} table The page with what is between its markers replaced. */
export function withTable(page, table) {
  const from = page.indexOf(BEGIN);
  const to = page.indexOf(END);
  if (from < 0 || to < from) {
    throw new Error(
      `docs/results.md has no place for the table. Got no pair of markers; expected “${BEGIN}” and “${END}”. Put them back.`,
    );
  }
  return `${page.slice(0, from + BEGIN.length)}\n\n${table}\n\n${page.slice(to)}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const page = readFileSync(PAGE, 'utf8');
  const data = readFileSync(DATA, 'utf8');
  const next = withTable(page, resultsTable(JSON.parse(data)));
  if (process.argv.includes('--check')) {
    if (next !== page || readFileSync(COPY, 'utf8') !== data) {
      console.error('docs/results.md is out of date: run “node scripts/results-table.mjs”.');
      process.exitCode = 1;
    }
  } else {
    writeFileSync(PAGE, next);
    writeFileSync(COPY, data);
  }
}
