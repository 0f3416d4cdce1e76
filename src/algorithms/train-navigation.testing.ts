// A meta-RL run on 2D navigation as small as can be, for tests: no session, no checkpoints, one engine, everything in
// this thread.
import type { PolicyGradientEngine } from '../gradients/policy-gradient.ts';
import type { FloatArray } from '../math/arrays.ts';
import { foldIn, key } from '../math/rng.ts';
import { mean } from '../math/statistics.ts';
import {
  createActor,
  type GaussianPolicyShape,
  initialisePolicy,
  policyParameterCount,
} from '../models/gaussian-policy.ts';
import { createNavigation, GOAL_SQUARE, type NavigationTask, sampleGoals } from '../tasks/navigation.ts';
import { subsampleRows } from '../tasks/policy-batch.ts';
import { collectTrajectories, meanReturns } from '../tasks/trajectories.ts';
import { ADVANTAGE_DEFAULTS } from './advantages.ts';
import { applyOptimizer, createOptimizer } from './optimizers.ts';
import { adaptByReinforce, type Collect, type InnerLoopResult } from './reinforce.ts';
import { TRPO_DEFAULTS, type TrpoResult, trpoStep } from './trpo.ts';

export interface NavigationRun {
  readonly seed: number;
  readonly shape: GaussianPolicyShape;
  readonly taskCount: number;
  readonly episodes: number;
  readonly horizon: number;
  readonly alpha: number;
  readonly logStd: number;
  readonly iterations: number;
  /** Adam's learning rate, or TRPO. */
  readonly outer: 'trpo' | { readonly adam: number };
  /** Timesteps per task for curvature products; all unless given. */
  readonly curvatureRows?: number;
}

export interface NavigationRunResult {
  readonly metaParams: Float32Array;
  /** Per iteration: mean return over tasks before and after adaptation. */
  readonly before: readonly number[];
  readonly after: readonly number[];
  /** TRPO's outcomes. */
  readonly steps: readonly TrpoResult[];
}

const TEST_TASKS = 40;

/** Collects with the policies [P] or [M, P]; draws depend on the key and the step alone. */
export function collector(
  run: Pick<NavigationRun, 'shape' | 'episodes' | 'horizon'>,
  tasks: readonly NavigationTask[],
  collectKey: readonly [number, number],
): Collect {
  const environment = createNavigation({ reward: 'distance', start: 'origin' });
  const size = policyParameterCount(run.shape);
  return async (params: FloatArray, step: number) =>
    collectTrajectories({
      environment,
      tasks,
      episodes: run.episodes,
      horizon: run.horizon,
      key: foldIn(collectKey, step),
      actorFor: (task) => {
        const own = params.length === size ? params : params.subarray(task * size, (task + 1) * size);
        return createActor(run.shape, own, run.episodes);
      },
    });
}

/** Meta-trains by one inner REINFORCE step and the outer step asked for. */
export async function trainNavigation(
  engine: PolicyGradientEngine,
  run: NavigationRun,
): Promise<NavigationRunResult> {
  const root = key(run.seed);
  let metaParams = initialisePolicy(run.shape, 'glorot', foldIn(root, 0), run.logStd);
  let optimizer = createOptimizer('adam', metaParams.length);
  const before: number[] = [];
  const after: number[] = [];
  const steps: TrpoResult[] = [];
  const alpha = { mode: 'scalar' as const, values: Float32Array.of(run.alpha) };
  for (let iteration = 0; iteration < run.iterations; iteration++) {
    const iterationKey = foldIn(foldIn(root, 1), iteration);
    const tasks = sampleGoals(foldIn(iterationKey, 0), { region: GOAL_SQUARE }, run.taskCount);
    const inner: InnerLoopResult = await adaptByReinforce({
      engine,
      shape: run.shape,
      metaParams,
      alphas: [alpha],
      advantages: ADVANTAGE_DEFAULTS,
      collect: collector(run, tasks, foldIn(iterationKey, 1)),
    });
    before.push(mean(meanReturns(inner.trajectories[0]!)));
    after.push(mean(meanReturns(inner.trajectories[1]!)));
    const [support, query] = [inner.batches[0]!, inner.batches[1]!];
    const curvatureKey = foldIn(iterationKey, 2);
    const rows = run.curvatureRows;
    const objective = await engine.open({
      shape: run.shape,
      metaParams,
      alpha,
      kind: 'second',
      support: [support],
      query,
      ...(rows !== undefined && {
        curvature: {
          support: [subsampleRows(support, rows, foldIn(curvatureKey, 0))],
          query: subsampleRows(query, rows, foldIn(curvatureKey, 1)),
        },
      }),
    });
    const { metaGradient, surrogateLoss } = await objective.gradient();
    if (run.outer === 'trpo') {
      const result = await trpoStep(objective, { metaParams, metaGradient, surrogateLoss }, TRPO_DEFAULTS);
      steps.push(result);
      if (result.accepted) metaParams = Float32Array.from(result.metaParams);
    } else {
      const next = applyOptimizer(optimizer, metaParams, metaGradient, run.outer.adam);
      metaParams = next.params;
      optimizer = next.state;
    }
    objective.release();
  }
  return { metaParams, before, after, steps };
}

/** Mean returns of θ on held-out goals before and after one inner step. */
export async function evaluateNavigation(
  engine: PolicyGradientEngine,
  run: NavigationRun,
  metaParams: FloatArray,
): Promise<{ readonly before: number; readonly after: number }> {
  const evaluationKey = foldIn(key(run.seed), 7);
  const tasks = sampleGoals(foldIn(evaluationKey, 0), { region: GOAL_SQUARE }, TEST_TASKS);
  const { trajectories } = await adaptByReinforce({
    engine,
    shape: run.shape,
    metaParams,
    alphas: [{ mode: 'scalar', values: Float32Array.of(run.alpha) }],
    advantages: ADVANTAGE_DEFAULTS,
    collect: collector(run, tasks, foldIn(evaluationKey, 1)),
  });
  const [before, after] = trajectories.map((collected) => mean(meanReturns(collected)));
  return { before: before!, after: after! };
}
