// Several meta-iterations of some runs in one go, without anybody looking on in between. The same numbers as one by
// one, and the same divergences; only the phases of all but the last iteration are left out.
import { drawFreshPoints } from '../algorithms/meta-iteration.ts';
import type { SinusoidExperiment } from '../experiment/experiment.ts';
import type { MetaGradientEngine } from '../gradients/meta-gradient.ts';
import { drawTrainingTasks, pointsKeyAt } from './draws.ts';
import { finishStep, type IterationContext, type Run, stepRunSilently } from './run.ts';
import { trainOnEngine } from './run-on-engine.ts';
import type { IterationMetrics } from './session-events.ts';

export interface BurstJob {
  readonly experiment: SinusoidExperiment;
  readonly engine: MetaGradientEngine;
  /** t of the first meta-iteration, from 0. */
  readonly iteration: number;
  /** How many, at least 1. */
  readonly count: number;
  /** Milliseconds. */
  readonly clock: () => number;
}

/** What came of one run: a row per meta-iteration done, fewer than asked when the next one diverged. */
export interface RunBurst {
  readonly metrics: readonly IterationMetrics[];
  /** Why it diverged, in plain words; null: it did not. */
  readonly cause: string | null;
}

/** Trains `runs`, which are changed in place, and resolves with what came of each, in their order. */
export type BurstRunner = (runs: readonly Run[], job: BurstJob) => Promise<RunBurst[]>;

/** The context of meta-iteration t, the same for all runs of a comparison. */
export function iterationContext(
  { experiment, engine }: Pick<BurstJob, 'experiment' | 'engine'>,
  iteration: number,
): IterationContext {
  const drawn = {
    experiment,
    freshTasks: drawTrainingTasks(experiment, iteration),
    key: pointsKeyAt(experiment, iteration),
  };
  return { ...drawn, engine, iteration, freshPoints: drawFreshPoints(drawn, experiment.algorithms) };
}

/** On this thread: all but the last iteration by the engine itself where it can, else in lockstep. */
export const trainBurst: BurstRunner = async (runs, job) => {
  if (job.engine.train === undefined || job.count === 1) return trainInLockstep(runs, job);
  const contextAt = shareLatest((iteration) => iterationContext(job, iteration));
  const bursts: RunBurst[] = [];
  for (const run of runs) bursts.push(await trainByEngine(run, job, contextAt));
  return bursts;
};

/** Meta-iterations whose points are drawn ahead, to be used by one run after the other. */
const BLOCK = 8;

/**
 * All runs on the same points, which are drawn once. Within a block each run goes ahead by itself: engines keep their
 * buffers laid out for one kind of request, and the runs do not touch each other.
 */
const trainInLockstep: BurstRunner = async (runs, job) => {
  const rows = runs.map((): IterationMetrics[] => []);
  const causes = runs.map((): string | null => null);
  for (let done = 0; done < job.count && runs.some((run) => run.divergedAt === null); done += BLOCK) {
    const contexts = Array.from({ length: Math.min(BLOCK, job.count - done) }, (_, i) =>
      iterationContext(job, job.iteration + done + i),
    );
    for (const [at, run] of runs.entries()) {
      for (const context of contexts) {
        if (run.divergedAt !== null) break;
        const isLast = context.iteration === job.iteration + job.count - 1;
        const step = isLast ? finishStep : stepRunSilently;
        const outcome = await step(run, context, job.clock);
        if (outcome.kind === 'done') rows[at]!.push(outcome.metrics);
        else causes[at] = outcome.cause;
      }
    }
  }
  return rows.map((metrics, at) => ({ metrics, cause: causes[at]! }));
};

/** `create`, whose latest result serves again: runs end a burst at the same iteration, on the same points. */
function shareLatest(create: (iteration: number) => IterationContext) {
  let latest: IterationContext | null = null;
  return (iteration: number): IterationContext => {
    if (latest?.iteration !== iteration) latest = create(iteration);
    return latest;
  };
}

/** One run: what the engine does not complete is tried step by step, which says why, or goes on. */
async function trainByEngine(
  run: Run,
  job: BurstJob,
  contextAt: (iteration: number) => IterationContext,
): Promise<RunBurst> {
  const metrics: IterationMetrics[] = [];
  const rest = (): BurstJob => ({
    ...job,
    iteration: job.iteration + metrics.length,
    count: job.count - metrics.length,
  });
  while (rest().count > 0) {
    const { iteration, count } = rest();
    const done = count > 1 ? await trainOnEngine(run, { ...rest(), count: count - 1 }) : [];
    if (done === null) {
      const [burst] = await trainInLockstep([run], rest());
      return { metrics: [...metrics, ...burst!.metrics], cause: burst!.cause };
    }
    metrics.push(...done);
    const outcome = await finishStep(run, contextAt(iteration + done.length), job.clock);
    if (outcome.kind === 'diverged') return { metrics, cause: outcome.cause };
    metrics.push(outcome.metrics);
  }
  return { metrics, cause: null };
}
