// Makes the page's stores and joins them: link → experiment → training client → run data. Everything that belongs to
// the browser comes in through the options, so that tests run it in Node.
import type { StoreApi } from 'zustand/vanilla';
import type { CheetahExperiment } from '../experiment/cheetah-experiment.ts';
import { encodePlainLink } from '../experiment/codec.ts';
import type { Experiment, LabId } from '../experiment/experiment.ts';
import { changesPastIn } from '../experiment/field-changes.ts';
import {
  CHEETAH_LAB,
  DEFAULT_LAB_ID,
  defaultExperiment,
  findPreset,
  SINUSOID_LAB,
} from '../experiment/labs.ts';
import { NO_OPTIONS } from '../experiment/page-options.ts';
import { METRIC_COLUMNS, type SinusoidKinds } from '../training/session-events.ts';
import { noticeWords } from '../words/notices.ts';
import type { ReachingClient } from '../worker/reaching-client.ts';
import type { TrainingClient } from '../worker/training-client.ts';
import { type CheetahClient, createCheetahStores } from './cheetah-stores.ts';
import { createExperimentStores, type ExperimentStores } from './experiment-store.ts';
import type { FileSource } from './file-source.ts';
import { type AddressBar, type OpenedLink, openLink, openPlainLink, syncLink } from './link-sync.ts';
import { createNavigationStores, type NavigationClient } from './navigation-stores.ts';
import { NoticeList } from './notices.ts';
import { createPageStore, isCovered, linkedOptions, type PageState } from './page-store.ts';
import { createReachingData } from './reaching-data.ts';
import { createReachingStore, type FrameSource } from './reaching-store.ts';
import { createRecordings, type Wanting } from './recordings.ts';
import { createRunData } from './run-data.ts';
import { createRunStore } from './run-store.ts';
import { forgetLostScrub } from './scrub.ts';
import type { AppStores } from './store-types.ts';
import { createViewStore, type SmallStorage } from './view-store.ts';

export interface AppStoresOptions {
  readonly client: TrainingClient;
  readonly reachingClient: ReachingClient;
  readonly navigationClient: NavigationClient;
  readonly cheetahClient: CheetahClient;
  readonly frames: FrameSource;
  readonly address: AddressBar;
  /** null where the browser grants none. */
  readonly storage: SmallStorage | null;
  /** What lies beside the page; none: no recorded runs come with it. */
  readonly files?: FileSource | null;
  /** Whether the page stands in a frame of a course page; not unless told. */
  readonly embed?: boolean;
  /** Milliseconds. */
  readonly clock: () => number;
  readonly restartDelayMs?: number;
  readonly writeDelayMs?: number;
}

export interface CreatedStores {
  readonly stores: AppStores;
  /** Resolves when the page's link has been read and its experiment begun. */
  readonly opened: Promise<void>;
  /** Whether a changed setting is about to restart training. */
  isRestartPending(): boolean;
  /** Whether the Reaching lab is about to compute many seeds by itself. */
  isReachingPending(): boolean;
}

/** What the composition asks of a lab's stores. */
interface LabControl {
  /** Nothing goes on by itself until the user says so: the link that is being opened must wait. */
  hold(): void;
  /** The lab is shown, the first time or again. `waits`: what would start anew stays idle. */
  enter(waits?: boolean): void;
  /** Another lab is shown: nothing trains or moves unseen. */
  leave(): void;
}

