// The parts that all meta-iterations share: draw the batch, ask the engine, update θ, α and B, tell each phase.
// Not here: what distinguishes one algorithm from another; that is in the algorithm's own file.

import type { AlgorithmId, SinusoidExperiment } from '../experiment/experiment.ts';
import type { MetaGradientRequest, MetaGradientResult } from '../gradients/meta-gradient.ts';
import type { FloatArray } from '../math/arrays.ts';
import { norm } from '../math/linear-algebra.ts';
import { mean } from '../math/statistics.ts';
import { fillBuffer, selectReplayed } from '../tasks/replayed-tasks.ts';
import { type PointSettings, resampleBatch, type SinusoidBatch, sampleBatch } from '../tasks/sinusoid.ts';
import type { SinusoidTask } from '../tasks/sinusoid-task.ts';
import type { TaskBatch } from '../tasks/task-batch.ts';
import { updateAlpha, usesAdaptiveAlpha } from './adaptive-alpha.ts';
import type { PhaseEvent, RunState, StepContext, StepResult } from './algorithm.ts';
import { applyOptimizer } from './optimizers.ts';
import { inputsOf, shapeFor } from './run-shape.ts';
import { replayedTaskCount, usesTaskBuffer } from './task-buffer.ts';

/** The M tasks of one meta-iteration with their points; the last `replayedTasks` come from the buffer. */
export interface DrawnBatch {
  readonly algorithm: AlgorithmId;
  readonly tasks: readonly SinusoidTask[];
  readonly replayedTasks: number;
  readonly points: TaskBatch;
}

/** M − L fresh tasks and L from the buffer, with S support sets each (1, or Reptile's minibatches). */
export function drawBatch(context: StepContext, algorithm: AlgorithmId, supportSets = 1): DrawnBatch {
  const { experiment, state, freshTasks } = context;
  const replayed = usesTaskBuffer(experiment, algorithm)
    ? selectReplayed(state.buffer, experiment.strategy, replayedTaskCount(experiment, context.iteration))
    : [];
  const replaced = replayed.length;
  const tasks = [...freshTasks.slice(0, freshTasks.length - replaced), ...replayed];
  const settings = { ...pointSettings(experiment, supportSets), inputs: inputsOf(algorithm) };
  const drawn = context.freshPoints;
  const points =
    drawn === undefined
      ? sampleBatch(context.key, tasks, settings)
      : resampleBatch(drawn, context.key, { tasks, replaced }, settings);
  return { algorithm, tasks, replayedTasks: replaced, points };
}

/** The points that all runs of a meta-iteration share: StepContext.freshPoints. */
export function drawFreshPoints(
  context: Pick<StepContext, 'experiment' | 'freshTasks' | 'key'>,
  algorithms: readonly AlgorithmId[],
): SinusoidBatch {
  const { experiment, freshTasks, key } = context;
  const supportSets = algorithms.includes('reptile') ? experiment.reptileInnerSteps : 1;
  return sampleBatch(key, freshTasks, pointSettings(experiment, supportSets));
}

/** Where training points lie, x as inputs. */
export function pointSettings(experiment: SinusoidExperiment, supportSets: number): PointSettings {
  const { xMin, xMax, noise, supportSize, querySize } = experiment;
  return { xMin, xMax, noise, supportSets, supportSize, querySize, inputs: 'x' };
}

/** What every request to the engine has in common; kind and innerSteps are the algorithm's own. */
export function requestFor(
  context: StepContext,
  drawn: DrawnBatch,
): Omit<MetaGradientRequest, 'kind' | 'innerSteps'> {
  return {
    shape: shapeFor(context.experiment, drawn.algorithm),
    metaParams: context.state.metaParams,
    alpha: context.state.alpha,
    tasks: drawn.points,
    wantAlphaGradient: usesAdaptiveAlpha(context.experiment, drawn.algorithm),
  };
}

