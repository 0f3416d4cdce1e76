// Runs one experiment from several seeds, one after the other, in a worker of their own beside the shown run, which is
// paused meanwhile. What they came to is seeds-summary.ts's affair; here is the running: progress, cancelling, failures.
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Experiment, LabId } from '../experiment/experiment.ts';
import type { RunRecord } from '../records/run-record.ts';
import {
  type CheetahKinds,
  type NavigationKinds,
  POLICY_METRIC_COLUMNS,
} from '../training/policy-session-events.ts';
import { METRIC_COLUMNS, type SinusoidKinds } from '../training/session-events.ts';
import type { MetricColumnOf } from '../training/session-kinds.ts';
import { noticeWords } from '../words/notices.ts';
import type { EngineChoice } from '../worker/protocol.ts';
import type { ReachingClient, ReachingJobHandle } from '../worker/reaching-client.ts';
import type { ClientEventOf, TrainingClientOf } from '../worker/training-client.ts';
import { NoticeList } from './notices.ts';
import { draftOfRecord, titleOf } from './pins-draft.ts';
import type { PinDraft } from './pins-types.ts';
import { createRunData, type WritableRunData } from './run-data.ts';
import { createRunHearing } from './run-hearing.ts';
import { recordOf } from './run-records.ts';
import type { TrainedKinds } from './run-store.ts';
import { finalsOfReaching, SeedsCollector, seedAt } from './seeds-summary.ts';
import type { AppStores, RunState } from './store-types.ts';

export const FEWEST_SEEDS = 2;
export const MOST_SEEDS = 100;
/** So many errors in a row mean that the next seed would fail as well. */
const MAX_FAILURES = 3;

export interface SeedsProgress {
  readonly lab: LabId;
  readonly asked: number;
  readonly finished: number;
  readonly failed: number;
  /** Runs that diverged, over all seeds. */
  readonly diverged: number;
}

export type SeedsJob =
  | { readonly kind: 'idle' }
  | (SeedsProgress & {
      readonly kind: 'running';
      /** 0 … 1, over all seeds. */
      readonly share: number;
      /** null: not known yet. */
      readonly secondsLeft: number | null;
    })
  /** wasCancelled: before all were through; what had finished is kept, if anything had. */
  | (SeedsProgress & { readonly kind: 'done'; readonly wasCancelled: boolean })
  | (SeedsProgress & { readonly kind: 'failed'; readonly message: string });

export interface SeedsState {
  readonly job: SeedsJob;
  /** The experiment on the screen from its seed and the N − 1 after it; nothing while a job runs. */
  start(seeds: number): void;
  cancel(): void;
}

/** Workers of their own, each made when first needed. */
export interface SeedsClients {
  sinusoid(): TrainingClientOf<SinusoidKinds>;
  navigation(): TrainingClientOf<NavigationKinds>;
  cheetah(): TrainingClientOf<CheetahKinds>;
  reaching(): ReachingClient;
}

export interface SeedsOptions {
  readonly stores: AppStores;
  readonly clients: SeedsClients;
  /** Milliseconds. */
  readonly clock: () => number;
  /** What the seeds came to, ready to be kept; not called when none finished. */
  readonly onDone: (draft: PinDraft) => void;
}

/** A seed under way. */
interface Training {
  stop(): void;
}

interface TrainingNews {
  progress(share: number): void;
  done(record: RunRecord): void;
  failed(message: string): void;
}

