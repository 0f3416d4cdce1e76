// A session: the runs of one experiment, trained in lockstep on the same tasks. An async generator that whoever
// pulls it drives; it knows no worker, no screen and no time but the clock it is given. What an algorithm does
// is in algorithms/, when something is evaluated in evaluation-queue.ts.
import type { AlgorithmId, SinusoidExperiment } from '../experiment/experiment.ts';
import { sameValue } from '../experiment/field-changes.ts';
import { changesPast, changesTests, FIELD_KEYS } from '../experiment/fields.ts';
import type { MetaGradientEngine } from '../gradients/meta-gradient.ts';
import { type BurstRunner, iterationContext, trainBurst } from './burst.ts';
import { assertCheckpointFits, isCheckpointIteration, isHeldOutIteration } from './checkpoints.ts';
import { drawInitialParams } from './draws.ts';
import { createTestSet } from './evaluation.ts';
import {
  adaptationJob,
  EVALUATION_KINDS,
  type EvaluationKind,
  heldOutJob,
  type Moment,
  momentsOf,
  PRESENT_KINDS,
  pastJob,
  spokesJob,
  TIME_SHARES,
} from './evaluation-jobs.ts';
import { createEvaluationQueue } from './evaluation-queue.ts';
import { createParameterSpace } from './parameter-space.ts';
import { checkpointRuns, createRun, type Run, restoreRuns, stepRun } from './run.ts';
import type { Checkpoint, Session, SessionEvent, Snapshot } from './session-events.ts';
import { snapshotRun } from './snapshots.ts';

export interface SessionOptions {
  /** Continue from here instead of from iteration 0; copied, not kept. */
  readonly resume?: Checkpoint | null;
  /** Milliseconds from any origin; used for seconds and evaluation shares, never for what is computed. */
  readonly clock: () => number;
  /** Tasks per held-out point, 100 unless told; 0: no evaluation while training. */
  readonly evaluationTasks?: number;
  /**
   * Asked before each meta-iteration: how many may run in one go, of all runs. In between nothing is yielded and
   * nothing can be asked for; then come the metrics of all of them, and one 'iteration'. The numbers are the same. A
   * burst ends early where a checkpoint or an evaluation is due. 1 unless told, which also yields phases.
   */
  readonly burst?: () => number;
  /** Who runs bursts; this thread unless told. */
  readonly runBurst?: BurstRunner;
}

/** Test tasks whose adapted parameters are drawn as spokes around θ. */
const SPOKES = 5;
/** Adaptation curves take 10 steps for several K: fewer tasks than held-out points, so that they come in time. */
const CURVE_TASKS = 60;
/** Slices for each meta-iteration, at most, and ms in a row after a burst: training must never stall. */
const SLICES_PER_ITERATION = 3;
const EVALUATION_MS = 12;

/**
 * Starts (or resumes) an experiment on `engine`, which stays the caller's to dispose of. Throws when the
 * checkpoint does not belong to the experiment; the generator throws what the engine throws.
 */
export function createSession(
  experiment: SinusoidExperiment,
  engine: MetaGradientEngine,
  options: SessionOptions,
): Session {
  const state = createState(experiment, engine, options);
  return {
    get experiment() {
      return state.experiment;
    },
    events: runSession(state),
    snapshot: () => takeSnapshot(state),
    checkpoint: () => checkpointRuns(state.iteration, state.runs),
    update: (next) => updateSession(state, next),
    evaluate: () => evaluateSlice(state),
  };
}

type State = ReturnType<typeof createState>;

function createState(experiment: SinusoidExperiment, engine: MetaGradientEngine, options: SessionOptions) {
  const resume = options.resume ?? null;
  if (resume !== null) assertCheckpointFits(resume, experiment);
  const runs =
    resume === null ? experiment.algorithms.map((id) => createRun(experiment, id)) : restoreRuns(resume);
  const iteration = resume?.iteration ?? 0;
  // Only networks of one size share a parameter space; the oracle, with its wider input, comes last.
  const size = runs[0]!.state.metaParams.length;
  const space = createParameterSpace(drawInitialParams(experiment, runs[0]!.algorithm));
  const evaluationTasks = options.evaluationTasks ?? 100;
  return {
    experiment,
    engine,
    clock: options.clock,
    burst: options.burst ?? (() => 1),
    runBurst: options.runBurst ?? trainBurst,
    runs,
    iteration,
    resumed: resume !== null,
    secondsBefore: totalSeconds(runs),
    lastCheckpoint: iteration,
    evaluationTasks,
    testSet: createTestSet(experiment, evaluationTasks),
    curveSet: createTestSet(experiment, Math.min(CURVE_TASKS, evaluationTasks)),
    spokeSet: createTestSet(experiment, SPOKES),
    queue: createEvaluationQueue<SessionEvent, EvaluationKind>({
      clock: options.clock,
      timeShares: TIME_SHARES,
      last: 'past',
    }),
    spaceRuns: runs.filter((run) => run.state.metaParams.length === size),
    space,
    /** The runs as they were at the checkpoints, oldest first; their states are never written to. */
    past: [] as Moment[],
    adapted: new Map<AlgorithmId, Float32Array>(),
  };
}

