// Returns on held-out tasks after 0 … 4 inner steps, and the adaptation to a task of the user's choice. Tasks and draws
// are fixed by the seed, so that what changes between two evaluations is the policy. Slices are small: a pause waits for one.

import type { KeptTask, PolicyCrew } from '../algorithms/meta-rl/crew.ts';
import type { AlgorithmId } from '../experiment/experiment.ts';
import { interquartileRange, mean, variance } from '../math/statistics.ts';
import type { InnerLearningRate } from '../models/inner-learning-rate.ts';
import type { PolicyTask } from '../tasks/policy-environments.ts';
import { episodeReturns } from '../tasks/trajectories.ts';
import {
  advantageSettings,
  drawPolicyTestTasks,
  environmentFor,
  policyShapeFor,
  probeKey,
  testRollOutKey,
} from './policy-domain.ts';
import type {
  PolicyAdaptationPoint,
  ProbePoint,
  ProbeRequest,
  TrainablePolicyExperiment,
} from './policy-session-events.ts';
import { countUnstable } from './policy-warnings.ts';

/** Steps of the adaptation curve, at most. */
export const CURVE_STEPS = 4;
/** Tasks per slice. */
const SLICE_TASKS = 4;

/** A run as it is evaluated. */
export interface PolicySubject {
  readonly algorithm: AlgorithmId;
  readonly metaParams: Float32Array;
  readonly alpha: InnerLearningRate;
  readonly iteration: number;
  readonly environmentSteps: number;
  readonly seconds: number;
}

/** α of test time: the experiment's or what the run has; later steps by the experiment's share of it. */
export function testAlphas(
  experiment: TrainablePolicyExperiment,
  { alpha }: Pick<PolicySubject, 'alpha'>,
  steps: number,
): InnerLearningRate[] {
  const { testInnerLearningRate, testLaterStepFactor } = experiment;
  const first: InnerLearningRate =
    testInnerLearningRate === null
      ? alpha
      : { mode: 'scalar', values: Float32Array.of(testInnerLearningRate) };
  const later: InnerLearningRate = {
    mode: first.mode,
    values: Float32Array.from(first.values, (value) => testLaterStepFactor * value),
  };
  return Array.from({ length: steps }, (_, step) => (step === 0 ? first : later));
}

/** What a crew is asked for, but tasks, key and what to keep. */
function testRequest(experiment: TrainablePolicyExperiment, subject: PolicySubject, steps: number) {
  return {
    environment: environmentFor(experiment, subject.algorithm),
    shape: policyShapeFor(experiment, subject.algorithm),
    metaParams: subject.metaParams,
    alphas: testAlphas(experiment, subject, steps),
    episodes: experiment.testTrajectories,
    horizon: experiment.horizon,
    advantages: advantageSettings(experiment),
    objective: null,
  };
}

/** The curve over `taskCount` test tasks: yields after each slice, returns the point. */
export async function* evaluatePolicy(
  crew: PolicyCrew,
  experiment: TrainablePolicyExperiment,
  subject: PolicySubject,
  taskCount: number,
): AsyncGenerator<undefined, PolicyAdaptationPoint, void> {
  const tasks = drawPolicyTestTasks(experiment, taskCount);
  const request = testRequest(experiment, subject, CURVE_STEPS);
  const emptyByStep = () => Array.from({ length: CURVE_STEPS + 1 }, () => new Float64Array(taskCount));
  const byStep = emptyByStep();
  const gainsByStep = emptyByStep();
  const errorsByStep = emptyByStep();
  const unstable = byStep.map(() => 0);
  let hasGains = false;
  let hasErrors = false;
  for (let first = 0; first < taskCount; first += SLICE_TASKS) {
    const slice = tasks.slice(first, first + SLICE_TASKS);
    const key = testRollOutKey(experiment, first / SLICE_TASKS);
    const { returns, gains, velocityErrors, warnings } = await crew.adapt({
      ...request,
      tasks: slice,
      key,
      keep: [],
    });
    const keep = (lists: readonly Float64Array[], values: Float64Array) =>
      lists.forEach((list, step) => {
        list.set(values.subarray(step * slice.length, (step + 1) * slice.length), first);
      });
    keep(byStep, returns);
    keep(gainsByStep, gains);
    keep(errorsByStep, velocityErrors);
    hasGains = gains.length > 0;
    hasErrors = velocityErrors.length > 0;
    unstable.forEach((_, step) => {
      unstable[step]! += countUnstable(warnings, step);
    });
    yield undefined;
  }
  const quartiles = byStep.map(interquartileRange);
  const { algorithm, iteration, environmentSteps, seconds } = subject;
  return {
    algorithm,
    iteration,
    environmentSteps,
    seconds,
    tasks: taskCount,
    steps: byStep.map((_, step) => step),
    meanReturn: byStep.map(mean),
    standardError: byStep.map(standardError),
    q25: quartiles.map(({ q25 }) => q25),
    q75: quartiles.map(({ q75 }) => q75),
    returnsByTask: byStep.map((values) => [...values]),
    ...(hasGains && { gainsByTask: gainsByStep.map((values) => [...values]) }),
    unstableEpisodes: unstable,
    ...(hasErrors && { velocityErrorsByTask: errorsByStep.map((values) => [...values]) }),
  };
}

/** Adapts to the task that the user chose, and to its others. */
export async function probePolicy(
  crew: PolicyCrew,
  experiment: TrainablePolicyExperiment,
  subject: PolicySubject,
  request: ProbeRequest,
): Promise<ProbePoint> {
  // Without the policies of the past that it may carry: an answer's arrays move to the page.
  const { from: _, ...question } = request;
  const tasks: PolicyTask[] = [request.task, ...(request.others ?? [])];
  const key = probeKey(experiment);
  const asked = testRequest(experiment, subject, experiment.testInnerSteps);
  const keep = tasks.map((_, task) => task);
  const { kept } = await crew.adapt({ ...asked, tasks, key, keep });
  const [first, ...others] = keep.map((task) => probeSteps(kept.find((own) => own.task === task)!));
  const { algorithm, iteration } = subject;
  return {
    algorithm,
    iteration,
    request: question,
    steps: first!,
    ...(others.length > 0 && { others }),
  };
}

function probeSteps({ trajectories, params }: KeptTask): ProbePoint['steps'] {
  const size = params.length / trajectories.length;
  return trajectories.map((collected, step) => {
    const returns = episodeReturns(collected);
    return {
      params: params.slice(step * size, (step + 1) * size),
      meanReturn: mean(returns),
      standardError: standardError(returns),
      trajectories: collected,
    };
  });
}

/** Standard deviation ÷ √n; 0 for a single value. */
function standardError(values: ArrayLike<number>): number {
  return values.length < 2 ? 0 : Math.sqrt(variance(values) / values.length);
}