export function createSeeds({ stores, clients, clock, onDone }: SeedsOptions): StoreApi<SeedsState> {
  let training: Training | null = null;
  let finish: ((wasCancelled: boolean) => void) | null = null;
  const store = createStore<SeedsState>()(() => ({
    job: { kind: 'idle' },
    start(seeds) {
      if (store.getState().job.kind === 'running') return;
      const asked = Math.min(Math.max(Math.round(seeds), FEWEST_SEEDS), MOST_SEEDS);
      const { experiment } = stores.current.getState();
      const resume = pauseShown(stores, experiment.lab);
      const end = () => {
        training?.stop();
        training = null;
        finish = null;
        resume();
      };
      if (experiment.lab === 'reaching') startReaching(experiment, asked, end);
      else startTraining(experiment, asked, end);
    },
    cancel: () => finish?.(true),
  }));

  function startTraining(
    experiment: Exclude<Experiment, { lab: 'reaching' }>,
    asked: number,
    end: () => void,
  ): void {
    const collector = new SeedsCollector(asked);
    const trainer = createTrainer(stores, clients, experiment.lab);
    const startedAt = clock();
    let inARow = 0;
    const counts = (): SeedsProgress => ({
      lab: experiment.lab,
      asked,
      finished: collector.finished,
      failed: collector.failed,
      diverged: collector.diverged,
    });
    const tell = (share: number): void => {
      const all = (collector.finished + collector.failed + share) / asked;
      const elapsed = (clock() - startedAt) / 1000;
      // The first moments are loading: an estimate from them would frighten.
      const secondsLeft = all > 0.01 && elapsed > 1 ? (elapsed * (1 - all)) / all : null;
      store.setState({ job: { kind: 'running', ...counts(), share: all, secondsLeft } });
    };
    const keep = (): void => {
      const summary = collector.summary();
      if (summary === null || collector.first === null) return;
      const draft = draftOfRecord(collector.first, summary);
      onDone({ ...draft, title: titleOf(experiment) });
    };
    finish = (wasCancelled) => {
      end();
      store.setState({ job: { kind: 'done', ...counts(), wasCancelled } });
      keep();
    };
    const next = (): void => {
      const offset = collector.finished + collector.failed;
      if (offset >= asked) {
        finish?.(false);
        return;
      }
      tell(0);
      training = trainer(seedAt(experiment.seed, offset), {
        progress: tell,
        done(record) {
          inARow = 0;
          collector.add(record);
          next();
        },
        failed(message) {
          inARow += 1;
          collector.failed += 1;
          if (inARow < MAX_FAILURES) {
            next();
            return;
          }
          end();
          store.setState({ job: { kind: 'failed', ...counts(), message } });
          keep();
        },
      });
    };
    next();
  }

  function startReaching(experiment: Experiment & { lab: 'reaching' }, asked: number, end: () => void): void {
    const client = clients.reaching();
    let draft: PinDraft | null = null;
    const progress = { lab: 'reaching', asked, finished: 0, failed: 0, diverged: 0 } as const;
    let finished = 0;
    store.setState({ job: { kind: 'running', ...progress, share: 0, secondsLeft: null } });
    let handle: ReachingJobHandle | null = null;
    training = { stop: () => handle?.cancel() };
    finish = (wasCancelled) => {
      end();
      store.setState({ job: { kind: 'done', ...progress, finished, wasCancelled } });
      if (draft !== null) onDone(draft);
    };
    handle = client.seeds(experiment, asked, (news) => {
      if (news.type === 'failed') {
        end();
        store.setState({ job: { kind: 'failed', ...progress, finished, message: news.message } });
        return;
      }
      finished = news.outcome.seeds;
      const seeds = finalsOfReaching(experiment, news.outcome, asked);
      draft = { title: titleOf(experiment), experiment, record: null, seeds };
      store.setState({
        job: { kind: 'running', ...progress, finished, share: finished / asked, secondsLeft: null },
      });
      if (news.done) finish?.(false);
    });
  }
  return store;
}

/** Pauses the shown run; the result lets it go on again where nothing else has been asked of it since. */
function pauseShown(stores: AppStores, lab: LabId): () => void {
  if (lab === 'reaching') return () => {};
  const { run } = lab === 'sinusoid' ? stores : stores[lab];
  const { kind } = run.getState().status;
  if (kind !== 'running' && kind !== 'starting') return () => {};
  const { runId } = run.getState();
  run.getState().pause();
  return () => {
    const state = run.getState();
    if (state.status.kind === 'paused' && state.runId === runId) state.play();
  };
}

