// The recorded runs that come with the page: their list, and opening them. Fetching and reading is recordings-fetch.ts's
// affair, which is loaded when it is first needed.
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Experiment } from '../experiment/experiment.ts';
import type { RunIndexEntry } from '../records/run-index.ts';
import { MAX_RUN_INDEX_BYTES } from '../records/run-index-size.ts';
import type { FileSource } from './file-source.ts';
import type { NewNotice } from './notices.ts';
import type { AppStores } from './store-types.ts';

const INDEX = 'runs/index.json';

export interface RecordingsState {
  /** Whether a run is being fetched. */
  readonly isLoading: boolean;
  /** null: not fetched yet. */
  readonly list: readonly RunIndexEntry[] | null;
  /** What kept the list from being fetched; null: nothing. */
  readonly listError: string | null;
  /** Fetches the list, once. Never rejects. */
  loadList(): Promise<void>;
  /** Shows a run in its lab; several of one experiment side by side. Says so where that fails. Never rejects. */
  open(files: readonly string[]): Promise<void>;
}

export interface RecordingsControl {
  readonly store: StoreApi<RecordingsState>;
  /**
   * Shows the first run listed for `lab`. `isWanted` is asked when it is there: the user may have begun something else.
   * `instead`: what to do where it cannot be opened, after which the user is told. Never rejects.
   */
  openFirst(lab: RunIndexEntry['lab'], isWanted: () => boolean, instead: () => void): Promise<void>;
  /** Shows the runs that a link names (PageOptions.runs), if they are what `fits`; the rest as openFirst. */
  openNamed(names: readonly string[], wanting: Wanting): Promise<void>;
}

export interface Wanting {
  readonly isWanted: () => boolean;
  readonly instead: () => void;
  /** Throws with a sentence where that experiment's run is not what the link means. */
  readonly fits: (experiment: Experiment) => void;
}

export interface RecordingsOptions {
  /** null: none come with the page. */
  readonly files: FileSource | null;
  readonly notify: (notice: NewNotice) => void;
  /** Runs are now on the screen: their names, as PageOptions has them. */
  readonly onShown: (names: readonly string[]) => void;
  /** Known only when all stores are made. */
  readonly stores: () => Pick<AppStores, 'openRun'>;
}

export function createRecordings({ files, notify, onShown, stores }: RecordingsOptions): RecordingsControl {
  const store = createStore<RecordingsState>()(() => ({
    isLoading: false,
    list: null,
    listError: null,
    loadList,
    open: (names) => showing(() => Promise.resolve(names), ALWAYS),
  }));
  /** Grows with every run that is asked for: the last one is shown. */
  let asked = 0;

  async function needList(): Promise<readonly RunIndexEntry[]> {
    const { list } = store.getState();
    if (list !== null) return list;
    // At once: one comes while the other does.
    const [{ listRuns }, text] = await Promise.all([
      import('./recordings-fetch.ts'),
      files?.read(INDEX, MAX_RUN_INDEX_BYTES) ?? null,
    ]);
    const fetched = listRuns(text);
    store.setState({ list: fetched, listError: null });
    return fetched;
  }

  async function loadList(): Promise<void> {
    await needList().catch((error: unknown) => store.setState({ listError: messageOf(error) }));
  }

  async function showing(
    names: () => Promise<readonly string[]>,
    { isWanted, instead, fits }: Wanting,
  ): Promise<void> {
    asked += 1;
    const turn = asked;
    const isTurn = () => turn === asked;
    store.setState({ isLoading: true });
    let wanted: readonly string[] = [];
    try {
      const [{ fetchRecord, openRecord }, found] = await Promise.all([
        import('./recordings-fetch.ts'),
        names(),
      ]);
      wanted = found;
      const record = await fetchRecord(files, wanted);
      if (!isTurn() || !isWanted()) return;
      fits(record.experiment);
      openRecord(stores(), record);
      onShown(wanted.map((file) => file.replace(/\.json$/, '')));
    } catch (error) {
      if (!isTurn()) return;
      const isFirst = isWanted();
      if (isFirst) instead();
      await tell(messageOf(error), wanted);
    } finally {
      if (isTurn()) store.setState({ isLoading: false });
    }
  }

  async function tell(message: string, wanted: readonly string[]): Promise<void> {
    const { recordedWords } = await import('../words/recorded.ts');
    const again = wanted.length > 0 ? () => void store.getState().open(wanted) : null;
    notify({
      kind: 'recording',
      tone: 'problem',
      title: recordedWords.failed,
      details: [message],
      actions: again === null ? [] : [{ label: recordedWords.tryAgain, run: again }],
    });
  }

  return {
    store,
    openFirst: (lab, isWanted, instead) =>
      showing(
        async () => {
          const first = (await needList()).find((entry) => entry.lab === lab);
          // Of none, recordings-fetch.ts says that there is none.
          return first === undefined ? [] : [first.file];
        },
        { ...ALWAYS, isWanted, instead },
      ),
    openNamed: (names, wanting) =>
      showing(() => Promise.resolve(names.map((name) => `${name}.json`)), wanting),
  };
}

/** What the user has just asked for themselves. */
const ALWAYS: Wanting = { isWanted: () => true, instead: () => {}, fits: () => {} };

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
