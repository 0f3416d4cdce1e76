// The work of a crew on some of a request's tasks, by one engine in one thread: roll-outs, baselines, inner steps, and
// the outer objective of these tasks alone. Who does which share, and how shares become one outcome: join-shares.ts.
import type { OpenPolicyActor } from '../../gradients/create-policy-engine.ts';
import type { PolicyGradientEngine, PolicyObjective } from '../../gradients/policy-gradient.ts';
import type { FloatArray } from '../../math/arrays.ts';
import { foldIn } from '../../math/rng.ts';
import { policyParameterCount } from '../../models/gaussian-policy.ts';
import { subsampleRows } from '../../tasks/policy-batch.ts';
import { openEnvironment, type PolicyTask } from '../../tasks/policy-environments.ts';
import {
  collectTrajectories,
  type Environment,
  meanReturns,
  type Trajectories,
} from '../../tasks/trajectories.ts';
import { adaptByReinforce, type Collect, type InnerLoopResult } from '../reinforce.ts';
import type { CrewRequest, CrewWarning, KeptTask } from './crew.ts';

/** What does the work. */
export interface ShareTools {
  readonly engine: PolicyGradientEngine;
  readonly openActor: OpenPolicyActor;
  /** Milliseconds, for seconds alone. */
  readonly clock: () => number;
}

/** Neighbouring tasks of a request. */
export interface TaskRange {
  readonly first: number;
  readonly count: number;
}

/** What came of one share; plain, structured-cloneable. Lists are as in CrewOutcome, for the share's tasks alone. */
export interface ShareOutcome extends TaskRange {
  /** [k + 1, count] */
  readonly returns: Float64Array;
  /** The same, or empty. */
  readonly gains: Float64Array;
  readonly velocityErrors: Float64Array;
  /** [count] */
  readonly innerGradientNorms: Float64Array;
  /** [count] */
  readonly innerLosses: Float64Array;
  readonly environmentSteps: number;
  /** Tasks by their numbers in the request. */
  readonly warnings: readonly CrewWarning[];
  readonly kept: readonly KeptTask[];
  readonly seconds: { readonly rollOut: number; readonly inner: number };
}

/** Does the share's work. The objective, null unless asked for, is of the share's tasks alone: a mean over them. */
export async function adaptShare(
  tools: ShareTools,
  request: CrewRequest,
  share: TaskRange,
): Promise<{ readonly outcome: ShareOutcome; readonly objective: PolicyObjective | null }> {
  const { engine, clock } = tools;
  const { shape, metaParams, alphas, advantages } = request;
  const environment = await openEnvironment(request.environment);
  const startedAt = clock();
  let rollOut = 0;
  const collectNow = collector(tools, environment, request, share);
  const collect: Collect = async (params, step) => {
    const from = clock();
    const collected = collectNow(params, step);
    rollOut += (clock() - from) / 1000;
    return collected;
  };
  const opensNext = request.objective !== null;
  const inner = await adaptByReinforce({ engine, shape, metaParams, alphas, advantages, collect, opensNext });
  const seconds = { rollOut, inner: (clock() - startedAt) / 1000 - rollOut };
  const objective = request.objective === null ? null : await openShare(tools, request, share, inner);
  return { outcome: { ...share, ...describe(environment, request, share, inner), seconds }, objective };
}

function collector(
  { openActor }: ShareTools,
  environment: Environment<PolicyTask>,
  { tasks, shape, episodes, horizon, key, keep }: CrewRequest,
  { first, count }: TaskRange,
): (params: FloatArray, step: number) => Trajectories {
  const size = policyParameterCount(shape);
  return (params, step) =>
    collectTrajectories({
      environment,
      tasks: tasks.slice(first, first + count),
      firstTask: first,
      episodes,
      horizon,
      key: foldIn(key, step),
      actorFor: (task) => {
        const own = params.length === size ? params : params.subarray(task * size, (task + 1) * size);
        return openActor(shape, own, episodes);
      },
      keepsPositions: (task) => keep.includes(first + task),
    });
}

