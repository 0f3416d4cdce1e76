// Every random draw of a session: which key serves which purpose. A draw depends on (seed, purpose, iteration,
// slot) only, so that runs can be resumed, compared and replayed.

import { shapeFor } from '../algorithms/run-shape.ts';
import type { AlgorithmId, SinusoidExperiment } from '../experiment/experiment.ts';
import { foldIn, type Key, key } from '../math/rng.ts';
import { initialiseParams } from '../models/initialise.ts';
import { sampleTasks, testDistribution, trainingDistribution } from '../tasks/sinusoid.ts';
import type { SinusoidTask } from '../tasks/sinusoid-task.ts';

/** points, testPoints: of supervised tasks; in meta-RL they are roll-outs. */
const PURPOSES = { initialise: 0, tasks: 1, points: 2, testTasks: 3, testPoints: 4, probe: 5 };

/** The key of all draws for one purpose. */
export function keyFor(experiment: { readonly seed: number }, purpose: keyof typeof PURPOSES): Key {
  return foldIn(key(experiment.seed), PURPOSES[purpose]);
}

/** θ before the first meta-iteration: the same for all runs with the same network. */
export function drawInitialParams(experiment: SinusoidExperiment, algorithm: AlgorithmId): Float32Array {
  const shape = shapeFor(experiment, algorithm);
  return initialiseParams(shape, experiment.initialisation, keyFor(experiment, 'initialise'));
}

/** The keys from which a meta-iteration's tasks and points are drawn: see TaskStream. */
export function streamKeys(experiment: SinusoidExperiment): {
  readonly taskKey: Key;
  readonly pointsKey: Key;
} {
  return { taskKey: keyFor(experiment, 'tasks'), pointsKey: keyFor(experiment, 'points') };
}

/** The M fresh tasks of meta-iteration t (from 0), the same for every run. */
export function drawTrainingTasks(experiment: SinusoidExperiment, iteration: number): SinusoidTask[] {
  const taskKey = foldIn(keyFor(experiment, 'tasks'), iteration);
  return sampleTasks(taskKey, trainingDistribution(experiment), experiment.metaBatchSize);
}

/** The key of the data points of meta-iteration t. */
export function pointsKeyAt(experiment: SinusoidExperiment, iteration: number): Key {
  return foldIn(keyFor(experiment, 'points'), iteration);
}

/** The first `count` held-out tasks; more of them extend fewer. */
export function drawTestTasks(experiment: SinusoidExperiment, count: number): SinusoidTask[] {
  return sampleTasks(keyFor(experiment, 'testTasks'), testDistribution(experiment), count);
}

/** The key of the points of the held-out tasks in slice `slice`. */
export function testPointsKey(experiment: SinusoidExperiment, slice: number): Key {
  return foldIn(keyFor(experiment, 'testPoints'), slice);
}
