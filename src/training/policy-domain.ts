// What a lab of meta-RL brings to a session: environment, tasks, policy and every random draw. The one place that a
// further lab extends; the rest of training/ asks here. A draw depends on (seed, purpose, iteration, task) only.
import { createAlphaOf } from '../algorithms/adaptive-alpha.ts';
import { ADVANTAGE_DEFAULTS, type AdvantageSettings } from '../algorithms/advantages.ts';
import type { PolicyRunState } from '../algorithms/meta-rl/policy-algorithm.ts';
import { policyAlgorithmById } from '../algorithms/meta-rl/policy-algorithms.ts';
import { createOptimizer } from '../algorithms/optimizers.ts';
import type { AlgorithmId } from '../experiment/experiment.ts';
import type { Lab } from '../experiment/lab.ts';
import { NAVIGATION_FIELD_KEYS, NAVIGATION_FIELDS } from '../experiment/navigation-fields.ts';
import { foldIn, type Key } from '../math/rng.ts';
import { alphaCount, type GaussianPolicyShape, initialisePolicy } from '../models/gaussian-policy.ts';
import { type GoalDistribution, sampleGoals } from '../tasks/navigation.ts';
import { type EnvironmentSpec, openEnvironment, type PolicyTask } from '../tasks/policy-environments.ts';
import { keyFor } from './draws.ts';
import type { TrainablePolicyExperiment } from './policy-session-events.ts';

/** The fields of the experiment's lab, for fields.ts. The rest of the lab, and all others, need not be fetched here. */
export const POLICY_LAB: Pick<Lab<TrainablePolicyExperiment>, 'fieldKeys' | 'field'> = {
  fieldKeys: NAVIGATION_FIELD_KEYS,
  field: (key) => NAVIGATION_FIELDS[key],
};

/** The environment as this algorithm sees it. */
export function environmentFor(
  { reward, start }: TrainablePolicyExperiment,
  algorithm: AlgorithmId,
): EnvironmentSpec {
  return { kind: 'navigation', reward, start, showsTask: policyAlgorithmById(algorithm).showsTask };
}

/** The policy of this algorithm's run. */
export function policyShapeFor(
  experiment: TrainablePolicyExperiment,
  algorithm: AlgorithmId,
): GaussianPolicyShape {
  const { observationSize, actionSize } = openEnvironment(environmentFor(experiment, algorithm));
  const { hiddenWidths, activation, minLogStd } = experiment;
  return { sizes: [observationSize, ...hiddenWidths, actionSize], activation, minLogStd };
}

/** How roll-outs are valued. */
export function advantageSettings({ discount, gaeLambda }: TrainablePolicyExperiment): AdvantageSettings {
  return { ...ADVANTAGE_DEFAULTS, discount, gaeLambda };
}

/** A run before its first meta-iteration; θ is the same for all runs with the same network. */
export function initialPolicyState(
  experiment: TrainablePolicyExperiment,
  algorithm: AlgorithmId,
): PolicyRunState {
  const shape = policyShapeFor(experiment, algorithm);
  const { initialisation, initialLogStd } = experiment;
  const metaParams = initialisePolicy(shape, initialisation, keyFor(experiment, 'initialise'), initialLogStd);
  return {
    metaParams,
    optimizer: createOptimizer('adam', metaParams.length),
    alpha: createAlphaOf(experiment, algorithm, (mode) => alphaCount(shape, mode)),
    buffer: [],
  };
}

/** The M fresh tasks of meta-iteration t (from 0), the same for every run; some are noise where there is any. */
export function drawPolicyTasks(experiment: TrainablePolicyExperiment, iteration: number): PolicyTask[] {
  const { noiseTaskShare, noiseInnerRadius, noiseOuterRadius, metaBatchSize } = experiment;
  const noise = {
    share: noiseTaskShare,
    innerRadius: noiseInnerRadius,
    outerRadius: noiseOuterRadius,
  };
  const distribution = { ...testDistribution(experiment), ...(noiseTaskShare > 0 && { noise }) };
  return sampleGoals(foldIn(keyFor(experiment, 'tasks'), iteration), distribution, metaBatchSize);
}

/** The first `count` test tasks, without noise; more of them extend fewer. */
export function drawPolicyTestTasks(experiment: TrainablePolicyExperiment, count: number): PolicyTask[] {
  return sampleGoals(keyFor(experiment, 'testTasks'), testDistribution(experiment), count);
}

function testDistribution(experiment: TrainablePolicyExperiment): GoalDistribution {
  const { goalXMin: xMin, goalXMax: xMax, goalYMin: yMin, goalYMax: yMax } = experiment;
  return { region: { xMin, xMax, yMin, yMax } };
}

/** The key of the roll-outs of meta-iteration t, the same for every run. */
export function rollOutKeyAt(experiment: TrainablePolicyExperiment, iteration: number): Key {
  return foldIn(keyFor(experiment, 'points'), iteration);
}

/** The key of the roll-outs of the test tasks in slice `slice`. */
export function testRollOutKey(experiment: TrainablePolicyExperiment, slice: number): Key {
  return foldIn(keyFor(experiment, 'testPoints'), slice);
}

/** The key of the roll-outs on a task of the user's choice: always the same, so that what changes is the policy. */
export function probeKey(experiment: TrainablePolicyExperiment): Key {
  return keyFor(experiment, 'probe');
}
