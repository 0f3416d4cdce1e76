// The parts that all meta-iterations of meta-RL share: draw the tasks, have the crew roll out and adapt, update α and B,
// tell each phase. The outer step is in outer-step.ts, what tells the algorithms apart in their own files.
import type { AlgorithmId } from '../../experiment/experiment.ts';
import type { MetaGradientKind } from '../../gradients/meta-gradient.ts';
import type { FloatArray } from '../../math/arrays.ts';
import { foldIn } from '../../math/rng.ts';
import { mean } from '../../math/statistics.ts';
import type { PolicyTask } from '../../tasks/policy-environments.ts';
import { fillBuffer, selectReplayed } from '../../tasks/replayed-tasks.ts';
import { updateAlpha, usesAdaptiveAlpha } from '../adaptive-alpha.ts';
import { replayedTaskCount, usesTaskBuffer } from '../task-buffer.ts';
import type { CrewOutcome } from './crew.ts';
import type { OuterStep } from './outer-step.ts';
import type {
  PolicyPhaseEvent,
  PolicyRunState,
  PolicyStepContext,
  PolicyStepResult,
} from './policy-algorithm.ts';

/** The M tasks of one meta-iteration; the last `replayedTasks` come from the buffer. */
export interface DrawnTasks {
  readonly algorithm: AlgorithmId;
  readonly tasks: readonly PolicyTask[];
  readonly replayedTasks: number;
  /** Whether this batch teaches α: there are inner steps, and the run learns it. */
  readonly learnsAlpha: boolean;
}

/** M − L fresh tasks and L from the buffer. */
export function drawTasks(
  context: PolicyStepContext,
  algorithm: AlgorithmId,
  innerSteps: number,
): DrawnTasks {
  const { experiment, state, freshTasks, iteration } = context;
  const replayed = usesTaskBuffer(experiment, algorithm)
    ? selectReplayed(state.buffer, experiment.strategy, replayedTaskCount(experiment, iteration))
    : [];
  const kept = freshTasks.slice(0, freshTasks.length - replayed.length);
  return {
    algorithm,
    tasks: [...kept, ...replayed],
    replayedTasks: replayed.length,
    learnsAlpha: innerSteps > 0 && usesAdaptiveAlpha(experiment, algorithm),
  };
}

/** How a batch is adapted: k, and for which outer gradient; none for a run that does not train. */
export interface Adaptation {
  readonly innerSteps: number;
  readonly kind: MetaGradientKind | null;
}

/** What the crew found, and the wall seconds until it had. */
export interface RolledOut {
  readonly outcome: CrewOutcome;
  readonly wallSeconds: number;
}

const ROLL_OUTS = 0;
const CURVATURE = 1;

/** Roll-outs with θ, k REINFORCE steps of every task, roll-outs with θ′. */
export async function adaptBatch(
  context: PolicyStepContext,
  drawn: DrawnTasks,
  { innerSteps, kind }: Adaptation,
): Promise<RolledOut> {
  const { experiment, environment, shape, advantages, state, key, clock } = context;
  const startedAt = clock();
  const outcome = await context.crew.adapt({
    environment,
    tasks: drawn.tasks,
    shape,
    metaParams: state.metaParams,
    alphas: new Array(innerSteps).fill(state.alpha),
    episodes: experiment.trajectoriesPerTask,
    horizon: experiment.horizon,
    key: foldIn(key, ROLL_OUTS),
    advantages,
    objective: kind && {
      kind,
      // Only TRPO asks for curvature; a drawn subset costs the others time for nothing.
      curvatureRows: experiment.outerOptimizer === 'trpo' ? experiment.curvatureRows : 0,
      curvatureKey: foldIn(key, CURVATURE),
      ...(experiment.outerOptimizer === 'adam' &&
        experiment.ratioClip !== null && { ratioClip: experiment.ratioClip }),
    },
    keep: [],
  });
  return { outcome, wallSeconds: (clock() - startedAt) / 1000 };
}

/** Each task's mean return with θ: [M]. */
export function returnsBefore({ returns, innerLosses }: CrewOutcome): Float64Array {
  return returns.subarray(0, innerLosses.length);
}

