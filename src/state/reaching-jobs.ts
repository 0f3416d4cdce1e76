// What the Reaching lab asks its worker: the outcome over many seeds and a coarse overview of the phase map, by itself a
// moment after every change, and full phase maps, when asked. Progress goes to the store, answers to the data.
import type { StoreApi } from 'zustand/vanilla';
import type { ReachingExperiment } from '../experiment/reaching-experiment.ts';
import { slotsOf } from '../experiment/reaching-relevance.ts';
import { phaseAxis } from '../training/phase-axes.ts';
import type { PhaseCell, PhaseMapRequest } from '../training/reaching-outcome.ts';
import type {
  PhaseMapNews,
  ReachingClient,
  ReachingJobHandle,
  SeedsNews,
} from '../worker/reaching-client.ts';
import type { WritableReachingData } from './reaching-data.ts';
import type { ReachingState } from './reaching-types.ts';

export interface ReachingJobsOptions {
  readonly client: ReachingClient;
  readonly data: WritableReachingData;
  readonly store: StoreApi<ReachingState>;
  /** How long the experiment must rest before seeds are computed again. */
  readonly delayMs: number;
}

export interface ReachingJobs {
  /** The experiment has changed (or the lab is shown): the outcome is out of date, a map under way is cancelled. */
  follow(): void;
  /** The lab is left: nothing goes on. */
  stop(): void;
  computeSeeds(): void;
  cancelSeeds(): void;
  computePhaseMap(): void;
  cancelPhaseMap(): void;
  /** Other axes were chosen: an overview shows them at once; a map that was asked for stays until the next is. */
  followAxes(): void;
  /** Whether seeds are about to be computed by themselves. */
  isPending(): boolean;
}

/** More draws than this take some ten seconds, and wait until asked for. */
const MAX_UNASKED_SLOTS = 20_000_000;
/** Cells along each side of a map, and seeds per cell. */
const MAP_STEPS = 20;
const MAP_SEEDS = 20;
/** The same of the overview, which takes about a second. */
const OVERVIEW_STEPS = 10;
const OVERVIEW_SEEDS = 8;

/** Whether a map was made unasked, to give a first idea. */
export function isOverview({ seeds }: PhaseMapRequest): boolean {
  return seeds < MAP_SEEDS;
}

export function createReachingJobs({ client, data, store, delayMs }: ReachingJobsOptions): ReachingJobs {
  let pending: ReturnType<typeof setTimeout> | undefined;
  let seedsHandle: ReachingJobHandle | null = null;
  let mapHandle: ReachingJobHandle | null = null;

  const dropSeeds = (): void => {
    clearTimeout(pending);
    pending = undefined;
    seedsHandle?.cancel();
    seedsHandle = null;
  };
  const dropMap = (): void => {
    mapHandle?.cancel();
    mapHandle = null;
  };

  function computeSeeds(): void {
    dropSeeds();
    const total = store.getState().seeds;
    store.setState({ seedsJob: { kind: 'running', finished: 0, total, secondsLeft: null } });
    seedsHandle = client.seeds(data.experiment, total, (news) => hearSeeds(news, total));
  }

  function hearSeeds(news: SeedsNews, total: number): void {
    if (news.type === 'failed') {
      store.setState({ seedsJob: { kind: 'failed', message: news.message } });
      return;
    }
    data.setOutcome(news.outcome);
    const { seeds: finished } = news.outcome;
    store.setState({
      seedsJob: news.done ? { kind: 'done' } : { kind: 'running', finished, total, secondsLeft: null },
    });
    if (news.done) computeOverview();
  }

  function requestOf(steps: number, seeds: number): PhaseMapRequest {
    const { phaseX, phaseY } = store.getState();
    return {
      x: phaseAxis(phaseX, data.experiment, steps),
      y: phaseAxis(phaseY, data.experiment, steps),
      seeds,
    };
  }

  /** Unless a map that was asked for is there or on its way, or it would take long. */
  function computeOverview(): void {
    const { experiment, phaseMap } = data;
    const takesLong = slotsOf(experiment) * OVERVIEW_STEPS ** 2 * OVERVIEW_SEEDS > MAX_UNASKED_SLOTS;
    if (takesLong || (phaseMap !== null && !isOverview(phaseMap.request))) return;
    const { phaseX, phaseY } = store.getState();
    const isOfAxes = phaseMap?.request.x.field === phaseX && phaseMap.request.y.field === phaseY;
    if (isOfAxes && !data.isPhaseMapStale) return;
    dropMap();
    const request = requestOf(OVERVIEW_STEPS, OVERVIEW_SEEDS);
    // Collected before it is shown: the overview of the settings before stays until then.
    const cells: PhaseCell[] = [];
    askForMap(experiment, request, (news) => {
      cells.push(...news.cells);
      if (news.finished === news.total) data.setPhaseMap({ experiment, request, cells });
    });
  }

  function askForMap(
    experiment: ReachingExperiment,
    request: PhaseMapRequest,
    hear: (news: PhaseMapNews & { readonly type: 'cells' }) => void,
  ): void {
    mapHandle = client.phaseMap(experiment, request, (news) => {
      if (news.type === 'failed') store.setState({ phaseJob: { kind: 'failed', message: news.message } });
      else hear(news);
    });
  }

  function computePhaseMap(): void {
    dropMap();
    const { experiment } = data;
    const request = requestOf(MAP_STEPS, MAP_SEEDS);
    data.setPhaseMap({ experiment, request, cells: [] });
    const total = request.x.values.length * request.y.values.length;
    store.setState({ phaseJob: { kind: 'running', finished: 0, total, secondsLeft: null } });
    askForMap(experiment, request, ({ cells, finished, total: all, secondsLeft }) => {
      data.setPhaseMap({ experiment, request, cells: [...(data.phaseMap?.cells ?? []), ...cells] });
      const isDone = finished === all;
      store.setState({
        phaseJob: isDone ? { kind: 'done' } : { kind: 'running', finished, total: all, secondsLeft },
      });
    });
  }

  function cancelPhaseMap(): void {
    dropMap();
    if (store.getState().phaseJob.kind === 'running') store.setState({ phaseJob: { kind: 'cancelled' } });
  }

  return {
    follow() {
      dropSeeds();
      const takesLong = slotsOf(data.experiment) * store.getState().seeds > MAX_UNASKED_SLOTS;
      store.setState({ seedsJob: { kind: takesLong ? 'waiting' : 'idle' } });
      if (!takesLong) pending = setTimeout(computeSeeds, delayMs);
      // Cells of the map under way remain right where only its axes' settings changed.
      if (data.isPhaseMapStale) cancelPhaseMap();
      // An overview under way is of the settings before.
      if (store.getState().phaseJob.kind !== 'running') dropMap();
    },
    stop() {
      dropSeeds();
      store.setState({ seedsJob: { kind: 'idle' } });
      cancelPhaseMap();
      client.dispose();
    },
    computeSeeds,
    cancelSeeds() {
      dropSeeds();
      store.setState({ seedsJob: { kind: 'cancelled' } });
    },
    computePhaseMap,
    cancelPhaseMap,
    followAxes: computeOverview,
    isPending: () => pending !== undefined,
  };
}
