// A session of meta-RL: the runs of one experiment, trained in lockstep on the same tasks and draws, like session.ts for
// supervised tasks. An async generator that whoever pulls it drives; it knows no worker and no time but its clock.
import type { PolicyCrew } from '../algorithms/meta-rl/crew.ts';
import type { CheetahExperiment } from '../experiment/cheetah-experiment.ts';
import type { AlgorithmId } from '../experiment/experiment.ts';
import type { NavigationExperiment } from '../experiment/navigation-experiment.ts';
import { policyParameterCount } from '../models/gaussian-policy.ts';
import { assertRunsFit, isCheckpointIteration } from './checkpoints.ts';
import { createEvaluationQueue } from './evaluation-queue.ts';
import { comparePolicyExperiments, drawPolicyTasks, policyShapeFor, rollOutKeyAt } from './policy-domain.ts';
import type { PolicySubject } from './policy-evaluation.ts';
import {
  curvesJob,
  originSubjects,
  POLICY_TIME_SHARES,
  type PolicyEvaluationKind,
  policySubjects,
  probeJob,
} from './policy-evaluation-jobs.ts';
import {
  checkpointPolicyRuns,
  createPolicyRun,
  type PolicyOutcome,
  type PolicyRun,
  restorePolicyRuns,
  stepPolicyRun,
} from './policy-run.ts';
import type {
  CheetahKinds,
  NavigationKinds,
  PolicyCheckpoint,
  PolicySession,
  PolicySessionEvent,
  PolicySnapshot,
  ProbeRequest,
  TrainablePolicyExperiment,
} from './policy-session-events.ts';
import { snapshotPolicyRun } from './policy-snapshots.ts';
import { abandon } from './run.ts';
import type { SessionOf } from './session-kinds.ts';

export interface PolicySessionOptions {
  /** Continue from here instead of from iteration 0; copied, not kept. */
  readonly resume?: PolicyCheckpoint | null;
  /** Milliseconds from any origin; used for seconds and evaluation shares, never for what is computed. */
  readonly clock: () => number;
  /** Tasks per adaptation curve, 40 unless told; 0: no evaluation while training. */
  readonly evaluationTasks?: number;
}

/** Slices for each meta-iteration, at most: training must never stall. */
const SLICES_PER_ITERATION = 3;

/**
 * Starts (or resumes) an experiment with `crew`, which stays the caller's to dispose of. Throws when the checkpoint
 * does not belong to the experiment; the generator throws what the crew throws.
 */
export function createPolicySession(
  experiment: NavigationExperiment,
  crew: PolicyCrew,
  options: PolicySessionOptions,
): SessionOf<NavigationKinds>;
export function createPolicySession(
  experiment: CheetahExperiment,
  crew: PolicyCrew,
  options: PolicySessionOptions,
): SessionOf<CheetahKinds>;
export function createPolicySession(
  experiment: TrainablePolicyExperiment,
  crew: PolicyCrew,
  options: PolicySessionOptions,
): PolicySession;
export function createPolicySession(
  experiment: TrainablePolicyExperiment,
  crew: PolicyCrew,
  options: PolicySessionOptions,
): PolicySession {
  const state = createState(experiment, crew, options);
  return {
    get experiment() {
      return state.experiment;
    },
    events: runSession(state),
    snapshot: () => takeSnapshot(state),
    checkpoint: () => checkpointPolicyRuns(state.iteration, state.runs),
    update: (next) => updateSession(state, next),
    probe: (request) => chooseProbe(state, request),
    evaluate: () => evaluateSlice(state),
  };
}

type State = ReturnType<typeof createState>;

function createState(
  experiment: TrainablePolicyExperiment,
  crew: PolicyCrew,
  { resume = null, clock, evaluationTasks = 40 }: PolicySessionOptions,
) {
  if (resume !== null) {
    assertRunsFit(resume, experiment.algorithms, (algorithm) =>
      policyParameterCount(policyShapeFor(experiment, algorithm)),
    );
  }
  const runs =
    resume === null
      ? experiment.algorithms.map((id) => createPolicyRun(experiment, id))
      : restorePolicyRuns(resume);
  const iteration = resume?.iteration ?? 0;
  const timeShares = POLICY_TIME_SHARES;
  return {
    experiment,
    crew,
    clock,
    runs,
    iteration,
    resumed: resume !== null,
    secondsBefore: totalSeconds(runs),
    lastCheckpoint: iteration,
    evaluationTasks,
    probe: null as ProbeRequest | null,
    queue: createEvaluationQueue<PolicySessionEvent, PolicyEvaluationKind>({
      clock,
      timeShares,
      last: 'past',
      soon: 'adaptation',
    }),
    /** The runs as they were at the checkpoints, oldest first; their states are never written to. */
    past: [] as PolicySubject[],
  };
}