/** Each task's mean return after its last inner step: [M]. */
export function returnsAfter({ returns, innerLosses }: CrewOutcome): Float64Array {
  return returns.subarray(returns.length - innerLosses.length);
}

/** α and B after the batch, each only where the experiment switches it on for this run. */
export function updateAlphaAndBuffer(
  { experiment, state }: PolicyStepContext,
  drawn: DrawnTasks,
  outcome: CrewOutcome,
  alphaGradient: FloatArray | undefined,
): Pick<PolicyRunState, 'alpha' | 'buffer'> {
  const { algorithm, tasks, replayedTasks } = drawn;
  const usable = alphaGradient?.every(Number.isFinite) === true;
  const scores = returnsAfter(outcome).map((value) => -value);
  return {
    alpha: usable ? updateAlpha(state.alpha, alphaGradient, experiment) : state.alpha,
    buffer: usesTaskBuffer(experiment, algorithm) ? fillBuffer(tasks, scores, replayedTasks) : [],
  };
}

/** Phase 'sample': taskCount M, replayedTasks L. */
export function sampled({ tasks, replayedTasks }: DrawnTasks): PolicyPhaseEvent {
  return { phase: 'sample', values: { taskCount: tasks.length, replayedTasks } };
}

/** The phases 'roll-out', 'adapt' and 'roll-out-adapted' out of the crew's one answer; without inner steps the first. */
export function* rolledOut(
  { state }: PolicyStepContext,
  { outcome }: RolledOut,
  innerSteps: number,
): Generator<PolicyPhaseEvent, void, void> {
  const { environmentSteps, innerGradientNorms, innerLosses } = outcome;
  const [before, after] = [returnsBefore(outcome), returnsAfter(outcome)];
  yield { phase: 'roll-out', values: { meanReturn: mean(before), ...extremes(before), environmentSteps } };
  if (innerSteps === 0) return;
  const [innerGradientNorm, innerLoss] = [mean(innerGradientNorms), mean(innerLosses)];
  const alpha = mean(state.alpha.values);
  yield { phase: 'adapt', values: { innerGradientNorm, innerLoss, alpha, innerSteps } };
  yield { phase: 'roll-out-adapted', values: { meanReturn: mean(after), ...extremes(after) } };
}

function extremes(values: Float64Array) {
  return { best: Math.max(...values), worst: Math.min(...values) };
}

/** Phase 'meta-update': updateNorm ‖Δθ‖, metaGradientNorm, kl, alpha after the update, bufferSize |B|. */
export function metaUpdated(
  { state: before }: PolicyStepContext,
  after: PolicyRunState,
  { outer, kl }: Pick<OuterStep, 'outer' | 'kl'>,
): PolicyPhaseEvent {
  let squared = 0;
  for (let i = 0; i < after.metaParams.length; i++) {
    squared += (after.metaParams[i]! - before.metaParams[i]!) ** 2;
  }
  return {
    phase: 'meta-update',
    values: {
      updateNorm: Math.sqrt(squared),
      metaGradientNorm: metaGradientNorm(outer),
      kl,
      alpha: mean(after.alpha.values),
      bufferSize: after.buffer.length,
    },
  };
}

function metaGradientNorm(outer: OuterStep['outer']): number {
  if (outer.kind === 'none') return 0;
  return outer.kind === 'trpo' ? outer.trace.gradientNorm : outer.gradientNorm;
}

/** The step's outcome; `outerSeconds` spent on the outer step itself. */
export function summarise(
  state: PolicyRunState,
  drawn: DrawnTasks,
  { outcome, wallSeconds }: RolledOut,
  { outer, outerSeconds }: Pick<OuterStep, 'outer'> & { readonly outerSeconds: number },
): PolicyStepResult {
  const { seconds, warnings, environmentSteps } = outcome;
  // What the crew did besides roll-outs and inner steps was opening the objective.
  const opening = Math.max(0, wallSeconds - seconds.rollOut - seconds.inner);
  return {
    state,
    tasks: drawn.tasks,
    replayedTasks: drawn.replayedTasks,
    returnsBefore: returnsBefore(outcome),
    returnsAfter: returnsAfter(outcome),
    environmentSteps,
    warnings,
    outer,
    seconds: { ...seconds, outer: opening + outerSeconds },
  };
}
