// Files dragged over the page: dropped ones are opened as runs, never by the browser in place of the page. Here is only
// what must be there before anything is dragged; the words and the reading come with the first file.
import { lazy, Suspense, useEffect, useState } from 'react';
import { useStores } from '../stores-context.ts';

const DropOverlay = lazy(async () => ({ default: (await import('./DropOverlay.tsx')).DropOverlay }));

/** Text and links that are dragged, into a field perhaps, are the browser's affair. */
function hasFiles({ dataTransfer }: DragEvent): boolean {
  return dataTransfer?.types.includes('Files') ?? false;
}

export function FileDrop() {
  const stores = useStores();
  const [isOver, setIsOver] = useState(false);
  useEffect(() => {
    const over = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      // Without this the browser would open the file itself, and the page would be gone.
      event.preventDefault();
      setIsOver(true);
    };
    const leave = (event: DragEvent) => {
      // Leaving an element for another one names that; leaving the window names none.
      if (event.relatedTarget === null) setIsOver(false);
    };
    const drop = (event: DragEvent) => {
      setIsOver(false);
      if (!hasFiles(event) || event.dataTransfer === null) return;
      event.preventDefault();
      // What was dropped can be read only while the event lasts.
      const dropped = [...event.dataTransfer.items].map((item) => ({
        file: item.getAsFile(),
        isFolder: item.webkitGetAsEntry()?.isDirectory ?? false,
      }));
      void import('../../state/share-dropped.ts').then(({ openDropped }) => openDropped(stores, dropped));
    };
    addEventListener('dragenter', over);
    addEventListener('dragover', over);
    addEventListener('dragleave', leave);
    addEventListener('drop', drop);
    return () => {
      removeEventListener('dragenter', over);
      removeEventListener('dragover', over);
      removeEventListener('dragleave', leave);
      removeEventListener('drop', drop);
    };
  }, [stores]);
  return isOver ? (
    <Suspense fallback={null}>
      <DropOverlay />
    </Suspense>
  ) : null;
}