async function* runSession(state: State): AsyncGenerator<SessionEvent, void, void> {
  if (state.resumed) recordStart(state);
  recordMoment(state);
  if (!state.resumed) yield { kind: 'checkpoint', checkpoint: checkpointRuns(0, state.runs) };
  addEvaluations(state, true);
  yield* evaluateSome(state, 1);
  for (;;) {
    while (canTrain(state)) {
      const count = burstLength(state);
      if (count > 1) {
        yield* trainIterations(state, count);
        // Before the evaluations: a pause during one of them should not tell of an iteration long past.
        yield { kind: 'iteration', iteration: state.iteration };
        yield* evaluateSome(state, count);
      } else {
        yield* trainOneIteration(state);
        yield* evaluateSome(state, 1);
        yield { kind: 'iteration', iteration: state.iteration };
      }
    }
    while (state.queue.has(PRESENT_KINDS)) yield (await evaluateSlice(state)) ?? { kind: 'slice' };
    yield { kind: 'finished', iteration: state.iteration };
    while (!canTrain(state)) {
      const event = await evaluateSlice(state);
      if (event === null) return;
      yield event;
    }
  }
}

function canTrain({ experiment, iteration, runs }: State): boolean {
  return iteration < experiment.metaIterations && runs.some((run) => run.divergedAt === null);
}

/** How many meta-iterations run in one go: as many as allowed, to the next one after which something is due. */
function burstLength({ burst, evaluationTasks, experiment, iteration }: State): number {
  const { metaIterations } = experiment;
  const allowed = Math.min(burst(), metaIterations - iteration);
  const isDue = (at: number) =>
    isCheckpointIteration(at) || (evaluationTasks > 0 && isHeldOutIteration(at, metaIterations));
  let count = 1;
  while (count < allowed && !isDue(iteration + count)) count++;
  return count;
}

/** Several meta-iterations; their events come afterwards, in the order in which they would have come one by one. */
async function* trainIterations(state: State, count: number): AsyncGenerator<SessionEvent, void, void> {
  const { clock, experiment, engine, iteration } = state;
  const runs = state.runs.filter((run) => run.divergedAt === null);
  const bursts = await state.runBurst(runs, { experiment, engine, iteration, count, clock });
  const tried = bursts.map(({ metrics, cause }) => metrics.length + (cause === null ? 0 : 1));
  state.iteration = iteration + Math.max(...tried);
  for (let i = 0; i < count; i++) {
    for (const [at, { metrics, cause }] of bursts.entries()) {
      if (i < metrics.length) yield { kind: 'metrics', metrics: metrics[i]! };
      else if (i === metrics.length && cause !== null) yield divergedEvent(state, runs[at]!, cause);
    }
  }
  yield* endIteration(state);
}

/** One meta-iteration of every run on the same fresh tasks and points, then what is due after it. */
async function* trainOneIteration(state: State): AsyncGenerator<SessionEvent, void, void> {
  const { iteration, runs } = state;
  const context = iterationContext(state, iteration);
  for (const run of runs) {
    if (run.divergedAt !== null) continue;
    const { algorithm } = run;
    const step = stepRun(run, context, state.clock);
    let next = await step.next();
    while (next.done !== true) {
      yield { kind: 'phase', algorithm, iteration: iteration + 1, event: next.value };
      next = await step.next();
    }
    const outcome = next.value;
    if (outcome.kind === 'done') yield { kind: 'metrics', metrics: outcome.metrics };
    else yield divergedEvent(state, run, outcome.cause);
  }
  state.iteration = iteration + 1;
  yield* endIteration(state);
}

/** What is due after a meta-iteration, or after several. */
async function* endIteration(state: State): AsyncGenerator<SessionEvent, void, void> {
  const isLast = !canTrain(state);
  if (isLast || isCheckpointIteration(state.iteration)) {
    recordMoment(state);
    state.lastCheckpoint = state.iteration;
    yield { kind: 'checkpoint', checkpoint: checkpointRuns(state.iteration, state.runs) };
  }
  addEvaluations(state, isLast);
}

