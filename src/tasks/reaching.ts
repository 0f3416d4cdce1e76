// Draws what a Reaching experiment learns from ([RMAML] §5, Fig. 3): the tasks, points from three normal clouds, and
// which of them each batch meets fresh. Which tasks are met again is the buffer's matter, in algorithms/.
import type { ReachingExperiment } from '../experiment/reaching-experiment.ts';
import { bits, foldIn, type Key, key, normal } from '../math/rng.ts';
import type { ReachingTasks } from './reaching-field.ts';

const PURPOSES = { points: 0, batches: 1 };
const EXTRA_CLOUD = 3;

function keyFor(experiment: ReachingExperiment, purpose: keyof typeof PURPOSES): Key {
  return foldIn(key(experiment.seed), PURPOSES[purpose]);
}

/**
 * All tasks of the experiment, cloud after cloud. Point i of a cloud is centre + spread · z, where z depends on the
 * seed, the cloud and i only: more points extend fewer, and a cloud moves rigidly with its centre. Throws a
 * RangeError where there is no task at all.
 */
export function drawReachingTasks(experiment: ReachingExperiment): ReachingTasks {
  const normals = cloudsOf(experiment);
  const extras = Math.floor(experiment.extraTasks.length / 2);
  const count = normals.reduce((sum, cloud) => sum + cloud.count, extras);
  if (count === 0) {
    throw new RangeError('There are no tasks: all three clouds are empty. Give one of them a point or more.');
  }
  const points = new Float64Array(2 * count);
  const clouds = new Uint8Array(count).fill(EXTRA_CLOUD);
  const pointsKey = keyFor(experiment, 'points');
  let first = 0;
  for (const [index, { x, y, spread, count: size }] of normals.entries()) {
    const z = normal(foldIn(pointsKey, index), 2 * size);
    for (let i = 0; i < size; i++) {
      points[2 * (first + i)] = x + spread * z[2 * i]!;
      points[2 * (first + i) + 1] = y + spread * z[2 * i + 1]!;
    }
    clouds.fill(index, first, first + size);
    first += size;
  }
  points.set(experiment.extraTasks.slice(0, 2 * extras), 2 * first);
  return { count, points, clouds };
}

/**
 * [T, M] the fresh tasks, by index below `count`, uniform with replacement. A batch uses the first M − L of its row,
 * so that all strategies meet the same fresh tasks. Depends on the seed, the iteration and the slot only: more
 * iterations and larger batches extend fewer and smaller ones.
 */
export function drawFreshTasks(experiment: ReachingExperiment, count: number): Int32Array {
  const { iterations, metaBatchSize } = experiment;
  const fresh = new Int32Array(iterations * metaBatchSize);
  for (const _ of fillFreshTasks(experiment, count, fresh)) {
    // Row after row.
  }
  return fresh;
}

/** The same into `fresh`, [T, M], with a pause after every row. */
export function* fillFreshTasks(
  experiment: ReachingExperiment,
  count: number,
  fresh: Int32Array,
): Generator<void> {
  const { iterations, metaBatchSize } = experiment;
  const batchesKey = keyFor(experiment, 'batches');
  for (let t = 0; t < iterations; t++) {
    const words = bits(foldIn(batchesKey, t), metaBatchSize);
    for (let slot = 0; slot < metaBatchSize; slot++) {
      fresh[t * metaBatchSize + slot] = Math.floor((words[slot]! / 2 ** 32) * count);
    }
    yield;
  }
}

/** The three normal clouds, in the order of REACHING_CLOUDS. */
function cloudsOf(e: ReachingExperiment) {
  return [
    { x: e.mainX, y: e.mainY, spread: e.mainSpread, count: e.mainCount },
    { x: e.firstNoiseX, y: e.firstNoiseY, spread: e.firstNoiseSpread, count: e.firstNoiseCount },
    { x: e.secondNoiseX, y: e.secondNoiseY, spread: e.secondNoiseSpread, count: e.secondNoiseCount },
  ];
}
