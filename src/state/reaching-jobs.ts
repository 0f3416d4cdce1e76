// What the Reaching lab asks its worker: the outcome over many seeds, by itself a moment after every change, and phase
// maps, when asked. Progress goes to the store, answers to the data.
import type { StoreApi } from 'zustand/vanilla';
import type { ReachingExperiment } from '../experiment/reaching-experiment.ts';
import { slotsOf } from '../experiment/reaching-relevance.ts';
import { phaseAxis } from '../training/phase-axes.ts';
import type { PhaseMapRequest } from '../training/reaching-outcome.ts';
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
  /** Whether seeds are about to be computed by themselves. */
  isPending(): boolean;
}

/** More draws than this take some ten seconds, and wait until asked for. */
const MAX_UNASKED_SLOTS = 20_000_000;
/** Cells along each side of a map, and seeds per cell. */
const MAP_STEPS = 20;
const MAP_SEEDS = 20;

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
  }

  function computePhaseMap(): void {
    dropMap();
    const { experiment } = data;
    const { phaseX, phaseY } = store.getState();
    const request: PhaseMapRequest = {
      x: phaseAxis(phaseX, experiment, MAP_STEPS),
      y: phaseAxis(phaseY, experiment, MAP_STEPS),
      seeds: MAP_SEEDS,
    };
    data.setPhaseMap({ experiment, request, cells: [] });
    const total = request.x.values.length * request.y.values.length;
    store.setState({ phaseJob: { kind: 'running', finished: 0, total, secondsLeft: null } });
    mapHandle = client.phaseMap(experiment, request, (news) => hearMap(news, experiment, request));
  }

  function hearMap(news: PhaseMapNews, experiment: ReachingExperiment, request: PhaseMapRequest): void {
    if (news.type === 'failed') {
      store.setState({ phaseJob: { kind: 'failed', message: news.message } });
      return;
    }
    const { cells, finished, total, secondsLeft } = news;
    data.setPhaseMap({ experiment, request, cells: [...(data.phaseMap?.cells ?? []), ...cells] });
    const isDone = finished === total;
    store.setState({
      phaseJob: isDone ? { kind: 'done' } : { kind: 'running', finished, total, secondsLeft },
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
    isPending: () => pending !== undefined,
  };
}
