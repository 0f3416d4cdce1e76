// One algorithm's run inside a session of meta-RL: its state, its costs, and one meta-iteration of it. What the algorithm
// computes is in algorithms/meta-rl/; here it is driven, timed and judged, like run.ts for supervised tasks.
import type {
  OuterTrace,
  PolicyPhaseEvent,
  PolicyRunState,
  PolicyStepContext,
  PolicyStepResult,
} from '../algorithms/meta-rl/policy-algorithm.ts';
import { policyAlgorithmById } from '../algorithms/meta-rl/policy-algorithms.ts';
import type { AlgorithmId } from '../experiment/experiment.ts';
import { interquartileRange, mean } from '../math/statistics.ts';
import { actingLogStd, type GaussianPolicyShape } from '../models/gaussian-policy.ts';
import { policyWarningWords } from '../words/policy-warnings.ts';
import { divergenceWords } from '../words/training.ts';
import { copyRunState } from './checkpoints.ts';
import { advantageSettings, environmentFor, initialPolicyState, policyShapeFor } from './policy-domain.ts';
import type { PolicyCheckpoint, PolicyMetrics, TrainablePolicyExperiment } from './policy-session-events.ts';
import { countUnstable, STALLED_AFTER, stalledCause } from './policy-warnings.ts';
import { driveStep, isAllFinite, summariseAlpha } from './run.ts';

/** Changed in place by stepPolicyRun; `state` itself is replaced, never written to. */
export interface PolicyRun {
  readonly algorithm: AlgorithmId;
  state: PolicyRunState;
  /** Meta-iterations done; stays behind the session's when diverged. */
  iteration: number;
  environmentSteps: number;
  seconds: number;
  divergedAt: number | null;
  /** The phases of the last meta-iteration so far. */
  phases: PolicyPhaseEvent[];
  /** Those of the meta-iteration before it. */
  earlierPhases: PolicyPhaseEvent[];
  /** What came of the last meta-iteration; null before the first, and right after resuming. */
  last: PolicyStepResult | null;
  /** Outer steps refused in a row. */
  refusals: number;
}

/** A run before its first meta-iteration. */
export function createPolicyRun(experiment: TrainablePolicyExperiment, algorithm: AlgorithmId): PolicyRun {
  const counts = { iteration: 0, environmentSteps: 0, seconds: 0, refusals: 0 };
  const state = initialPolicyState(experiment, algorithm);
  return { algorithm, state, ...counts, divergedAt: null, phases: [], earlierPhases: [], last: null };
}

/** The runs of a checkpoint, copied. */
export function restorePolicyRuns(checkpoint: PolicyCheckpoint): PolicyRun[] {
  return checkpoint.runs.map(({ state, ...run }) => ({
    ...run,
    state: copyRunState(state),
    iteration: run.divergedAt === null ? checkpoint.iteration : run.divergedAt - 1,
    phases: [],
    earlierPhases: [],
    last: null,
    refusals: 0,
  }));
}

/** All runs at this moment, copied. */
export function checkpointPolicyRuns(iteration: number, runs: readonly PolicyRun[]): PolicyCheckpoint {
  return {
    iteration,
    runs: runs.map(({ algorithm, state, environmentSteps, seconds, divergedAt }) => ({
      algorithm,
      state: copyRunState(state),
      environmentSteps,
      seconds,
      divergedAt,
    })),
  };
}

/** How a meta-iteration ended; causes in plain words. */
export type PolicyOutcome =
  | { readonly kind: 'done'; readonly metrics: PolicyMetrics; readonly stalled: string | null }
  | { readonly kind: 'diverged'; readonly cause: string };

/** What a meta-iteration needs besides what is the run's own. */
export type PolicyIterationContext = Pick<
  PolicyStepContext,
  'crew' | 'iteration' | 'freshTasks' | 'key' | 'clock'
> & { readonly experiment: TrainablePolicyExperiment };

