// The run on the screen as a file, and another one from a file.
import { useState } from 'react';
import { encodeRunRecord } from '../../records/run-file.ts';
import { recordOf } from '../../state/run-records.ts';
import { openFile } from '../../state/share-open.ts';
import { shareWords as words } from '../../words/share.ts';
import { download } from '../chart/chart-files.ts';
import { FilePicker } from '../FilePicker.tsx';
import { useCurrent, useStores } from '../stores-context.ts';

export function RunSection({ onOpened }: { onOpened(): void }) {
  const stores = useStores();
  const keepsRuns = useCurrent((state) => state.experiment.lab !== 'reaching');
  const [said, setSaid] = useState<string | null>(null);
  const save = () => {
    try {
      const record = recordOf(stores);
      if (record === null) {
        setSaid(words.runNotYet);
        return;
      }
      const { experiment, iterations } = record;
      const text = encodeRunRecord(record, { precision: 'f16' });
      const name = `metascope-${experiment.preset}-seed-${experiment.seed}-at-${iterations}.json`;
      download(new Blob([text], { type: 'application/json' }), name);
      setSaid(null);
    } catch (error) {
      setSaid(words.runFailed(error instanceof Error ? error.message : String(error)));
    }
  };
  const open = async (file: File) => {
    await openFile(stores, file);
    // Opened or refused, a notice on the page says so.
    onOpened();
  };
  return (
    <section aria-labelledby="share-run">
      <h3 id="share-run">{words.runHead}</h3>
      <p>{words.runAbout}</p>
      <p className="share-buttons">
        <button type="button" disabled={!keepsRuns} onClick={save}>
          {words.saveRun}
        </button>
        <FilePicker label={words.openRun} onPick={(file) => void open(file)} />
      </p>
      {keepsRuns ? null : <p className="quiet">{words.runNothing}</p>}
      <p role="status">{said}</p>
    </section>
  );
}
