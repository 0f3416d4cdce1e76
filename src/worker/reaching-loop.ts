// The Reaching worker's end of the protocol, without the worker: takes messages, and works at one job of each kind in
// slices short enough that a cancel is heard in time. What the jobs compute is in training/.
import { PhaseMap } from '../training/phase-map.ts';
import type { SlicedJob } from '../training/reaching-race.ts';
import { ReachingSeeds } from '../training/reaching-seeds.ts';
import type { FromReachingWorker, ToReachingWorker } from './reaching-protocol.ts';
import { transferList } from './transfer-list.ts';

export interface ReachingLoop {
  /** Delivers one message from the page. Never throws; what goes wrong is answered by 'failed'. */
  receive(message: ToReachingWorker): void;
}

export interface ReachingLoopOptions {
  readonly post: (message: FromReachingWorker, transfer: ArrayBuffer[]) => void;
  /** Milliseconds. */
  readonly clock: () => number;
  /** Resolves in a later macrotask, so that messages get in. */
  readonly yieldMacrotask: () => Promise<void>;
}

type Kind = 'seeds' | 'phase-map';
type StartMessage = ToReachingWorker & { readonly type: Kind };

interface Job {
  readonly id: number;
  readonly slices: SlicedJob;
  /** Tells the page what is new, if it is time to; always when the job is done. */
  report(isDone: boolean): void;
}

/** Work between two looks at the messages: with the slice that runs over it well within 20 ms. */
const BURST_MS = 8;
const CELLS_MS = 100;
/** Share of the seeds between two outcomes. */
const SEEDS_SHARE = 0.1;
/** The shorter kind goes first: outcomes stay quick while a map fills. */
const ORDER: readonly Kind[] = ['seeds', 'phase-map'];

export function createReachingLoop(options: ReachingLoopOptions): ReachingLoop {
  const { post, clock, yieldMacrotask } = options;
  const jobs = new Map<Kind, Job>();
  let isWorking = false;

  const fail = (jobId: number, error: unknown): void => {
    post({ type: 'failed', jobId, message: error instanceof Error ? error.message : String(error) }, []);
  };

  /** Some slices of one job; forgets the job when it is done or has failed. */
  const burst = (kind: Kind, job: Job): void => {
    const until = clock() + BURST_MS;
    try {
      let goesOn = true;
      while (goesOn && clock() < until) goesOn = job.slices.advance();
      if (!goesOn) jobs.delete(kind);
      job.report(!goesOn);
    } catch (error) {
      jobs.delete(kind);
      fail(job.id, error);
    }
  };

  const work = async (): Promise<void> => {
    if (isWorking) return;
    isWorking = true;
    for (;;) {
      await yieldMacrotask();
      const kind = ORDER.find((candidate) => jobs.has(candidate));
      if (kind === undefined) break;
      burst(kind, jobs.get(kind)!);
    }
    isWorking = false;
  };

  return {
    receive(message) {
      if (message.type === 'cancel') {
        for (const [kind, job] of jobs) if (job.id === message.jobId) jobs.delete(kind);
        return;
      }
      jobs.delete(message.type);
      try {
        jobs.set(message.type, createJob(message, post, clock));
        void work();
      } catch (error) {
        fail(message.jobId, error);
      }
    },
  };
}

function createJob(message: StartMessage, post: ReachingLoopOptions['post'], clock: () => number): Job {
  switch (message.type) {
    case 'seeds':
      return createSeedsJob(message, post);
    case 'phase-map':
      return createPhaseMapJob(message, post, clock);
    default:
      return message satisfies never;
  }
}

function createSeedsJob(
  { jobId, experiment, seeds }: StartMessage & { readonly type: 'seeds' },
  post: ReachingLoopOptions['post'],
): Job {
  const slices = new ReachingSeeds(experiment, seeds);
  let nextReport = Math.ceil(SEEDS_SHARE * seeds);
  return {
    id: jobId,
    slices,
    report(done) {
      if (!done && slices.finished < nextReport) return;
      nextReport = slices.finished + Math.ceil(SEEDS_SHARE * seeds);
      const outcome = slices.outcome();
      post({ type: 'seeds', jobId, outcome, done }, transferList(outcome));
    },
  };
}

function createPhaseMapJob(
  { jobId, experiment, request }: StartMessage & { readonly type: 'phase-map' },
  post: ReachingLoopOptions['post'],
  clock: () => number,
): Job {
  const slices = new PhaseMap(experiment, request);
  const startedAt = clock();
  let reportedAt = startedAt;
  return {
    id: jobId,
    slices,
    report(isDone) {
      const now = clock();
      if (!isDone && (now - reportedAt < CELLS_MS || slices.finished === 0)) return;
      reportedAt = now;
      const { finished, total } = slices;
      const cells = slices.takeCells();
      const secondsLeft = isDone ? 0 : ((now - startedAt) / 1000) * ((total - finished) / finished);
      post({ type: 'phase-cells', jobId, cells, finished, total, secondsLeft }, []);
    },
  };
}