/** θ ← optimiser(θ, meta-gradient, β), the gradient times M when the meta-loss is a sum over tasks. */
export function applyMetaGradient(
  context: StepContext,
  metaGradient: FloatArray,
): Pick<RunState, 'metaParams' | 'optimizer'> {
  const { experiment, state } = context;
  const factor = experiment.metaLoss === 'sum' ? context.freshTasks.length : 1;
  const gradient = factor === 1 ? metaGradient : metaGradient.map((g) => g * factor);
  const next = applyOptimizer(state.optimizer, state.metaParams, gradient, experiment.metaLearningRate);
  return { metaParams: next.params, optimizer: next.state };
}

/** α and B after the batch, each only where the experiment switches it on for this run. */
export function updateAlphaAndBuffer(
  context: StepContext,
  drawn: DrawnBatch,
  result: MetaGradientResult,
): Pick<RunState, 'alpha' | 'buffer'> {
  const { experiment, state } = context;
  const { alphaGradient, queryLosses } = result;
  return {
    alpha: alphaGradient === undefined ? state.alpha : updateAlpha(state.alpha, alphaGradient, experiment),
    buffer: usesTaskBuffer(experiment, drawn.algorithm)
      ? fillBuffer(drawn.tasks, queryLosses, drawn.replayedTasks)
      : [],
  };
}

/** The step's outcome; `gradientEvaluations` per task, a Hessian–vector product counting two. */
export function summarise(
  state: RunState,
  drawn: DrawnBatch,
  losses: Pick<MetaGradientResult, 'queryLosses' | 'supportLosses'>,
  gradientEvaluations: number,
): StepResult {
  const queryLoss = mean(losses.queryLosses);
  const supportLoss = mean(losses.supportLosses);
  return { state, queryLoss, supportLoss, gradientEvaluations, replayedTasks: drawn.replayedTasks };
}

/** Phase 'sample': taskCount M, replayedTasks L. */
export function sampled(drawn: DrawnBatch): PhaseEvent {
  const { tasks, replayedTasks } = drawn;
  return { phase: 'sample', values: { taskCount: tasks.length, replayedTasks } };
}

/** The phases 'inner-gradient', 'adapt' and 'query-loss' out of one engine call. */
export function* adaptedAndScored(
  context: StepContext,
  innerSteps: number,
  result: MetaGradientResult,
): Generator<PhaseEvent, void, void> {
  yield innerGradientTaken(result);
  yield adapted(context, innerSteps);
  yield queryScored(result);
}

/** Phase 'inner-gradient': innerGradientNorm ‖∇L(θ)‖ and supportLoss L(θ), means over tasks. */
function innerGradientTaken(
  result: Pick<MetaGradientResult, 'innerGradientNorm' | 'supportLosses'>,
): PhaseEvent {
  const { innerGradientNorm, supportLosses } = result;
  return { phase: 'inner-gradient', values: { innerGradientNorm, supportLoss: mean(supportLosses) } };
}

/** Phase 'adapt': alpha (mean over its entries) and innerSteps k. */
function adapted(context: StepContext, innerSteps: number): PhaseEvent {
  return { phase: 'adapt', values: { alpha: mean(context.state.alpha.values), innerSteps } };
}

/** Phase 'query-loss': queryLoss, mean over tasks, with the best and worst task's. */
function queryScored(result: Pick<MetaGradientResult, 'queryLosses'>): PhaseEvent {
  const { queryLosses } = result;
  let best = Number.POSITIVE_INFINITY;
  let worst = Number.NEGATIVE_INFINITY;
  for (const loss of queryLosses) {
    best = Math.min(best, loss);
    worst = Math.max(worst, loss);
  }
  return { phase: 'query-loss', values: { queryLoss: mean(queryLosses), best, worst } };
}

/** Phase 'meta-update': updateNorm ‖Δθ‖, metaGradientNorm, alpha after the update, bufferSize |B|. */
export function metaUpdated(before: RunState, after: RunState, metaGradient: FloatArray): PhaseEvent {
  let squared = 0;
  for (let i = 0; i < metaGradient.length; i++)
    squared += (after.metaParams[i]! - before.metaParams[i]!) ** 2;
  return {
    phase: 'meta-update',
    values: {
      updateNorm: Math.sqrt(squared),
      metaGradientNorm: norm(metaGradient),
      alpha: mean(after.alpha.values),
      bufferSize: after.buffer.length,
    },
  };
}
