// Opens what came from outside: a run or story file that was dropped or chosen, and the trained state of a link. Whatever
// it is, it is measured before it is read, checked before it is used, and answered in words.
import type { Experiment } from '../experiment/experiment.ts';
import { describeRunFileIssue, MAX_RUN_FILE_BYTES, readRunFile } from '../records/run-file.ts';
import { isStoryText, readStory } from '../stories/story-file.ts';
import { groupThousands } from '../words/numbers.ts';
import { shareWords as words } from '../words/share.ts';
import { tellOwn } from './own-stories.ts';
import type { PageState } from './page-store.ts';
import { openRecord } from './run-records.ts';
import { readTrained } from './share-trained.ts';
import type { AppStores } from './store-types.ts';

/** As much of a File as is read. */
export type ReadableFile = Pick<File, 'name' | 'size' | 'type' | 'text'>;

/** What is asked of the page's stores. */
export interface OpenStores extends Pick<AppStores, 'openRun' | 'notify'> {
  readonly current: { getState(): { readonly experiment: Experiment } };
  readonly page: { getState(): Pick<PageState, 'set'> };
}

const MEGABYTE = 1024 * 1024;
/** JSON, or what systems call files of which they know nothing. */
const READ_TYPES = ['application/json', 'text/json', 'text/plain', 'application/octet-stream', ''];
const MAX_NAME = 60;

/** Opens a run file in its lab or tells a story file from its first step, or says why not. True when it is open. Never rejects. */
export async function openFile(stores: OpenStores, file: ReadableFile): Promise<boolean> {
  const name = visibleName(file.name);
  const refuse = (title: string, details: readonly string[] = []): false => {
    stores.notify({ kind: 'run-file', tone: 'problem', title, details, actions: [] });
    return false;
  };
  if (file.type.startsWith('image/')) return refuse(words.isImage(name));
  if (!READ_TYPES.includes(file.type)) return refuse(words.otherType(name, visibleName(file.type)));
  if (file.size > MAX_RUN_FILE_BYTES) {
    const limit = String(MAX_RUN_FILE_BYTES / MEGABYTE);
    return refuse(words.tooLarge(name, (file.size / MEGABYTE).toFixed(1), limit));
  }
  let text: string;
  try {
    text = await file.text();
  } catch (error) {
    return refuse(words.unreadable(name, error instanceof Error ? error.message : String(error)));
  }
  if (isStoryText(text)) {
    const reading = readStory(text);
    if (reading.kind === 'refused') return refuse(words.refusedFile(name), reading.problems);
    await tellOwn(stores.page.getState(), reading.story, 0);
    return true;
  }
  const reading = readRunFile(text);
  if (reading.kind === 'refused')
    return refuse(words.refusedFile(name), [describeRunFileIssue(reading.issue)]);
  // From the gallery too: a run is shown in its lab.
  stores.page.getState().set({ page: 'lab' });
  openRecord(stores, reading.record);
  stores.notify({ kind: 'run-file', tone: 'info', title: words.opened(name), details: [], actions: [] });
  return true;
}

/** Shows the trained state that the link of the experiment on the screen brought with it, paused; or says why not. */
export function openTrainedState(stores: OpenStores, text: string): void {
  const { experiment } = stores.current.getState();
  const read = readTrained(text, experiment);
  if (read.kind === 'refused') {
    stores.notify({ kind: 'link', tone: 'problem', title: read.message, details: [], actions: [] });
    return;
  }
  openRecord(stores, read.record);
  const iteration = groupThousands(read.record.iterations);
  stores.notify({
    kind: 'trained',
    tone: 'info',
    title: words.trainedOpened(iteration),
    details: [],
    actions: [],
  });
}

/** A file's name comes from a stranger: short, and without characters that rearrange what is around them. */
export function visibleName(name: string): string {
  const plain = name.replace(/\p{C}/gu, '�');
  return plain.length <= MAX_NAME ? plain : `${plain.slice(0, MAX_NAME - 1)}…`;
}
