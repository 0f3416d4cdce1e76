// The pinned runs of the lab on the screen, with what concerns all of them: pinning, files, what was deleted, and what the
// browser refused.
import { useRef, useState } from 'react';
import { useStore } from 'zustand';
import { describeRunFileIssue, MAX_RUN_FILE_BYTES, readRunFile } from '../../records/run-file.ts';
import { draftOfRecord } from '../../state/pins-draft.ts';
import { encodePins, MAX_FILE_BYTES, readPins } from '../../state/pins-file.ts';
import { COMPARE_WORDS as words } from '../../words/compare.ts';
import { download } from '../chart/chart-files.ts';
import { useCurrent } from '../stores-context.ts';
import { PinRow } from './PinRow.tsx';
import type { PinnedRuns } from './pinned-runs.ts';

type Pins = PinnedRuns['pins'];

/** Takes in a file of pinned runs, or a run file; what came of it in a sentence, or null where `problem` says it. */
async function importFile(file: File, pins: Pins): Promise<string | null> {
  const { say, add, keep } = pins.getState();
  if (file.size > MAX_FILE_BYTES) {
    say(words.tooLong(file.size, MAX_FILE_BYTES));
    return null;
  }
  let text: string;
  try {
    text = await file.text();
  } catch {
    say(words.unreadableFile);
    return null;
  }
  if (/"format"\s*:\s*"metascope-run"/.test(text.slice(0, 300)) && file.size <= MAX_RUN_FILE_BYTES) {
    const reading = readRunFile(text);
    if (reading.kind === 'read') return words.imported(keep(draftOfRecord(reading.record)) === null ? 0 : 1);
    say(describeRunFileIssue(reading.issue));
    return null;
  }
  const reading = readPins(text);
  if (reading.kind === 'read') return words.imported(add(reading.pins));
  say(reading.message);
  return null;
}

function ImportButton({ pins, onDone }: { readonly pins: Pins; onDone(said: string): void }) {
  const field = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        type="button"
        className="plain"
        title={words.importTitle}
        onClick={() => field.current?.click()}
      >
        {words.import}
      </button>
      <input
        ref={field}
        type="file"
        accept=".json,application/json"
        hidden
        aria-label={words.importTitle}
        onChange={async (event) => {
          const { target } = event;
          const [file] = target.files ?? [];
          if (file !== undefined) onDone((await importFile(file, pins)) ?? '');
          // The same file again must be a change.
          target.value = '';
        }}
      />
    </>
  );
}

export function PinList({ runs }: { readonly runs: PinnedRuns }) {
  const { pins } = runs;
  const lab = useCurrent((state) => state.experiment.lab);
  const { pins: all, status, keeps, deleted, problem } = useStore(pins);
  const [said, setSaid] = useState('');
  const here = all.filter(({ experiment }) => experiment.lab === lab);
  const elsewhere = all.length - here.length;
  const exportAll = () =>
    download(new Blob([encodePins(all)], { type: 'application/json' }), 'metascope-pinned-runs.json');
  return (
    <section className="pins" aria-label={words.listTitle}>
      <div className="pin-actions">
        <button type="button" className="pin-now" title={words.pinTitle} onClick={() => void runs.pinShown()}>
          {words.pin}
        </button>
        <ImportButton pins={pins} onDone={setSaid} />
        {all.length > 0 ? (
          <button type="button" className="plain" onClick={exportAll}>
            {words.exportAll}
          </button>
        ) : null}
      </div>
      {problem === null ? null : (
        <p className="compare-problem" role="alert">
          <span>{problem}</span>
          <button type="button" className="plain" onClick={() => pins.getState().dismissProblem()}>
            {words.dismiss}
          </button>
        </p>
      )}
      {keeps === 'visit' && status === 'ready' ? <p className="quiet">{words.keepsVisit}</p> : null}
      {status === 'reading' ? <p className="quiet">{words.reading}</p> : null}
      {here.length === 0 && status === 'ready' ? <p className="quiet">{words.empty}</p> : null}
      <ul className="pin-rows">
        {here.map((pin) => (
          <PinRow key={pin.id} pin={pin} pins={pins} />
        ))}
      </ul>
      <p role="status" className="pin-said">
        {deleted === null ? (
          said
        ) : (
          <>
            {words.removed(deleted.title)}{' '}
            <button type="button" className="plain" onClick={() => pins.getState().putBack()}>
              {words.undo}
            </button>
          </>
        )}
      </p>
      {elsewhere > 0 ? <p className="quiet">{words.otherLabs(elsewhere)}</p> : null}
    </section>
  );
}
