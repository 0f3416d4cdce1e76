// Over the Cheetah lab's stage, always: which run is shown, and the way to the recorded ones.
import { lazy, Suspense } from 'react';
import { useStore } from 'zustand';
import { recordedWords as words } from '../../words/recorded.ts';
import { useLabRun } from '../lab-context.ts';
import { Popover } from '../Popover.tsx';
import { RecordedLine } from '../shell/RecordedLine.tsx';
import { useStores } from '../stores-context.ts';

const RecordedRuns = lazy(async () => ({ default: (await import('./RecordedRuns.tsx')).RecordedRuns }));

function LiveWords() {
  const { recordings } = useStores();
  const isLoading = useStore(recordings, (state) => state.isLoading);
  const isIdle = useLabRun((state) => state.status.kind === 'idle');
  if (isLoading) {
    return (
      <p className="recorded-about quiet late" role="status">
        {words.loading}
      </p>
    );
  }
  return <p className="recorded-about quiet">{isIdle ? null : words.live}</p>;
}

export function CheetahRecordedLine() {
  return (
    <RecordedLine otherwise={<LiveWords />}>
      <Popover popoverClassName="recorded-runs" label={words.list} title={words.listTitle}>
        {(close) => (
          <Suspense fallback={<p role="status">{words.listLoading}</p>}>
            <RecordedRuns onOpened={close} />
          </Suspense>
        )}
      </Popover>
    </RecordedLine>
  );
}