/** One meta-iteration: yields its phases, then returns its metrics, or why the run diverged (it is then as before). */
export async function* stepPolicyRun(
  run: PolicyRun,
  context: PolicyIterationContext,
): AsyncGenerator<PolicyPhaseEvent, PolicyOutcome, void> {
  const { experiment, clock } = context;
  const shape = policyShapeFor(experiment, run.algorithm);
  const step = policyAlgorithmById(run.algorithm).step({
    ...context,
    environment: environmentFor(experiment, run.algorithm),
    shape,
    advantages: advantageSettings(experiment),
    state: run.state,
  });
  run.earlierPhases = run.phases;
  const result = yield* driveStep(run, step, clock);
  const cause = policyDivergence(result);
  if (cause !== null) {
    run.divergedAt = context.iteration + 1;
    return { kind: 'diverged', cause };
  }
  run.state = result.state;
  run.iteration = context.iteration + 1;
  run.environmentSteps += result.environmentSteps;
  run.last = result;
  return { kind: 'done', metrics: metricsOf(run, result, shape), stalled: countRefusal(run, result) };
}

/** Counts refused steps in a row; the cause, once, when there have been too many. */
function countRefusal(run: PolicyRun, { outer, warnings, tasks }: PolicyStepResult): string | null {
  const { refusal } = outer;
  run.refusals = refusal === null ? 0 : run.refusals + 1;
  if (refusal === null || run.refusals < STALLED_AFTER) return null;
  run.refusals = 0;
  return stalledCause(refusal, warnings, tasks.length);
}

/** Plain words for what went wrong in a step, or null when its outcome is usable. */
function policyDivergence({ returnsBefore, returnsAfter, state }: PolicyStepResult): string | null {
  if (!returnsBefore.every(Number.isFinite)) return policyWarningWords.badReturn;
  if (!returnsAfter.every(Number.isFinite)) return policyWarningWords.badReturnAfter;
  if (!isAllFinite(state.metaParams)) return divergenceWords.parameter;
  if (!isAllFinite(state.alpha.values)) return divergenceWords.alpha;
  return null;
}

/** The row of the meta-iteration that `run` has just done. */
function metricsOf(run: PolicyRun, result: PolicyStepResult, shape: GaussianPolicyShape): PolicyMetrics {
  const { returnsBefore, returnsAfter, seconds, outer } = result;
  const before = interquartileRange(returnsBefore);
  const after = interquartileRange(returnsAfter);
  const alpha = summariseAlpha(run.state.alpha.values);
  return {
    algorithm: run.algorithm,
    iteration: run.iteration,
    returnBefore: mean(returnsBefore),
    returnBeforeQ25: before.q25,
    returnBeforeQ75: before.q75,
    returnAfter: mean(returnsAfter),
    returnAfterQ25: after.q25,
    returnAfterQ75: after.q75,
    environmentSteps: run.environmentSteps,
    seconds: run.seconds,
    rollOutSeconds: seconds.rollOut,
    innerSeconds: seconds.inner,
    outerSeconds: seconds.outer,
    ...outerMetrics(outer),
    replayedTasks: result.replayedTasks,
    warnings: result.warnings.length,
    unstableEpisodes: countUnstable(result.warnings),
    alphaMean: alpha.mean,
    alphaMin: alpha.min,
    alphaMax: alpha.max,
    logStd: mean(actingLogStd(shape, run.state.metaParams)),
  };
}

function outerMetrics(outer: OuterTrace) {
  const accepted = outer.refusal === null && outer.kind !== 'none' ? 1 : 0;
  if (outer.kind === 'none' || outer.kind === 'reptile') {
    return { kl: 0, surrogateChange: 0, accepted, tries: accepted };
  }
  const [before, tries] =
    outer.kind === 'trpo'
      ? [outer.trace.surrogateBefore, outer.trace.tries]
      : [outer.surrogateBefore, outer.steps];
  const taken = accepted === 1 ? tries.at(-1) : undefined;
  return {
    kl: taken?.kl ?? 0,
    surrogateChange: taken === undefined ? 0 : taken.surrogateLoss - before,
    accepted,
    tries: tries.length,
  };
}
