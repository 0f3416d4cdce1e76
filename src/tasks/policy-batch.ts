// Timesteps to learn a policy from, as plain packed arrays: what every policy-gradient engine consumes. Episodes are
// no longer visible here; where they come from is trajectories.ts, what they are worth algorithms/advantages.ts.
import type { FloatArray } from '../math/arrays.ts';
import { foldIn, type Key, permutation } from '../math/rng.ts';

/** The timesteps of M tasks, one task's rows after the other's. Arrays are row-major and owned by the caller. */
export interface PolicyBatch {
  /** M. */
  readonly taskCount: number;
  readonly observationSize: number;
  readonly actionSize: number;
  /** [M + 1] the first row of each task; the last entry is N, the number of all rows. A task may have none. */
  readonly offsets: Int32Array;
  /** [N, observationSize] */
  readonly observations: FloatArray;
  /** [N, actionSize], as sampled, before any clipping by the environment. */
  readonly actions: FloatArray;
  /** [N] */
  readonly advantages: FloatArray;
}

/** The tasks from `from` up to but without `to`, as a batch that shares memory with the given one. */
export function sliceTasks(batch: PolicyBatch, from: number, to: number): PolicyBatch {
  const first = batch.offsets[from]!;
  const last = batch.offsets[to]!;
  return {
    ...batch,
    taskCount: to - from,
    offsets: batch.offsets.slice(from, to + 1).map((offset) => offset - first),
    observations: batch.observations.subarray(first * batch.observationSize, last * batch.observationSize),
    actions: batch.actions.subarray(first * batch.actionSize, last * batch.actionSize),
    advantages: batch.advantages.subarray(first, last),
  };
}

/**
 * `perTask` rows of every task, drawn without replacement and kept in order; tasks with fewer keep all of theirs.
 * Task i draws from foldIn(key, firstTask + i), so a share of the tasks draws what the whole batch would.
 */
export function subsampleRows(batch: PolicyBatch, perTask: number, key: Key, firstTask = 0): PolicyBatch {
  const { taskCount, offsets, observationSize, actionSize } = batch;
  const kept: number[] = [];
  const newOffsets = new Int32Array(taskCount + 1);
  for (let task = 0; task < taskCount; task++) {
    const first = offsets[task]!;
    const count = offsets[task + 1]! - first;
    if (count <= perTask) {
      for (let row = 0; row < count; row++) kept.push(first + row);
    } else {
      const drawn = permutation(foldIn(key, firstTask + task), count)
        .slice(0, perTask)
        .sort();
      for (const row of drawn) kept.push(first + row);
    }
    newOffsets[task + 1] = kept.length;
  }
  return {
    ...batch,
    offsets: newOffsets,
    observations: gatherRows(batch.observations, kept, observationSize),
    actions: gatherRows(batch.actions, kept, actionSize),
    advantages: gatherRows(batch.advantages, kept, 1),
  };
}

function gatherRows(values: FloatArray, rows: readonly number[], width: number): FloatArray {
  const gathered =
    values instanceof Float32Array
      ? new Float32Array(rows.length * width)
      : new Float64Array(rows.length * width);
  rows.forEach((row, to) => {
    for (let at = 0; at < width; at++) gathered[to * width + at] = values[row * width + at]!;
  });
  return gathered;
}
