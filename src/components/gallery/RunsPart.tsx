// The recorded runs that come with the page. Their list is fetched when it is asked for; a run opens in its lab.
import { useStore } from 'zustand';
import { groupThousands } from '../../charts/scales.ts';
import { inLab } from '../../experiment/labs.ts';
import type { RunIndexEntry } from '../../records/run-index.ts';
import { GALLERY_WORDS } from '../../words/gallery.ts';
import { recordedWords } from '../../words/recorded.ts';
import { AlgorithmName } from '../AlgorithmName.tsx';
import { usePage, useStores } from '../stores-context.ts';

function RunRow({ entry, onOpen }: { readonly entry: RunIndexEntry; onOpen(): void }) {
  return (
    <li>
      <button type="button" className="plain run-title" onClick={onOpen}>
        {entry.title}
      </button>{' '}
      <span className="quiet">{inLab(entry.lab, ({ title }) => title)}</span>
      <p className="number">
        {entry.algorithms.map((id) => (
          <AlgorithmName key={id} id={id} />
        ))}{' '}
        <span className="quiet">
          {GALLERY_WORDS.runLength(groupThousands(entry.iterations), recordedWords.size(entry.bytes))}
        </span>
      </p>
    </li>
  );
}

export function RunsPart() {
  const { recordings } = useStores();
  const turnTo = usePage((page) => page.set);
  const list = useStore(recordings, (state) => state.list);
  const error = useStore(recordings, (state) => state.listError);
  const open = (entry: RunIndexEntry) => {
    void recordings.getState().open([entry.file]);
    turnTo({ page: 'lab' });
  };
  return (
    <section className="gallery-part" aria-labelledby="runs-title">
      <h2 id="runs-title" tabIndex={-1}>
        {GALLERY_WORDS.runs}
      </h2>
      <details
        onToggle={(event) => {
          if (event.currentTarget.open) void recordings.getState().loadList();
        }}
      >
        <summary className="quiet">{GALLERY_WORDS.runsAbout}</summary>
        {error !== null ? <p role="alert">✕ {error}</p> : null}
        {list === null && error === null ? <p className="quiet">{recordedWords.listLoading}</p> : null}
        <ul className="gallery-list">
          {list?.map((entry) => (
            <RunRow key={entry.file} entry={entry} onOpen={() => open(entry)} />
          ))}
        </ul>
      </details>
    </section>
  );
}
