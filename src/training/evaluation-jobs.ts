// The evaluations of a running session as jobs for its queue: for all runs at one moment, in slices. Jobs hold
// references to immutable states, so training may go on while they run.
import type { MetaGradientEngine } from '../gradients/meta-gradient.ts';
import {
  adaptFirstTasks,
  evaluateAdaptation,
  evaluateHeldOut,
  type Subject,
  type TestSet,
} from './evaluation.ts';
import type { EvaluationJob } from './evaluation-queue.ts';
import type { Run } from './run.ts';
import type { SessionEvent } from './session-events.ts';

/** What is said of the present; it comes first. spokes: θ′ for the parameter-space view. */
export const PRESENT_KINDS = ['spokes', 'held-out', 'adaptation'] as const;
/** past: kept moments anew, after the test-time settings changed. */
export const EVALUATION_KINDS = [...PRESENT_KINDS, 'past'] as const;
export type EvaluationKind = (typeof EVALUATION_KINDS)[number];

/** Largest share of the time that each kind may take: see EvaluationQueue. */
export const TIME_SHARES: Readonly<Record<EvaluationKind, number>> = {
  spokes: 0.02,
  'held-out': 0.06,
  adaptation: 0.04,
  past: 0.1,
};

type Job = EvaluationJob<SessionEvent, EvaluationKind>;

/** A run as it was when the evaluation became due. */
export interface Moment extends Subject {
  readonly iteration: number;
  readonly gradientEvaluations: number;
  readonly seconds: number;
}

/** The moments of those runs that are still training. */
export function momentsOf(runs: readonly Run[]): Moment[] {
  return runs
    .filter((run) => run.divergedAt === null)
    .map(({ algorithm, state, iteration, gradientEvaluations, seconds }) => ({
      algorithm,
      metaParams: state.metaParams,
      alpha: state.alpha,
      iteration,
      gradientEvaluations,
      seconds,
    }));
}

async function* measureHeldOut(engine: MetaGradientEngine, testSet: TestSet, moments: readonly Moment[]) {
  for (const moment of moments) {
    const loss = yield* evaluateHeldOut(engine, testSet, moment);
    const { algorithm, iteration, gradientEvaluations, seconds } = moment;
    const tasks = testSet.tasks.length;
    const point = { algorithm, iteration, gradientEvaluations, seconds, tasks, loss };
    yield { kind: 'held-out', point } satisfies SessionEvent;
  }
}

async function* measureAdaptation(engine: MetaGradientEngine, testSet: TestSet, moments: readonly Moment[]) {
  for (const moment of moments) {
    const curves = yield* evaluateAdaptation(engine, testSet, moment);
    const { algorithm, iteration } = moment;
    const point = { algorithm, iteration, tasks: testSet.tasks.length, curves };
    yield { kind: 'adaptation', point } satisfies SessionEvent;
  }
}

/** A 'held-out' event per run. */
export function heldOutJob(engine: MetaGradientEngine, testSet: TestSet, moments: readonly Moment[]): Job {
  return { kind: 'held-out', run: measureHeldOut(engine, testSet, moments) };
}

/** An 'adaptation' event per run. */
export function adaptationJob(engine: MetaGradientEngine, testSet: TestSet, moments: readonly Moment[]): Job {
  return { kind: 'adaptation', run: measureAdaptation(engine, testSet, moments) };
}

/** Both for every moment given, in this order; first all held-out losses, which are a curve together. */
export function pastJob(
  engine: MetaGradientEngine,
  sets: { readonly heldOut: TestSet; readonly curves: TestSet },
  moments: readonly Moment[],
): Job {
  async function* run() {
    yield* measureHeldOut(engine, sets.heldOut, moments);
    yield* measureAdaptation(engine, sets.curves, moments);
  }
  return { kind: 'past', run: run() };
}

/** No events: hands θ′ [tasks, P] of every run to `keep`. */
export function spokesJob(
  engine: MetaGradientEngine,
  testSet: TestSet,
  moments: readonly Moment[],
  keep: (algorithm: Moment['algorithm'], adapted: Float32Array) => void,
): Job {
  async function* run() {
    for (const moment of moments) {
      keep(moment.algorithm, await adaptFirstTasks(engine, testSet, moment));
      yield undefined;
    }
  }
  return { kind: 'spokes', run: run() };
}
