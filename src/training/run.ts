// One algorithm's run inside a session: its state, its costs, and one meta-iteration of it. What the algorithm
// computes is in algorithms/; here it is driven, timed and judged (a run that diverges keeps its last good state).

import { createAlpha } from '../algorithms/adaptive-alpha.ts';
import type { PhaseEvent, RunState, StepContext, StepResult } from '../algorithms/algorithm.ts';
import { algorithmById } from '../algorithms/algorithms.ts';
import { createOptimizer } from '../algorithms/optimizers.ts';
import { shapeFor } from '../algorithms/run-shape.ts';
import type { AlgorithmId, SinusoidExperiment } from '../experiment/experiment.ts';
import { divergenceWords, lossWords } from '../words/training.ts';
import { copyRunState } from './checkpoints.ts';
import { drawInitialParams } from './draws.ts';
import type { Checkpoint, IterationMetrics } from './session-events.ts';

/** Changed in place by stepRun; `state` itself is replaced, never written to. */
export interface Run {
  readonly algorithm: AlgorithmId;
  state: RunState;
  /** Meta-iterations done; stays behind the session's when diverged. */
  iteration: number;
  gradientEvaluations: number;
  seconds: number;
  divergedAt: number | null;
  /** The phases of the last meta-iteration so far. */
  phases: PhaseEvent[];
}

/** A run before its first meta-iteration. */
export function createRun(experiment: SinusoidExperiment, algorithm: AlgorithmId): Run {
  const metaParams = drawInitialParams(experiment, algorithm);
  const state: RunState = {
    metaParams,
    optimizer: createOptimizer(experiment.metaOptimizer, metaParams.length),
    alpha: createAlpha(experiment, algorithm, shapeFor(experiment, algorithm)),
    buffer: [],
  };
  const counts = { iteration: 0, gradientEvaluations: 0, seconds: 0 };
  return { algorithm, state, ...counts, divergedAt: null, phases: [] };
}

/** The runs of a checkpoint, copied. */
export function restoreRuns(checkpoint: Checkpoint): Run[] {
  return checkpoint.runs.map(({ state, ...run }) => ({
    ...run,
    state: copyRunState(state),
    iteration: run.divergedAt === null ? checkpoint.iteration : run.divergedAt - 1,
    phases: [],
  }));
}

/** All runs at this moment, copied. */
export function checkpointRuns(iteration: number, runs: readonly Run[]): Checkpoint {
  return {
    iteration,
    runs: runs.map(({ algorithm, state, gradientEvaluations, seconds, divergedAt }) => ({
      algorithm,
      state: copyRunState(state),
      gradientEvaluations,
      seconds,
      divergedAt,
    })),
  };
}

/** How a meta-iteration ended; `cause` in plain words. */
export type StepOutcome =
  | { readonly kind: 'done'; readonly metrics: IterationMetrics }
  | { readonly kind: 'diverged'; readonly cause: string };

/** What a meta-iteration needs besides the run's state. */
export type IterationContext = Omit<StepContext, 'state' | 'silent'>;

/**
 * One meta-iteration: yields its phases, then returns its metrics, or why the run diverged (it is then left as
 * it was before). `clock` in milliseconds; time during which the caller holds a phase does not count.
 */
export async function* stepRun(
  run: Run,
  context: IterationContext,
  clock: () => number,
): AsyncGenerator<PhaseEvent, StepOutcome, void> {
  const step = algorithmById(run.algorithm).step({ ...context, state: run.state });
  return takeOver(run, context, yield* driveStep(run, step, clock));
}