/** Creates the stores and begins with what the link says (the default preset without one). */
export function createAppStores(options: AppStoresOptions): CreatedStores {
  const { client, address, storage, clock } = options;
  const fragment = address.read();
  const link = openPlainLink(fragment);
  const embed = options.embed ?? false;
  // A frame of a course page always shows a lab.
  const placed = embed ? { embed, page: 'lab' as const } : { embed };
  const page = createPageStore({ ...(link?.options ?? NO_OPTIONS), ...placed });
  const experiments = createExperimentStores(
    link?.experiment ?? defaultExperiment(DEFAULT_LAB_ID),
    () => page.getState().options,
  );
  const { current, sinusoid } = experiments;
  const notices = new NoticeList();
  const data = createRunData<SinusoidKinds>(METRIC_COLUMNS, () => client.credit());
  const { restartDelayMs = 200, writeDelayMs = 300 } = options;
  const run = createRunStore<SinusoidKinds>({
    lab: SINUSOID_LAB,
    divergenceRemedy: noticeWords.remedies.sinusoid,
    experiments: sinusoid,
    client,
    data,
    notices,
    clock,
    restartDelayMs,
  });
  const view = createViewStore(sinusoid, storage);
  const reachingData = createReachingData(experiments.reaching.getState().experiment);
  const reaching = createReachingStore({
    experiments: experiments.reaching,
    client: options.reachingClient,
    data: reachingData,
    frames: options.frames,
  });
  const shared = { notices, clock, restartDelayMs };
  const navigation = createNavigationStores({
    experiments: experiments.navigation,
    client: options.navigationClient,
    ...shared,
  });
  const cheetah = createCheetahStores({
    experiments: experiments.cheetah,
    client: options.cheetahClient,
    ...shared,
  });
  const recordings = createRecordings({
    files: options.files ?? null,
    notify: (notice) => notices.add(notice),
    onShown: (runs) => page.getState().set({ runs }),
    stores: () => stores,
  });
  forgetNamedRuns(cheetah.stores, page, recordings.store);
  const labs: Readonly<Record<LabId, LabControl>> = {
    sinusoid: run,
    reaching,
    navigation,
    cheetah: { ...cheetah, enter: enterCheetah },
  };
  /** Whether the newest link of the Cheetah lab names its experiment down to the seed: that, then, is trained. */
  let isCheetahNamed = false;
  const noteLink = ({
    experiment,
    options: { page: shown },
    namesSeed,
  }: Pick<OpenedLink, 'experiment' | 'options' | 'namesSeed'>): void => {
    if (shown === 'lab' && experiment.lab === 'cheetah') isCheetahNamed = namesSeed;
  };
  /** Opens with a recorded run where the user has not asked for anything else: what it shows takes minutes to train. */
  function enterCheetah(waits = false): void {
    const { experiment } = experiments.cheetah.getState();
    const isFirst = () =>
      cheetah.isUntouched() && experiments.cheetah.getState().experiment === experiment && !isAway('cheetah');
    // Nor where the user is to guess first what training comes to.
    const isFree = !waits && !isCovered(page.getState());
    const { runs } = page.getState().options;
    const opensRecorded =
      isFree &&
      (options.files ?? null) !== null &&
      cheetah.isUntouched() &&
      (runs.length > 0 || (!isCheetahNamed && isDefault(experiment)));
    cheetah.enter(waits || opensRecorded);
    if (!opensRecorded) return;
    if (runs.length > 0)
      void openNamed(runs, experiment, { isWanted: isFirst, instead: () => cheetah.enter() });
    else void recordings.openFirst('cheetah', isFirst, () => cheetah.stores.run.getState().play());
  }
  /** Opens what a link names; what else the link says must be the run's own, but for what alters no training. */
  async function openNamed(
    names: readonly string[],
    experiment: CheetahExperiment,
    wanting: Pick<Wanting, 'isWanted' | 'instead'>,
  ): Promise<void> {
    let isShown = false;
    const saysNothing = isPreset(experiment);
    await recordings.openNamed(names, {
      ...wanting,
      fits(recorded) {
        const isOwn = recorded.lab === 'cheetah' && !changesPastIn(CHEETAH_LAB, recorded, experiment);
        if (!isOwn && !saysNothing) throw new Error(noticeWords.otherSettings);
        isShown = isOwn;
      },
    });
    if (isShown && !saysNothing) experiments.cheetah.getState().replace(experiment);
  }
  const isAway = (lab: LabId) =>
    current.getState().experiment.lab !== lab || page.getState().options.page === 'gallery';
  forgetLostScrub(data, view);

  let isOpened = false;
  const begin = (link: OpenedLink): void => {
    if (link.notice !== null) notices.add(link.notice);
    noteLink(link);
    const { opensPaused, trained } = link;
    followPlace({ current, page, labs, waits: opensPaused, waitsForRun: trained !== null });
    isOpened = true;
    syncLink({
      address,
      experiments: current,
      page,
      notify: (notice) => notices.add(notice),
      hold: (held) => labs[held].hold(),
      onRead: noteLink,
      openTrained: (text, experiment) => void openTrained(text, experiment),
      openRuns: (names, experiment, opensPaused) => {
        if (experiment.lab !== 'cheetah') return;
        const { run: cheetahRun } = cheetah.stores;
        void openNamed(names, experiment, {
          isWanted: () => current.getState().experiment === experiment,
          instead: () => (opensPaused ? undefined : cheetahRun.getState().play()),
        });
      },
      writeDelayMs,
    });
  };
  const openTrained = async (text: string, experiment: Experiment): Promise<void> => {
    const { openTrainedState } = await import('./share-open.ts');
    // Another link may have been opened meanwhile, or a setting changed.
    if (current.getState().experiment === experiment) openTrainedState(stores, text);
  };
  const openCompressed = async (): Promise<OpenedLink> => {
    const later = await openLink(fragment);
    page.setState({ options: { ...later.options, ...placed } });
    current.setState({ experiment: later.experiment });
    begin(later);
    return later;
  };
  if (link !== null) begin(link);
  const openedLink = link === null ? openCompressed() : Promise.resolve(link);
  const writeLink = (): void => {
    // Until then the address bar holds an experiment that the stores do not know.
    if (isOpened)
      address.write(encodePlainLink(current.getState().experiment, linkedOptions(page.getState())));
  };
  const stores: AppStores = {
    current,
    page,
    experiment: sinusoid,
    run: run.store,
    view,
    data,
    reachingExperiment: experiments.reaching,
    reaching: reaching.store,
    reachingData,
    navigation: navigation.stores,
    cheetah: cheetah.stores,
    openRun: {
      sinusoid(kept) {
        view.setState({ scrubIteration: null, scrubPlaying: false });
        run.open(kept);
      },
      navigation: navigation.open,
      cheetah(kept) {
        page.getState().set({ runs: [] });
        cheetah.open(kept);
      },
    },
    recordings: recordings.store,
    notify: (notice) => notices.add(notice),
    writeLink,
  };
  const opened = openedLink.then(({ trained, experiment }) =>
    trained === null ? undefined : openTrained(trained, experiment),
  );
  const isRestartPending = () =>
    recordings.store.getState().isLoading || [run, navigation, cheetah].some((lab) => lab.isRestartPending());
  return { stores, opened, isRestartPending, isReachingPending: reaching.isPending };
}

