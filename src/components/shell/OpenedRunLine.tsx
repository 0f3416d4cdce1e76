// The line over the stage of labs that mostly train what they show: fetched when a kept run is opened, and there only then.
import { lazy, Suspense } from 'react';
import { useLabRun } from '../lab-context.ts';

const RecordedLine = lazy(async () => ({ default: (await import('./RecordedLine.tsx')).RecordedLine }));

export function OpenedRunLine() {
  const isOpened = useLabRun((state) => state.opened !== null);
  if (!isOpened) return null;
  return (
    <Suspense fallback={null}>
      <RecordedLine />
    </Suspense>
  );
}