/** The outer objective of the share's tasks, adapted along the trajectories of `inner`. */
async function openShare(
  { engine }: ShareTools,
  { shape, metaParams, alphas, objective }: CrewRequest,
  { first }: TaskRange,
  { batches }: InnerLoopResult,
): Promise<PolicyObjective | null> {
  if (objective === null) return null;
  const alpha = alphas[0] ?? { mode: 'scalar' as const, values: new Float32Array(1) };
  if (alphas.some((other) => other !== alpha)) {
    throw new Error(
      'An outer objective goes through inner steps of one α: got several. Ask for none, or repeat α.',
    );
  }
  const { kind, curvatureRows, curvatureKey, ratioClip } = objective;
  const support = batches.slice(0, -1);
  const query = batches.at(-1)!;
  const fewer = (step: number) =>
    subsampleRows(batches[step]!, curvatureRows, foldIn(curvatureKey, step), first);
  return engine.open({
    shape,
    metaParams,
    alpha,
    kind,
    support,
    query,
    ...(ratioClip !== undefined && { ratioClip }),
    ...(curvatureRows > 0 && {
      curvature: { support: support.map((_, step) => fewer(step)), query: fewer(support.length) },
    }),
  });
}

function describe(
  environment: Environment<PolicyTask>,
  request: CrewRequest,
  { first, count }: TaskRange,
  inner: InnerLoopResult,
) {
  const { trajectories, adaptations } = inner;
  const returns = new Float64Array(trajectories.length * count);
  const gains = new Float64Array(environment.meanGains === undefined ? 0 : returns.length);
  const velocityErrors = new Float64Array(environment.velocityErrors === undefined ? 0 : returns.length);
  const tasks = request.tasks.slice(first, first + count);
  let environmentSteps = 0;
  const warnings: CrewWarning[] = [];
  for (const [step, collected] of trajectories.entries()) {
    returns.set(meanReturns(collected), step * count);
    if (environment.meanGains) gains.set(environment.meanGains(collected), step * count);
    if (environment.velocityErrors) {
      velocityErrors.set(environment.velocityErrors(collected, tasks), step * count);
    }
    for (const length of collected.lengths) environmentSteps += length;
    collected.unstableEpisodes?.forEach((episodes, task) => {
      if (episodes > 0) warnings.push({ kind: 'unstable', task: first + task, step, episodes });
    });
    const bad = collected.nonFiniteAction;
    if (bad !== null) {
      warnings.push({ kind: 'non-finite-action', task: first + bad.task, step, episode: bad.episode });
    }
  }
  warnings.push(...inner.warnings.map((warning) => ({ ...warning, task: first + warning.task })));
  return {
    returns,
    gains,
    velocityErrors,
    environmentSteps,
    warnings,
    innerGradientNorms: adaptations[0]?.innerGradientNorms ?? new Float64Array(count),
    innerLosses: adaptations[0]?.innerLosses ?? new Float64Array(count),
    kept: request.keep
      .filter((task) => task >= first && task < first + count)
      .map((task) => keepTask(request, inner, task, task - first)),
  };
}

/** Task `task` of the request, the share's number `at`. */
function keepTask({ metaParams }: CrewRequest, inner: InnerLoopResult, task: number, at: number): KeptTask {
  const size = metaParams.length;
  const params = new Float32Array((inner.adaptations.length + 1) * size);
  params.set(metaParams);
  inner.adaptations.forEach(({ adaptedParams }, step) => {
    params.set(adaptedParams.subarray(at * size, (at + 1) * size), (step + 1) * size);
  });
  return { task, trajectories: inner.trajectories.map((all) => trajectoriesOf(all, at)), params };
}

/** Those of one task, copied. */
function trajectoriesOf(all: Trajectories, task: number): Trajectories {
  const { episodes, horizon, observationSize, actionSize, nonFiniteAction } = all;
  const rows = episodes * horizon;
  const positions = all.positions?.[task] ?? null;
  const cut = (values: Float32Array, perTask: number) => values.slice(task * perTask, (task + 1) * perTask);
  return {
    taskCount: 1,
    episodes,
    horizon,
    observationSize,
    actionSize,
    lengths: all.lengths.slice(task * episodes, (task + 1) * episodes),
    observations: cut(all.observations, rows * observationSize),
    actions: cut(all.actions, rows * actionSize),
    rewards: cut(all.rewards, rows),
    nonFiniteAction: nonFiniteAction?.task === task ? { ...nonFiniteAction, task: 0 } : null,
    ...(all.unstableEpisodes && { unstableEpisodes: all.unstableEpisodes.slice(task, task + 1) }),
    // Recorded for this task alone, so nobody else has them.
    ...(positions !== null && { positions: [positions] }),
  };
}