/** The lab's default preset, untouched. */
function isDefault(experiment: Experiment): boolean {
  return encodePlainLink(experiment) === encodePlainLink(defaultExperiment(experiment.lab));
}

/** Its preset, untouched. */
function isPreset(experiment: Experiment): boolean {
  const preset = findPreset(experiment.preset);
  return preset !== undefined && encodePlainLink(experiment) === encodePlainLink(preset.experiment);
}

/** The address names recorded runs only while they are what is shown, or what is to be. */
function forgetNamedRuns(
  { run, experiment }: Pick<AppStores['cheetah'], 'run' | 'experiment'>,
  page: StoreApi<PageState>,
  recordings: AppStores['recordings'],
): void {
  run.subscribe(({ opened }, before) => {
    if (opened === null && before.opened !== null) page.getState().set({ runs: [] });
  });
  experiment.subscribe((now, before) => {
    const isOther = now.experiment !== before.experiment;
    const { isLoading } = recordings.getState();
    if (isOther && !isLoading && run.getState().opened === null) page.getState().set({ runs: [] });
  });
}

interface Places {
  readonly current: ExperimentStores['current'];
  readonly page: StoreApi<PageState>;
  readonly labs: Readonly<Record<LabId, LabControl>>;
  /** Nothing goes on by itself in the first lab shown. */
  readonly waits: boolean;
  /** Nor is it got ready for: a kept run is about to be opened there. */
  readonly waitsForRun: boolean;
}

/** Enters the lab that is on the screen and leaves it when it no longer is; the gallery is none. */
function followPlace({ current, page, labs, waits, waitsForRun }: Places): void {
  let shown: LabId | null = null;
  const follow = (): void => {
    const { lab } = current.getState().experiment;
    const next = page.getState().options.page === 'gallery' ? null : lab;
    if (next === shown) return;
    const before = shown;
    // First of all: what follows is heard of here again.
    shown = next;
    if (before !== null) labs[before].leave();
    // A guess belongs to the lab that it was made in.
    if (before !== null && next !== null) page.getState().forget();
    if (next === null) return;
    // A story that is about to be told says itself what begins.
    const { story } = page.getState().options;
    if (isCovered(page.getState()) || story?.starts) labs[next].hold();
    labs[next].enter(waitsForRun && before === null);
  };
  if (waits) labs[current.getState().experiment.lab].hold();
  follow();
  current.subscribe(follow);
  page.subscribe(follow);
}
