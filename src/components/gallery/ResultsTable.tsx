// The reproduction table: published numbers beside ours, from docs/results-data.json. Rows of one figure stand together.
import { useState } from 'react';
import { GALLERY_WORDS } from '../../words/gallery.ts';
import { formatFigure, formatMeasured, RESULTS, type ResultRow } from './results.ts';

const WORDS = GALLERY_WORDS;

/** Shows the command that measured the row; pressing copies it. */
function CommandButton({ row }: { readonly row: ResultRow }) {
  const [outcome, setOutcome] = useState<'idle' | 'copied' | 'refused'>('idle');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(row.command);
      setOutcome('copied');
    } catch {
      // Copying can be denied; the words themselves can still be selected.
      setOutcome('refused');
    }
  };
  return (
    <>
      <button
        type="button"
        className="plain small"
        title={row.command}
        aria-label={`${WORDS.copy}: ${row.command}`}
        onClick={copy}
      >
        <span aria-live="polite">{outcome === 'copied' ? WORDS.copied : WORDS.command}</span>
      </button>
      {outcome === 'refused' ? (
        <p className="command-text">
          {WORDS.refused} <code>{row.command}</code>
        </p>
      ) : null}
    </>
  );
}

function Row({ row, first }: { readonly row: ResultRow; readonly first: boolean }) {
  return (
    <tr className={first ? 'first' : undefined}>
      <th scope="row">
        {/* Each row says where it is from, to who hears the table; the eye reads it once. */}
        <span className={first ? undefined : 'visually-hidden'}>{row.source}</span>
      </th>
      <td>
        <a href={row.link}>
          {row.subject}, {row.measure}
        </a>
      </td>
      <td className="number">{formatFigure(row.paper, row.digits)}</td>
      <td className="number ours">{formatMeasured(row)}</td>
      <td className="number">
        {row.seeds === 0 ? '–' : row.seeds}
        {row.seeds > 0 && row.errorOver === 'tasks' && row.error !== null ? (
          <span className="quiet"> {WORDS.overTasks}</span>
        ) : null}
      </td>
      <td className="quiet">{[row.scale, row.convention].filter((text) => text !== '').join('; ')}</td>
      <td>
        <span className="verdict">{WORDS.verdicts[row.verdict]}</span>
        {row.because === '' ? null : <span className="quiet because">{row.because}</span>}
      </td>
      <td>{row.command === '' ? null : <CommandButton row={row} />}</td>
    </tr>
  );
}

export function ResultsTable() {
  const { columns } = WORDS;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="results-scroll" aria-label={WORDS.tableItself} tabIndex={0}>
      <table className="results">
        <thead>
          <tr>
            <th scope="col">{columns.source}</th>
            <th scope="col">{columns.measure}</th>
            <th scope="col" className="number">
              {columns.paper}
            </th>
            <th scope="col" className="number">
              {columns.ours}
            </th>
            <th scope="col" className="number">
              {columns.seeds}
            </th>
            <th scope="col">{columns.scale}</th>
            <th scope="col">{columns.verdict}</th>
            <th scope="col">{columns.command}</th>
          </tr>
        </thead>
        <tbody>
          {RESULTS.map((row, at) => (
            <Row key={row.id} row={row} first={RESULTS[at - 1]?.source !== row.source} />
          ))}
        </tbody>
      </table>
    </section>
  );
}
