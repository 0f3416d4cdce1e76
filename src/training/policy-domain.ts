// What a lab of meta-RL brings to a session: environment, tasks, policy and every random draw. The one place that a
// further lab extends; the rest of training/ asks here. A draw depends on (seed, purpose, iteration, task) only.
import { createAlphaOf } from '../algorithms/adaptive-alpha.ts';
import { ADVANTAGE_DEFAULTS, type AdvantageSettings } from '../algorithms/advantages.ts';
import type { PolicyRunState } from '../algorithms/meta-rl/policy-algorithm.ts';
import { policyAlgorithmById } from '../algorithms/meta-rl/policy-algorithms.ts';
import { createOptimizer } from '../algorithms/optimizers.ts';
import type { CheetahExperiment } from '../experiment/cheetah-experiment.ts';
import { CHEETAH_FIELD_KEYS, CHEETAH_FIELDS } from '../experiment/cheetah-fields.ts';
import type { AlgorithmId } from '../experiment/experiment.ts';
import { changesPastIn, changesTestsIn, sameValue } from '../experiment/field-changes.ts';
import type { Lab } from '../experiment/lab.ts';
import type { NavigationExperiment } from '../experiment/navigation-experiment.ts';
import { NAVIGATION_FIELD_KEYS, NAVIGATION_FIELDS } from '../experiment/navigation-fields.ts';
import { foldIn, type Key, permutation } from '../math/rng.ts';
import { alphaCount, type GaussianPolicyShape, initialisePolicy } from '../models/gaussian-policy.ts';
import {
  type CheetahTask,
  sampleDirectionTasks,
  sampleVelocityTasks,
  type VelocityDistribution,
} from '../tasks/locomotion/cheetah-tasks.ts';
import { type GoalDistribution, type NavigationTask, sampleGoals } from '../tasks/navigation.ts';
import { type EnvironmentSpec, environmentSizes, type PolicyTask } from '../tasks/policy-environments.ts';
import { drawCheetahTests } from './cheetah-test-tasks.ts';
import { keyFor } from './draws.ts';
import type { TrainablePolicyExperiment } from './policy-session-events.ts';

// The labs' fields, for fields.ts. The rest of these labs, and all others, need not be fetched here.
const NAVIGATION: Pick<Lab<NavigationExperiment>, 'fieldKeys' | 'field'> = {
  fieldKeys: NAVIGATION_FIELD_KEYS,
  field: (key) => NAVIGATION_FIELDS[key],
};
const CHEETAH: Pick<Lab<CheetahExperiment>, 'fieldKeys' | 'field'> = {
  fieldKeys: CHEETAH_FIELD_KEYS,
  field: (key) => CHEETAH_FIELDS[key],
};

/** How two experiments differ. */
export interface PolicyChange {
  /** changesPastIn their lab. */
  readonly changesPast: boolean;
  /** changesTestsIn their lab. */
  readonly changesTests: boolean;
  /** The fields that differ; "lab" alone for experiments of two labs, which have nothing in common. */
  readonly changed: readonly string[];
}

/** How `after` differs from `before`. */
export function comparePolicyExperiments(
  before: TrainablePolicyExperiment,
  after: TrainablePolicyExperiment,
): PolicyChange {
  if (before.lab === 'navigation' && after.lab === 'navigation') return compareIn(NAVIGATION, before, after);
  if (before.lab === 'cheetah' && after.lab === 'cheetah') return compareIn(CHEETAH, before, after);
  return { changesPast: true, changesTests: true, changed: ['lab'] };
}

function compareIn<E extends TrainablePolicyExperiment>(
  lab: Pick<Lab<E>, 'fieldKeys' | 'field'>,
  before: E,
  after: E,
): PolicyChange {
  return {
    changesPast: changesPastIn(lab, before, after),
    changesTests: changesTestsIn(lab, before, after),
    changed: lab.fieldKeys.filter((key) => !sameValue(before[key], after[key])),
  };
}

/** The environment as this algorithm sees it. */
export function environmentFor(
  experiment: TrainablePolicyExperiment,
  algorithm: AlgorithmId,
): EnvironmentSpec {
  const { showsTask } = policyAlgorithmById(algorithm);
  if (experiment.lab === 'navigation') {
    const { reward, start } = experiment;
    return { kind: 'navigation', reward, start, showsTask };
  }
  const { family, convention, actionRange, observationScaling, actionCost } = experiment;
  return {
    kind: 'cheetah',
    task: family === 'dir' ? 'direction' : 'velocity',
    convention,
    actionRange,
    scaled: observationScaling === 'scaled',
    costOf: actionCost,
    showsTask,
  };
}

/** The policy of this algorithm's run. */
export function policyShapeFor(
  experiment: TrainablePolicyExperiment,
  algorithm: AlgorithmId,
): GaussianPolicyShape {
  const { observationSize, actionSize } = environmentSizes(environmentFor(experiment, algorithm));
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
  const key = foldIn(keyFor(experiment, 'tasks'), iteration);
  return experiment.lab === 'navigation' ? drawGoals(experiment, key) : drawCheetahTasks(experiment, key);
}

/** The first `count` test tasks, without noise; more of them extend fewer. Directions in turn, forwards first. */
export function drawPolicyTestTasks(experiment: NavigationExperiment, count: number): NavigationTask[];
export function drawPolicyTestTasks(experiment: CheetahExperiment, count: number): CheetahTask[];
export function drawPolicyTestTasks(experiment: TrainablePolicyExperiment, count: number): PolicyTask[];
export function drawPolicyTestTasks(experiment: TrainablePolicyExperiment, count: number): PolicyTask[] {
  if (experiment.lab === 'cheetah') return drawCheetahTests(experiment, count);
  return sampleGoals(keyFor(experiment, 'testTasks'), testDistribution(experiment), count);
}

/** With which a batch's key is folded for the order of its tasks; cheetah-tasks.ts folds it with 0. */
const ORDER = 2;

function drawCheetahTasks(experiment: CheetahExperiment, key: Key): CheetahTask[] {
  const { family, goalDraw, metaBatchSize } = experiment;
  const ordered =
    family === 'dir'
      ? sampleDirectionTasks(key, metaBatchSize, goalDraw)
      : sampleVelocityTasks(key, velocitiesOf(experiment), metaBatchSize, goalDraw);
  if (goalDraw === 'independent') return ordered;
  // The buffer replaces the last tasks: those must not always be the fastest.
  return [...permutation(foldIn(key, ORDER), metaBatchSize)].map((index) => ordered[index]!);
}

function velocitiesOf(experiment: CheetahExperiment): VelocityDistribution {
  const { family, goalMin, goalMax, noiseTaskShare, noiseGoalMin, noiseGoalMax } = experiment;
  const noise = { share: noiseTaskShare, goals: { min: noiseGoalMin, max: noiseGoalMax } };
  return { goals: { min: goalMin, max: goalMax }, ...(family === 'noise-vel' && { noise }) };
}

function drawGoals(experiment: NavigationExperiment, key: Key): NavigationTask[] {
  const { noiseTaskShare, noiseInnerRadius, noiseOuterRadius, metaBatchSize } = experiment;
  const noise = {
    share: noiseTaskShare,
    innerRadius: noiseInnerRadius,
    outerRadius: noiseOuterRadius,
  };
  const distribution = { ...testDistribution(experiment), ...(noiseTaskShare > 0 && { noise }) };
  return sampleGoals(key, distribution, metaBatchSize);
}

function testDistribution(experiment: NavigationExperiment): GoalDistribution {
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
