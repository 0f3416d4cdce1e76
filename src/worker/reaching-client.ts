// The page's end of the Reaching worker's protocol: starts workers when they are first needed, drops stale messages,
// and spreads a phase map over several workers. Knows no stores; tells whoever asked.
import type { ReachingExperiment } from '../experiment/reaching-experiment.ts';
import type { PhaseCell, PhaseMapRequest, SeedsOutcome } from '../training/reaching-outcome.ts';
import { workerWords } from '../words/workers.ts';
import type { FromReachingWorker, ToReachingWorker } from './reaching-protocol.ts';

/** As much of a Worker as is needed; tests put a MessagePort behind it. */
export interface ReachingWorkerHandle {
  post(message: ToReachingWorker): void;
  /** Called with every message, and once more with null when the worker's script cannot run or has died. */
  listen(onMessage: (message: FromReachingWorker | null) => void): void;
  terminate(): void;
}

/** What was asked for cannot be computed; nothing more comes. Plain words for the user. */
export interface ReachingFailure {
  readonly type: 'failed';
  readonly message: string;
}

export type SeedsNews =
  | ReachingFailure
  /** Of the seeds so far; `done`: of all of them, and nothing more comes. */
  | { readonly type: 'outcome'; readonly outcome: SeedsOutcome; readonly done: boolean };

export type PhaseMapNews =
  | ReachingFailure
  /** Cells since the last news. Nothing more comes once `finished` equals `total`. */
  | {
      readonly type: 'cells';
      readonly cells: readonly PhaseCell[];
      readonly finished: number;
      readonly total: number;
      readonly secondsLeft: number;
    };

export interface ReachingJobHandle {
  /** From now on no news comes; the worker stops within about 20 ms. */
  cancel(): void;
}

export interface ReachingClient {
  /** Outcomes of `seeds` seeds from the experiment's own on. Cancels the seeds asked for before. */
  seeds(experiment: ReachingExperiment, seeds: number, onNews: (news: SeedsNews) => void): ReachingJobHandle;
  /** The cells of a phase map, coarse first. Cancels the map asked for before. */
  phaseMap(
    experiment: ReachingExperiment,
    request: PhaseMapRequest,
    onNews: (news: PhaseMapNews) => void,
  ): ReachingJobHandle;
  /** Ends the workers; asking again starts new ones. */
  dispose(): void;
}

export interface ReachingClientOptions {
  readonly createWorker: () => ReachingWorkerHandle;
  /** Workers that share a phase map; 1 unless told. Its cells are the same for any number. */
  readonly mapWorkers?: number;
}

interface Job {
  readonly id: number;
  readonly kind: 'seeds' | 'phase-map';
  /** Indices of the workers that have a part in it. */
  readonly workers: readonly number[];
  receive(message: FromReachingWorker, worker: number): void;
  fail(message: string): void;
}

export function createReachingClient(options: ReachingClientOptions): ReachingClient {
  const { createWorker, mapWorkers = 1 } = options;
  const workers: ReachingWorkerHandle[] = [];
  let jobs: Job[] = [];
  let lastId = 0;

  const dispose = (): void => {
    for (const worker of workers.splice(0)) worker.terminate();
    jobs = [];
  };

  const receive = (message: FromReachingWorker | null, worker: number): void => {
    if (message === null) {
      // Whatever the others computed is half of something: all start afresh with the next call.
      const ended = jobs;
      dispose();
      for (const job of ended) job.fail(workerWords.reachingCrashed);
      return;
    }
    if (message.type === 'ready') return;
    const job = jobs.find(({ id }) => id === message.jobId);
    if (job === undefined) return;
    if (message.type === 'failed') {
      cancel(job);
      job.fail(message.message);
    } else {
      job.receive(message, worker);
    }
  };

  const workerAt = (index: number): ReachingWorkerHandle => {
    const running = workers[index];
    if (running !== undefined) return running;
    const opened = createWorker();
    workers[index] = opened;
    opened.listen((message) => {
      // A terminated worker may have messages on their way.
      if (workers[index] === opened) receive(message, index);
    });
    return opened;
  };

  const forget = (job: Job): boolean => {
    const isCurrent = jobs.includes(job);
    jobs = jobs.filter((other) => other !== job);
    return isCurrent;
  };

  const cancel = (job: Job): void => {
    if (!forget(job)) return;
    for (const index of job.workers) workers[index]?.post({ type: 'cancel', jobId: job.id });
  };

  const begin = (job: Job): ReachingJobHandle => {
    for (const other of jobs.filter(({ kind }) => kind === job.kind)) cancel(other);
    jobs.push(job);
    return { cancel: () => cancel(job) };
  };

  return {
    seeds(experiment, seeds, onNews) {
      lastId += 1;
      const job: Job = {
        id: lastId,
        kind: 'seeds',
        workers: [0],
        receive(message) {
          if (message.type !== 'seeds') return;
          const { outcome, done } = message;
          if (done) forget(job);
          onNews({ type: 'outcome', outcome, done });
        },
        fail: (message) => onNews({ type: 'failed', message }),
      };
      const handle = begin(job);
      workerAt(0).post({ type: 'seeds', jobId: job.id, experiment, seeds });
      return handle;
    },
    phaseMap(experiment, request, onNews) {
      lastId += 1;
      const parts = splitRows(request, mapWorkers);
      const total = request.x.values.length * request.y.values.length;
      const progress = parts.map(() => ({ finished: 0, secondsLeft: 0 }));
      const job: Job = {
        id: lastId,
        kind: 'phase-map',
        workers: [...parts.keys()],
        receive(message, part) {
          if (message.type !== 'phase-cells') return;
          progress[part] = message;
          const finished = progress.reduce((sum, each) => sum + each.finished, 0);
          const secondsLeft = Math.max(...progress.map((each) => each.secondsLeft));
          const cells = message.cells.map((cell) => ({ ...cell, row: cell.row * parts.length + part }));
          if (finished === total) forget(job);
          onNews({ type: 'cells', cells, finished, total, secondsLeft });
        },
        fail: (message) => onNews({ type: 'failed', message }),
      };
      const handle = begin(job);
      for (const [index, part] of parts.entries()) {
        workerAt(index).post({ type: 'phase-map', jobId: job.id, experiment, request: part });
      }
      return handle;
    },
    dispose,
  };
}

/** Part i of n has rows i, i + n, i + 2n, …: every part is as coarse and as dear as the others. */
function splitRows(request: PhaseMapRequest, count: number): PhaseMapRequest[] {
  const parts = Math.max(1, Math.min(count, request.y.values.length));
  return Array.from({ length: parts }, (_, part) => ({
    ...request,
    y: { ...request.y, values: request.y.values.filter((_, row) => row % parts === part) },
  }));
}
