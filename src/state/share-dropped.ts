// What was dropped on the page: one run or story file is opened; anything else is answered.
import { shareWords as words } from '../words/share.ts';
import { type OpenStores, openFile, type ReadableFile, visibleName } from './share-open.ts';

export interface DroppedItem {
  /** null: not a file (dragged text). */
  readonly file: ReadableFile | null;
  readonly isFolder: boolean;
}

/** Opens what was dropped or says why not. True when it is open. */
export async function openDropped(stores: OpenStores, items: readonly DroppedItem[]): Promise<boolean> {
  const refuse = (title: string): false => {
    stores.notify({ kind: 'run-file', tone: 'problem', title, details: [], actions: [] });
    return false;
  };
  const files = items.filter(({ file, isFolder }) => file !== null || isFolder);
  const [first, ...others] = files;
  if (first === undefined) return refuse(words.notAFile);
  if (others.length > 0) return refuse(words.notOneFile(files.length));
  if (first.isFolder) return refuse(words.isFolder(visibleName(first.file?.name ?? '')));
  return first.file === null ? refuse(words.notAFile) : openFile(stores, first.file);
}
