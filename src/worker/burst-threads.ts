// Bursts on several threads: the runs of a comparison do not touch each other, so helpers train some of them while
// this thread trains the rest. The numbers are those of one thread, bit for bit, since every run goes through the same
// code on the same kind of engine. What fails elsewhere is done again here.
import { algorithmById } from '../algorithms/algorithms.ts';
import type { AlgorithmId } from '../experiment/experiment.ts';
import type { EngineId } from '../gradients/meta-gradient.ts';
import { type BurstJob, type BurstRunner, type RunBurst, trainBurst } from '../training/burst.ts';
import type { Run } from '../training/run.ts';
import { type HelperHandle, type HelperThread, openHelper } from './helper-thread.ts';

export interface BurstThreadsOptions {
  /** Starts a thread; throws where there are none. */
  readonly createHelper: () => HelperHandle;
  /** Processor cores. One is left to the page, which draws while this trains. */
  readonly cores: number;
  /** Milliseconds. */
  readonly clock: () => number;
  /** How long an engine trains alone before helpers are started for it; a second unless told. */
  readonly delayMs?: number;
  /** See LATE_MS. */
  readonly lateMs?: number;
}

export interface BurstThreads {
  readonly runBurst: BurstRunner;
  /** Ends the helpers; later bursts start new ones. For when a run is over. */
  release(): void;
}

/** Engines that compute on the thread which calls them: others gain nothing, and share one device. */
const THREADED_ENGINES: readonly EngineId[] = ['fused-wasm', 'reference'];
const MOST_HELPERS = 3;
const DELAY_MS = 1000;
/** Weight of the newest measurement of a run's cost. */
const NEWEST = 0.2;

/** Helpers of one engine. */
interface Crew {
  readonly engine: EngineId;
  readonly began: number;
  /** null: not yet started. */
  helpers: HelperThread[] | null;
}

/** No helper is started before a burst would use it. */
export function createBurstThreads(options: BurstThreadsOptions): BurstThreads {
  const { clock, cores, delayMs = DELAY_MS } = options;
  /** Seconds per meta-iteration. */
  const costs = new Map<AlgorithmId, number>();
  let crew: Crew | null = null;

  const release = (): void => {
    for (const helper of crew?.helpers ?? []) helper.terminate();
    crew = null;
  };
  const readyHelpers = (engine: EngineId, most: number): HelperThread[] => {
    if (crew?.engine !== engine) release();
    crew ??= { engine, began: clock(), helpers: null };
    if (crew.helpers === null && most > 0 && clock() - crew.began >= delayMs) {
      crew.helpers = startHelpers(options, engine, most);
    }
    return (crew.helpers ?? []).filter((helper) => helper.isReady).slice(0, most);
  };

  return {
    async runBurst(runs, job) {
      const before = runs.map(({ iteration, seconds }) => ({ iteration, seconds }));
      const helpers = readyHelpers(job.engine.id, helpersFor(runs, job, cores));
      const shares = shareOut(runs, helpers.length + 1, (run) => costs.get(run.algorithm) ?? 1);
      const bursts = await trainShares(shares, helpers, job);
      for (const [i, run] of runs.entries()) noteCost(costs, run, before[i]!);
      return runs.map((run) => bursts.get(run)!);
    },
    release,
  };
}

/**
 * None on two cores: the page, its compositor and the rest of the machine need the second one. Measured there, a helper
 * gained nothing; see docs/decisions/0009-helper-threads.md.
 */
function helpersFor(runs: readonly Run[], { engine }: BurstJob, cores: number): number {
  if (!THREADED_ENGINES.includes(engine.id)) return 0;
  const training = runs.filter(({ algorithm }) => algorithmById(algorithm).trains).length;
  return Math.max(0, Math.min(training, cores - 1, MOST_HELPERS + 1) - 1);
}

/** As many as can be started; without threads, none. */
function startHelpers(options: BurstThreadsOptions, engine: EngineId, count: number): HelperThread[] {
  const helpers: HelperThread[] = [];
  try {
    while (helpers.length < count) {
      helpers.push(openHelper(options.createHelper(), engine, options.lateMs));
    }
  } catch {
    // Nothing is lost: the runs are trained here.
  }
  return helpers;
}

/** Longest processing time first: the costliest run goes to the thread with least to do. */
export function shareOut<T>(runs: readonly T[], threads: number, costOf: (run: T) => number): T[][] {
  const shares = Array.from({ length: threads }, () => ({ runs: [] as T[], cost: 0 }));
  for (const run of runs.toSorted((a, b) => costOf(b) - costOf(a))) {
    const share = shares.reduce((least, other) => (other.cost < least.cost ? other : least));
    share.runs.push(run);
    share.cost += costOf(run);
  }
  return shares.map((share) => share.runs);
}

/** The first share here, the others by `helpers`; changes the runs in place. */
async function trainShares(
  [own = [], ...others]: readonly (readonly Run[])[],
  helpers: readonly HelperThread[],
  job: BurstJob,
): Promise<Map<Run, RunBurst>> {
  const { experiment, iteration, count } = job;
  const bursts = new Map<Run, RunBurst>();
  const keep = (runs: readonly Run[], results: readonly RunBurst[]): void => {
    for (const [i, run] of runs.entries()) bursts.set(run, results[i]!);
  };
  const asked = others.map((runs, i) =>
    runs.length === 0
      ? null
      : helpers[i]!.train({ type: 'burst', job: { experiment, iteration, count }, runs }),
  );
  keep(own, await trainBurst(own, job));
  for (const [i, runs] of others.entries()) {
    const answer = await asked[i];
    if (answer) {
      for (const [j, run] of runs.entries()) Object.assign(run, answer.runs[j]!);
      keep(runs, answer.bursts);
    } else {
      // Sent as copies, so these are as they were.
      keep(runs, await trainBurst(runs, job));
    }
  }
  return bursts;
}

function noteCost(
  costs: Map<AlgorithmId, number>,
  { algorithm, iteration, seconds }: Run,
  before: Pick<Run, 'iteration' | 'seconds'>,
): void {
  const done = iteration - before.iteration;
  if (done === 0) return;
  const cost = (seconds - before.seconds) / done;
  const known = costs.get(algorithm) ?? cost;
  costs.set(algorithm, known + NEWEST * (cost - known));
}