function divergedEvent(state: State, run: Run, cause: string): SessionEvent {
  return {
    kind: 'diverged',
    algorithm: run.algorithm,
    iteration: run.divergedAt ?? state.iteration,
    cause,
    lastGoodIteration: state.lastCheckpoint,
  };
}

/** Keeps the runs as they are now: for their paths, and to be evaluated again on other test tasks. */
function recordMoment({ runs, past, evaluationTasks, space, spaceRuns }: State): void {
  if (evaluationTasks > 0) past.push(...momentsOf(runs));
  for (const { algorithm, iteration, divergedAt, state } of spaceRuns) {
    if (divergedAt === null) space.record({ algorithm, iteration, metaParams: state.metaParams });
  }
}

/** A resumed run's path also begins at the common θ₀; what lay between is not in a checkpoint. */
function recordStart({ space, spaceRuns, experiment }: State): void {
  for (const { algorithm, iteration } of spaceRuns) {
    if (iteration === 0) continue;
    space.record({ algorithm, iteration: 0, metaParams: drawInitialParams(experiment, algorithm) });
  }
}

/** Puts what the schedule says into the queue (`all`: everything, at the start, the end and after changes). */
function addEvaluations(state: State, all: boolean): void {
  const { engine, experiment, iteration, queue, runs, testSet } = state;
  if (state.evaluationTasks === 0) return;
  const moments = momentsOf(runs);
  if (all || isHeldOutIteration(iteration, experiment.metaIterations)) {
    queue.add(heldOutJob(engine, testSet, moments));
  }
  if (all || isCheckpointIteration(iteration)) queue.add(adaptationJob(engine, state.curveSet, moments));
  const spaceMoments = momentsOf(state.spaceRuns);
  queue.add(
    spokesJob(engine, state.spokeSet, spaceMoments, (algorithm, adapted) => {
      state.adapted.set(algorithm, adapted);
    }),
  );
}

/** Slices that are due after so many meta-iterations, the first of them however long they take. */
async function* evaluateSome(state: State, iterations: number): AsyncGenerator<SessionEvent, void, void> {
  const startedAt = state.clock();
  for (let slice = 0; slice < SLICES_PER_ITERATION * iterations; slice++) {
    if (slice >= SLICES_PER_ITERATION && state.clock() - startedAt > EVALUATION_MS) return;
    const trained = totalSeconds(state.runs) - state.secondsBefore;
    if (!state.queue.isDue(trained)) return;
    yield (await state.queue.runSlice(trained, false)) ?? { kind: 'slice' };
  }
}

/** One slice of whatever is due, at once; null when nothing is. */
async function evaluateSlice({ queue }: State): Promise<SessionEvent | null> {
  if (!queue.has(EVALUATION_KINDS)) return null;
  return (await queue.runSlice(0, true)) ?? { kind: 'slice' };
}

function takeSnapshot(state: State): Snapshot {
  const { experiment, iteration, runs, space, spaceRuns, adapted } = state;
  const points = spaceRuns.map(({ algorithm, iteration: done, state: { metaParams } }) => ({
    algorithm,
    iteration: done,
    metaParams,
    adapted: adapted.get(algorithm) ?? null,
  }));
  return {
    iteration,
    runs: runs.map((run) => snapshotRun(experiment, run, iteration)),
    parameterSpace: space.project(points),
  };
}

function updateSession(state: State, next: SinusoidExperiment): void {
  if (changesPast(state.experiment, next)) {
    const changed = FIELD_KEYS.filter((key) => !sameValue(state.experiment[key], next[key]));
    throw new Error(
      `A running session cannot take over a change of ${changed.join(', ')}: what was trained so far would ` +
        'differ. Start a new session.',
    );
  }
  const hasOtherTests = changesTests(state.experiment, next);
  state.experiment = next;
  if (hasOtherTests) evaluateAnew(state);
}

function evaluateAnew(state: State): void {
  const { experiment: next, engine, past, queue, runs } = state;
  state.testSet = createTestSet(next, state.evaluationTasks);
  state.curveSet = createTestSet(next, Math.min(CURVE_TASKS, state.evaluationTasks));
  state.spokeSet = createTestSet(next, SPOKES);
  queue.clear();
  addEvaluations(state, true);
  if (past.length === 0) return;
  const isNow = ({ algorithm, iteration }: Moment) =>
    runs.some((run) => run.divergedAt === null && run.algorithm === algorithm && run.iteration === iteration);
  const earlier = past.filter((moment) => !isNow(moment)).toReversed();
  queue.add(pastJob(engine, { heldOut: state.testSet, curves: state.curveSet }, earlier));
}

function totalSeconds(runs: readonly Run[]): number {
  return runs.reduce((sum, run) => sum + run.seconds, 0);
}
