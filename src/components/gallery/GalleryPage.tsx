// The front page: every figure and table of the papers with a drawing of our own run, its claim and our number; then the
// reproduction table; then what there is to read. A chunk of its own: a link to a lab never fetches it.
import { lazy, Suspense } from 'react';
import { inLab } from '../../experiment/labs.ts';
import { GALLERY_WORDS, type VerdictId } from '../../words/gallery.ts';
import { AfterPaint } from '../shell/AfterPaint.tsx';
import { NoticeStrip } from '../shell/NoticeStrip.tsx';
import { GALLERY, type GalleryEntry } from './gallery-entries.ts';
import { RunsPart } from './RunsPart.tsx';
import { formatFigure, formatMeasured, RESULTS, type ResultRow, resultOf } from './results.ts';
import { StoriesPart } from './StoriesPart.tsx';
import { ThumbnailView } from './ThumbnailView.tsx';
import '../styles/gallery.css';

/** Far below the first screen, and more than all of that. */
const ResultsTable = lazy(async () => ({ default: (await import('./ResultsTable.tsx')).ResultsTable }));

const WORDS = GALLERY_WORDS;
const GOOD: readonly VerdictId[] = ['reproduced', 'claim-holds'];

function paperText({ paper, digits, verdict }: ResultRow): string {
  if (paper === null) return '';
  const figure = formatFigure(paper, digits);
  return verdict === 'not-comparable' ? WORDS.paperElsewhere(figure) : WORDS.paper(figure);
}

function Measured({ entry }: { readonly entry: GalleryEntry }) {
  const { measured } = WORDS.entries[entry.id];
  if (entry.result === null) return <span className="quiet">{measured}</span>;
  const row = resultOf(entry.result);
  return (
    <>
      {row.ours === null ? (
        <b>{WORDS.verdicts[row.verdict]}</b>
      ) : (
        <b className="number">
          {measured} {formatMeasured(row)}
        </b>
      )}{' '}
      <span className="quiet number">{paperText(row)}</span>
    </>
  );
}

function Entry({ entry }: { readonly entry: GalleryEntry }) {
  const { figure, claim, seen } = WORDS.entries[entry.id];
  const lab = inLab(entry.lab, ({ title }) => title);
  return (
    <article className="gallery-entry" data-entry={entry.id}>
      <header>
        <h3>{figure}</h3> <span className="quiet">{lab}</span>
      </header>
      <ThumbnailView name={figure} summary={seen} load={entry.thumbnail} />
      <p className="claim">{claim}</p>
      <footer>
        <p>
          <Measured entry={entry} />
        </p>
        <a className="button" href={entry.link}>
          {WORDS.open} <span className="visually-hidden">{WORDS.openWhat(figure, lab)}</span>
        </a>
      </footer>
    </article>
  );
}

/** What stands below the figures. Not links: the address' fragment is the page's own. */
const PARTS = [
  { id: 'stories-title', name: WORDS.stories },
  { id: 'results-title', name: WORDS.table },
  { id: 'runs-title', name: WORDS.runs },
  { id: 'guide-title', name: WORDS.guide },
] as const;

function Contents() {
  const goTo = (id: string) => {
    const heading = document.getElementById(id);
    heading?.scrollIntoView({ block: 'start' });
    heading?.focus({ preventScroll: true });
  };
  return (
    <nav className="gallery-contents" aria-label={WORDS.contents}>
      {PARTS.map(({ id, name }) => (
        <button key={id} type="button" className="plain" onClick={() => goTo(id)}>
          {name}
        </button>
      ))}
    </nav>
  );
}

/** Far below the first screen. */
function Parts() {
  return (
    <>
      <StoriesPart />
      <section className="gallery-part" aria-labelledby="results-title">
        <h2 id="results-title" tabIndex={-1}>
          {WORDS.table}
        </h2>
        <p className="quiet">{WORDS.tableAbout}</p>
        <Suspense fallback={null}>
          <ResultsTable />
        </Suspense>
      </section>
      <RunsPart />
      <section className="gallery-part" aria-labelledby="guide-title">
        <h2 id="guide-title" tabIndex={-1}>
          {WORDS.guide}
        </h2>
        <p className="quiet">{WORDS.guideAbout}</p>
        <p className="gallery-links">
          <a href="./guide/index.html">{WORDS.guide}</a>
          <a href="./guide/glossary.html">{WORDS.glossary}</a>
        </p>
      </section>
    </>
  );
}

export function GalleryPage() {
  const good = RESULTS.filter(({ verdict }) => GOOD.includes(verdict)).length;
  const measured = RESULTS.filter(({ ours }) => ours !== null).length;
  return (
    <main className="gallery" id="stage" tabIndex={-1}>
      <header className="gallery-head">
        <h2 className="gallery-title">{WORDS.title}</h2>
        <p className="quiet">{WORDS.tally(GALLERY.length, measured, good)}</p>
        <Contents />
      </header>
      <section className="gallery-grid" aria-label={WORDS.figures}>
        {GALLERY.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </section>
      <AfterPaint>
        <Parts />
      </AfterPaint>
      <NoticeStrip />
    </main>
  );
}
