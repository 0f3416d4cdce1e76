// Held-out evaluation: fixed test tasks from the seed, adapted with a run's θ and α and scored on their query
// points. Never touches training. Works in slices of SLICE_TASKS tasks so that nobody waits long for it; the
// slices are always the same, so a result does not depend on when or how often it was interrupted.
import { inputsOf, shapeFor } from '../algorithms/run-shape.ts';
import type { AlgorithmId, SinusoidExperiment } from '../experiment/experiment.ts';
import type { AdaptationRequest, MetaGradientEngine } from '../gradients/meta-gradient.ts';
import type { InnerLearningRate } from '../models/inner-learning-rate.ts';
import { type PointSettings, sampleBatch } from '../tasks/sinusoid.ts';
import type { SinusoidTask } from '../tasks/sinusoid-task.ts';
import type { TaskBatch } from '../tasks/task-batch.ts';
import { drawTestTasks, testPointsKey } from './draws.ts';
import { summariseCurve, summariseLosses } from './loss-summary.ts';
import type { AdaptationCurve, LossSummary } from './session-events.ts';

/** Tasks per engine call: 10 steps on 20 points each take about 25 ms on the reference engine. */
export const SLICE_TASKS = 12;
/** Query points per test task: the mean over tasks needs no more. */
export const TEST_QUERY_SIZE = 20;
/** Adaptation curves go from 0 to this many steps. */
export const CURVE_STEPS = 10;
/** K of the adaptation curves, as in [MAML]. */
export const CURVE_SUPPORT_SIZES: readonly number[] = [5, 10, 20];

/** What is evaluated: one run at one moment. */
export interface Subject {
  readonly algorithm: AlgorithmId;
  readonly metaParams: Float32Array;
  readonly alpha: InnerLearningRate;
}

/** The held-out tasks of an experiment; batches of their points are drawn once and kept. */
export interface TestSet {
  readonly experiment: SinusoidExperiment;
  readonly tasks: readonly SinusoidTask[];
  /** Points of the tasks of one slice, as the algorithm's network takes them. */
  batch(algorithm: AlgorithmId, supportSize: number, slice: number): TaskBatch;
}

/** A generator that pauses after every slice and returns the evaluation's outcome. */
export type SlicedEvaluation<T> = AsyncGenerator<undefined, T, void>;

/** Draws the first `count` test tasks of the experiment. */
export function createTestSet(experiment: SinusoidExperiment, count: number): TestSet {
  const tasks = drawTestTasks(experiment, count);
  const kept = new Map<string, TaskBatch>();
  const { xMin, xMax, noise } = experiment;
  return {
    experiment,
    tasks,
    batch(algorithm, supportSize, slice) {
      const inputs = inputsOf(algorithm);
      const name = `${inputs} ${supportSize} ${slice}`;
      const known = kept.get(name);
      if (known !== undefined) return known;
      const points = { xMin, xMax, noise, supportSets: 1, supportSize, querySize: TEST_QUERY_SIZE, inputs };
      const members = tasks.slice(slice * SLICE_TASKS, (slice + 1) * SLICE_TASKS);
      const batch = sampleBatch(testPointsKey(experiment, slice), members, points satisfies PointSettings);
      kept.set(name, batch);
      return batch;
    },
  };
}

/** α at test time: the experiment's own where it sets one, else what the run has (learned or not). */
export function testAlpha(experiment: SinusoidExperiment, trained: InnerLearningRate): InnerLearningRate {
  const { testInnerLearningRate } = experiment;
  if (testInnerLearningRate === null) return trained;
  return { mode: 'scalar', values: Float32Array.of(testInnerLearningRate) };
}

/** The K's of an experiment's adaptation curves, ascending. */
export function curveSupportSizes(experiment: SinusoidExperiment): number[] {
  return [...new Set([...CURVE_SUPPORT_SIZES, experiment.testSupportSize])].sort((a, b) => a - b);
}

/** Query loss after the experiment's test-time adaptation. */
export async function* evaluateHeldOut(
  engine: MetaGradientEngine,
  testSet: TestSet,
  subject: Subject,
): SlicedEvaluation<LossSummary> {
  const { testSupportSize, testInnerSteps } = testSet.experiment;
  const losses = yield* adaptAll(engine, testSet, subject, [testSupportSize, testInnerSteps]);
  return summariseLosses(losses[testInnerSteps]!);
}

/** Query loss after 0…10 steps for every K of the experiment's curves. */
export async function* evaluateAdaptation(
  engine: MetaGradientEngine,
  testSet: TestSet,
  subject: Subject,
): SlicedEvaluation<AdaptationCurve[]> {
  const curves: AdaptationCurve[] = [];
  for (const supportSize of curveSupportSizes(testSet.experiment)) {
    const losses = yield* adaptAll(engine, testSet, subject, [supportSize, CURVE_STEPS]);
    curves.push(summariseCurve(supportSize, losses));
  }
  return curves;
}

/** θ′ of the first `count` (at most SLICE_TASKS) test tasks after the test-time adaptation, [count, P]. */
export async function adaptFirstTasks(
  engine: MetaGradientEngine,
  testSet: TestSet,
  subject: Subject,
): Promise<Float32Array> {
  const { testSupportSize, testInnerSteps } = testSet.experiment;
  const request = requestFor(testSet, subject, [testSupportSize, testInnerSteps], 0);
  const { adaptedParams } = await engine.adapt({ ...request, wantAdaptedParams: true });
  if (adaptedParams === undefined) {
    throw new Error(`Engine ${engine.id} returned no adapted parameters although they were asked for.`);
  }
  return Float32Array.from(adaptedParams);
}

/** Runs an evaluation to its end without pausing. */
export async function finishEvaluation<T>(evaluation: SlicedEvaluation<T>): Promise<T> {
  for (;;) {
    const step = await evaluation.next();
    if (step.done === true) return step.value;
  }
}

/** Losses after 0…steps steps, each over all tasks. */
async function* adaptAll(
  engine: MetaGradientEngine,
  testSet: TestSet,
  subject: Subject,
  [supportSize, steps]: readonly [supportSize: number, steps: number],
): SlicedEvaluation<Float64Array[]> {
  const count = testSet.tasks.length;
  const losses = Array.from({ length: steps + 1 }, () => new Float64Array(count));
  for (let slice = 0; slice * SLICE_TASKS < count; slice++) {
    const request = requestFor(testSet, subject, [supportSize, steps], slice);
    const { queryLosses } = await engine.adapt(request);
    const members = request.tasks.taskCount;
    losses.forEach((list, step) => {
      for (let i = 0; i < members; i++) list[slice * SLICE_TASKS + i] = queryLosses[step * members + i]!;
    });
    yield undefined;
  }
  return losses;
}

function requestFor(
  testSet: TestSet,
  { algorithm, metaParams, alpha }: Subject,
  [supportSize, innerSteps]: readonly [supportSize: number, steps: number],
  slice: number,
): AdaptationRequest {
  return {
    shape: shapeFor(testSet.experiment, algorithm),
    metaParams,
    alpha: testAlpha(testSet.experiment, alpha),
    innerSteps,
    tasks: testSet.batch(algorithm, supportSize, slice),
  };
}