/** Trains the lab's experiment from a seed. */
function createTrainer(
  stores: AppStores,
  clients: SeedsClients,
  lab: Exclude<LabId, 'reaching'>,
): (seed: number, news: TrainingNews) => Training {
  if (lab === 'sinusoid') {
    const { experiment } = stores.experiment.getState();
    return trainerOf<SinusoidKinds>({
      experiment,
      shown: stores.run,
      client: clients.sinusoid(),
      columns: METRIC_COLUMNS,
      record(seeded, run, data) {
        const store = fixed(stores.experiment.getState(), seeded);
        return recordOf({ ...stores, current: currentOf(stores, seeded), experiment: store, run, data });
      },
    });
  }
  if (lab === 'navigation') {
    const { navigation } = stores;
    const { experiment } = navigation.experiment.getState();
    return trainerOf<NavigationKinds>({
      experiment,
      shown: navigation.run,
      client: clients.navigation(),
      columns: POLICY_METRIC_COLUMNS,
      record(seeded, run, data) {
        const of = { ...navigation, experiment: fixed(navigation.experiment.getState(), seeded), run, data };
        return recordOf({ ...stores, current: currentOf(stores, seeded), navigation: of });
      },
    });
  }
  const { cheetah } = stores;
  const { experiment } = cheetah.experiment.getState();
  return trainerOf<CheetahKinds>({
    experiment,
    shown: cheetah.run,
    client: clients.cheetah(),
    columns: POLICY_METRIC_COLUMNS,
    record(seeded, run, data) {
      const of = { ...cheetah, experiment: fixed(cheetah.experiment.getState(), seeded), run, data };
      return recordOf({ ...stores, current: currentOf(stores, seeded), cheetah: of });
    },
  });
}

/** A store of an experiment that does not change. */
function fixed<S extends { readonly experiment: Experiment }>(
  state: S,
  experiment: S['experiment'],
): StoreApi<S> {
  return createStore<S>()(() => ({ ...state, experiment }));
}

function currentOf({ current }: AppStores, experiment: Experiment): AppStores['current'] {
  return fixed(current.getState(), experiment);
}

interface Trainer<K extends TrainedKinds> {
  readonly experiment: K['experiment'];
  readonly shown: StoreApi<RunState>;
  readonly client: TrainingClientOf<K>;
  readonly columns: readonly MetricColumnOf<K>[];
  record(experiment: K['experiment'], run: StoreApi<RunState>, data: WritableRunData<K>): RunRecord | null;
}

function trainerOf<K extends TrainedKinds>(
  options: Trainer<K>,
): (seed: number, news: TrainingNews) => Training {
  const { client, columns, shown, record } = options;
  // The shown run's engine: the same numbers bit for bit, and no race for every seed.
  let engine: EngineChoice = shown.getState().engine ?? shown.getState().engineChoice;
  return (seed, news) => {
    const experiment = { ...options.experiment, seed };
    const data = createRunData<K>(columns, () => {});
    const run = createStore<RunState>()(() => ({
      ...shown.getState(),
      status: { kind: 'starting', step: 'loading' },
      engine: null,
      divergences: [],
      opened: null,
    }));
    const hearing = createRunHearing<K>({
      store: run,
      data,
      notices: new NoticeList(),
      clock: () => performance.now(),
      divergenceRemedy: '',
      onTests: () => {},
      retry: () => {},
      goBackTo: () => {},
    });
    client.setSpeed(null);
    client.listen((event: ClientEventOf<K>) => {
      hearing.hear(event);
      if (event.type === 'started') engine = event.engine;
      else if (event.type === 'heartbeat') news.progress(event.iteration / experiment.metaIterations);
      // After a divergence or a stall the worker waits to be told: what diverged stands still, the others go on.
      else if (event.type === 'state' && event.state === 'paused') client.play();
      else if (event.type === 'gave-up') news.failed(event.message);
      else if (event.type === 'state' && event.state === 'finished') {
        const kept = record(experiment, run, data);
        if (kept === null) news.failed(noticeWords.noCheckpoint);
        else news.done(kept);
      }
    });
    client.start({ experiment, engine, resume: null, paused: false });
    return { stop: () => client.stop() };
  };
}