/** Yields the step's phases and keeps them in the run, whose seconds only run while the step does. */
export async function* driveStep<Event, Result>(
  run: { seconds: number; phases: Event[] },
  step: AsyncGenerator<Event, Result, void>,
  clock: () => number,
): AsyncGenerator<Event, Result, void> {
  run.phases = [];
  let isOver = false;
  try {
    for (;;) {
      const startedAt = clock();
      const next = await step.next();
      run.seconds += (clock() - startedAt) / 1000;
      if (next.done === true) {
        isOver = true;
        return next.value;
      }
      run.phases.push(next.value);
      yield next.value;
    }
  } finally {
    if (!isOver) await abandon(step);
  }
}

/** Ends a generator that nobody will pull to its end, so that it frees what it holds. */
export async function abandon(step: AsyncGenerator<unknown, unknown, void>): Promise<void> {
  await step.throw(new Error('Nobody asks for the rest of this step.')).catch(() => {});
}

/** stepRun to its end: its phases are kept in the run, nobody sees them one by one. */
export async function finishStep(
  run: Run,
  context: IterationContext,
  clock: () => number,
): Promise<StepOutcome> {
  const step = stepRun(run, context, clock);
  for (;;) {
    const next = await step.next();
    if (next.done === true) return next.value;
  }
}

/** The same, without phases unless the run diverges: those then say how. */
export async function stepRunSilently(
  run: Run,
  context: IterationContext,
  clock: () => number,
): Promise<StepOutcome> {
  const startedAt = clock();
  const step = algorithmById(run.algorithm).step({ ...context, state: run.state, silent: true });
  const { done, value } = await step.next();
  if (done !== true) throw new Error(`${run.algorithm} yielded a phase although nobody looks.`);
  if (divergenceCause(value) !== null) return finishStep(run, context, clock);
  run.seconds += (clock() - startedAt) / 1000;
  return takeOver(run, context, value);
}

/** Judges what came of a step: the run's next state, or the end of the run. */
function takeOver(run: Run, { iteration }: IterationContext, result: StepResult): StepOutcome {
  const cause = divergenceCause(result);
  if (cause !== null) {
    run.divergedAt = iteration + 1;
    return { kind: 'diverged', cause };
  }
  run.state = result.state;
  run.iteration = iteration + 1;
  run.gradientEvaluations += result.gradientEvaluations;
  return { kind: 'done', metrics: metricsOf(run, result) };
}

/** The row of the meta-iteration that `run` has just done. */
function metricsOf(run: Run, result: StepResult): IterationMetrics {
  const alpha = summariseAlpha(run.state.alpha.values);
  return {
    algorithm: run.algorithm,
    iteration: run.iteration,
    queryLoss: result.queryLoss,
    supportLoss: result.supportLoss,
    gradientEvaluations: run.gradientEvaluations,
    seconds: run.seconds,
    replayedTasks: result.replayedTasks,
    alphaMean: alpha.mean,
    alphaMin: alpha.min,
    alphaMax: alpha.max,
  };
}

/** Mean, minimum and maximum of α's values. */
export function summariseAlpha(values: Float32Array) {
  let sum = 0;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    sum += value;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return { mean: sum / values.length, min, max };
}

/** Above this the loss is as good as infinite: squares of float32 parameters overflow soon after. */
export const LOSS_LIMIT = 1e8;

/** Plain words for what went wrong in a step, or null when its outcome is usable. */
export function divergenceCause({
  queryLoss,
  state,
}: Pick<StepResult, 'queryLoss' | 'state'>): string | null {
  if (Number.isNaN(queryLoss)) return lossWords.notANumber;
  if (!Number.isFinite(queryLoss)) return lossWords.infinite;
  if (queryLoss > LOSS_LIMIT) return lossWords.above(LOSS_LIMIT.toExponential(0));
  if (!isAllFinite(state.metaParams)) return divergenceWords.parameter;
  if (!isAllFinite(state.alpha.values)) return divergenceWords.alpha;
  return null;
}

/** Whether every value is finite: x − x is 0 for finite numbers and NaN for all others. */
export function isAllFinite(values: Float32Array): boolean {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]! - values[i]!;
  return sum === 0;
}
