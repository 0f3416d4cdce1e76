// What the experiments of all meta-RL labs cost, counted rather than measured, and the rule that keeps one collection of
// trajectories within memory.

import { groupThousands } from '../words/numbers.ts';
import { policyRuleWords } from '../words/rules-policy.ts';
import type { AlgorithmId } from './experiment.ts';
import type { PolicyExperiment } from './policy-experiment.ts';

/** Timesteps (M × E × H) that one collection may have: with observations, actions and advantages some 20 MB. */
export const MAX_TIMESTEPS = 400_000;

type Collection = Pick<PolicyExperiment, 'metaBatchSize' | 'trajectoriesPerTask' | 'horizon'>;

const timestepsOf = (e: Collection) => e.metaBatchSize * e.trajectoriesPerTask * e.horizon;

/** M × E × H ≤ MAX_TIMESTEPS. */
export const TIMESTEPS_FIT = {
  fields: ['trajectoriesPerTask', 'metaBatchSize', 'horizon'],
  violation(e: Collection): string | null {
    const timesteps = timestepsOf(e);
    if (timesteps <= MAX_TIMESTEPS) return null;
    const most = Math.floor(MAX_TIMESTEPS / (e.metaBatchSize * e.horizon));
    return policyRuleWords.timesteps({
      tasks: e.metaBatchSize,
      trajectories: e.trajectoriesPerTask,
      horizon: e.horizon,
      timesteps: groupThousands(timesteps),
      most: groupThousands(MAX_TIMESTEPS),
      mostTrajectories: most,
    });
  },
  // Never more than before: other limits on the tasks hold on.
  repair: <E extends Collection>(e: E, fallback: E): E => ({
    ...e,
    metaBatchSize: Math.min(e.metaBatchSize, fallback.metaBatchSize),
    trajectoriesPerTask: Math.min(e.trajectoriesPerTask, fallback.trajectoriesPerTask),
    horizon: Math.min(e.horizon, fallback.horizon),
  }),
} as const;

/** Passes over the parameters per timestep: 1 forward, 3 with the gradient, twice as many for a product with ∇². */
const FORWARD = 1;
const GRADIENT = 3;
const HESSIAN_PRODUCT = 6;
const FISHER_PRODUCT = 4;
/** The line search seldom needs more. */
const USUAL_TRIES = 2;

/** Passes per timestep of one meta-iteration of the algorithm; `share`: of timesteps in curvature products. */
function passesOf(algorithm: AlgorithmId, e: PolicyExperiment, share: number): number {
  const step = FORWARD + GRADIENT;
  if (algorithm === 'reptile') return e.reptileInnerSteps * step;
  const steps = algorithm === 'pretrained' || algorithm === 'oracle' ? 0 : e.innerSteps;
  const collected = steps * step + FORWARD;
  if (algorithm === 'random') return collected;
  const isSecondOrder = algorithm === 'maml' || algorithm === 'rmaml';
  const throughInner = isSecondOrder ? steps * HESSIAN_PRODUCT : 0;
  const metaGradient = GRADIENT + throughInner;
  if (e.outerOptimizer === 'adam') return collected + e.outerSteps * metaGradient;
  const curvature = e.conjugateGradientIterations * share * (2 * throughInner + FISHER_PRODUCT);
  return collected + metaGradient + curvature + USUAL_TRIES * (steps * GRADIENT + FORWARD);
}

/** Multiply–adds of one lockstep meta-iteration over all algorithms, roughly; `parameters`: P. */
export function policyMultiplyAdds(e: PolicyExperiment, parameters: number): number {
  const rows = e.trajectoriesPerTask * e.horizon;
  const share = e.curvatureRows === 0 ? 1 : Math.min(1, e.curvatureRows / rows);
  const passes = e.algorithms.reduce((sum, id) => sum + passesOf(id, e, share), 0);
  return passes * timestepsOf(e) * parameters;
}