async function* runSession(state: State): AsyncGenerator<PolicySessionEvent, void, void> {
  const { queue } = state;
  recordMoment(state);
  if (!state.resumed) yield { kind: 'checkpoint', checkpoint: checkpointPolicyRuns(0, state.runs) };
  addCurves(state);
  yield* evaluateSome(state);
  for (;;) {
    while (canTrain(state)) {
      yield* trainOneIteration(state);
      yield* evaluateSome(state);
      yield { kind: 'iteration', iteration: state.iteration };
    }
    while (queue.has(['probe', 'adaptation'])) yield (await evaluateSlice(state)) ?? { kind: 'slice' };
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

/** One meta-iteration of every run on the same fresh tasks and draws, then what is due after it. */
async function* trainOneIteration(state: State): AsyncGenerator<PolicySessionEvent, void, void> {
  const { experiment, crew, clock, iteration, runs } = state;
  const freshTasks = drawPolicyTasks(experiment, iteration);
  const key = rollOutKeyAt(experiment, iteration);
  for (const run of runs) {
    if (run.divergedAt !== null) continue;
    const { algorithm } = run;
    const step = stepPolicyRun(run, { experiment, crew, clock, iteration, freshTasks, key });
    const outcome = yield* tellPhases(state, algorithm, step);
    if (outcome.kind === 'diverged') {
      const { lastCheckpoint: lastGoodIteration } = state;
      const { cause } = outcome;
      yield { kind: 'diverged', algorithm, iteration: iteration + 1, cause, lastGoodIteration };
      continue;
    }
    yield { kind: 'metrics', metrics: outcome.metrics };
    if (outcome.stalled !== null) {
      yield { kind: 'stalled', algorithm, iteration: iteration + 1, cause: outcome.stalled };
    }
  }
  state.iteration = iteration + 1;
  yield* endIteration(state);
}

async function* tellPhases(
  state: State,
  algorithm: AlgorithmId,
  step: ReturnType<typeof stepPolicyRun>,
): AsyncGenerator<PolicySessionEvent, PolicyOutcome, void> {
  const iteration = state.iteration + 1;
  let next = await step.next();
  try {
    while (next.done !== true) {
      yield { kind: 'phase', algorithm, iteration, event: next.value };
      // Whoever asks while a long step is under way is answered within it.
      yield* evaluateUrgent(state);
      next = await step.next();
    }
    return next.value;
  } finally {
    // Its objective would be held for good otherwise.
    if (next.done !== true) await abandon(step);
  }
}

async function* endIteration(state: State): AsyncGenerator<PolicySessionEvent, void, void> {
  if (!canTrain(state) || isCheckpointIteration(state.iteration)) {
    recordMoment(state);
    state.lastCheckpoint = state.iteration;
    yield { kind: 'checkpoint', checkpoint: checkpointPolicyRuns(state.iteration, state.runs) };
    addCurves(state);
  }
  addProbe(state, false);
}

/** Keeps the runs as they are now, to be evaluated again with other test-time settings. */
function recordMoment({ runs, past, evaluationTasks }: State): void {
  if (evaluationTasks > 0) past.push(...policySubjects(runs));
}

function addCurves({ crew, experiment, evaluationTasks, queue, runs }: State): void {
  if (evaluationTasks === 0) return;
  const subjects = runs.map((run) => () => policySubjects([run])[0] ?? null);
  queue.add(curvesJob('adaptation', { crew, experiment, taskCount: evaluationTasks }, subjects));
}

function chooseProbe(state: State, request: ProbeRequest | null): void {
  state.probe = request;
  state.queue.clear('probe');
  addProbe(state, true);
}

function addProbe({ crew, experiment, probe, queue, runs }: State, urgent: boolean): void {
  if (probe === null || queue.has(['probe'])) return;
  const { from } = probe;
  // Training changes nothing about the past.
  if (from !== undefined && !urgent) return;
  const subjects = from === undefined ? policySubjects(runs) : originSubjects(experiment, from);
  queue.add(probeJob({ crew, experiment, request: probe, urgent }, subjects));
}

async function* evaluateSome(state: State): AsyncGenerator<PolicySessionEvent, void, void> {
  for (let slice = 0; slice < SLICES_PER_ITERATION; slice++) {
    const trained = totalSeconds(state.runs) - state.secondsBefore;
    if (!state.queue.isDue(trained)) return;
    yield (await state.queue.runSlice(trained, false)) ?? { kind: 'slice' };
  }
}

async function* evaluateUrgent(state: State): AsyncGenerator<PolicySessionEvent, void, void> {
  while (state.queue.isUrgent()) yield (await state.queue.runSlice(0, true)) ?? { kind: 'slice' };
}

/** One slice of whatever is due, at once; null when nothing is. */
async function evaluateSlice({ queue }: State): Promise<PolicySessionEvent | null> {
  if (!queue.has(['probe', 'adaptation', 'past'])) return null;
  return (await queue.runSlice(0, true)) ?? { kind: 'slice' };
}

function takeSnapshot({ experiment, iteration, runs }: State): PolicySnapshot {
  return { iteration, runs: runs.map((run) => snapshotPolicyRun(experiment, run, iteration)) };
}

function updateSession(state: State, next: TrainablePolicyExperiment): void {
  const { experiment: before } = state;
  const { changesPast, changesTests, changed } = comparePolicyExperiments(before, next);
  if (changesPast) {
    throw new Error(
      `A running session cannot take over a change of ${changed.join(', ')}: what was trained so far would ` +
        'differ. Start a new session.',
    );
  }
  state.experiment = next;
  if (changesTests) evaluateAnew(state);
}

function evaluateAnew(state: State): void {
  const { experiment, crew, past, queue, runs, evaluationTasks } = state;
  queue.clear();
  addCurves(state);
  addProbe(state, true);
  const isNow = ({ algorithm, iteration }: PolicySubject) =>
    runs.some((run) => run.divergedAt === null && run.algorithm === algorithm && run.iteration === iteration);
  const earlier = past.filter((moment) => !isNow(moment)).toReversed();
  if (earlier.length === 0) return;
  const subjects = earlier.map((moment) => () => moment);
  queue.add(curvesJob('past', { crew, experiment, taskCount: evaluationTasks }, subjects));
}

function totalSeconds(runs: readonly PolicyRun[]): number {
  return runs.reduce((sum, run) => sum + run.seconds, 0);
}
