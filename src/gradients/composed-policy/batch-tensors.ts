// A batch's timesteps as tensors, for a group of its tasks at once: tasks with fewer rows than the longest of the
// group are filled up with rows of weight 0.
import { type Tensor, tensor } from '@tensorflow/tfjs-core';
import type { PolicyBatch } from '../../tasks/policy-batch.ts';

/** Consecutive tasks that are computed together. */
export interface TaskGroup {
  readonly first: number;
  /** G */
  readonly count: number;
}

/** G tasks of N rows each, N the longest task's number of rows, at least 1. */
export interface BatchTensors {
  /** [G, N, observations + 1] with a last column of ones. */
  readonly inputs: Tensor;
  /** [G, N, A] */
  readonly actions: Tensor;
  /** Advantage ÷ the task's rows: [G, N, 1]. */
  readonly weightedAdvantages: Tensor;
  /** Their sum, the mean advantage: [G, 1, 1]. */
  readonly meanAdvantages: Tensor;
  /** 1 ÷ the task's rows: [G, N, 1]. */
  readonly weights: Tensor;
  /** Their sum: 1, or 0 for a task without rows: [G, 1, 1]. */
  readonly totalWeights: Tensor;
}

/** The groups of `taskCount` tasks with up to `rows` timesteps each, such that a group has up to `rowsPerGroup`. */
export function groupTasks(taskCount: number, rows: number, rowsPerGroup: number): TaskGroup[] {
  const size = Math.max(1, Math.min(taskCount, Math.floor(rowsPerGroup / Math.max(1, rows))));
  return Array.from({ length: Math.ceil(taskCount / size) }, (_, at) => ({
    first: at * size,
    count: Math.min(size, taskCount - at * size),
  }));
}

/** Timesteps of the group's longest task. */
export function longestTask({ offsets }: PolicyBatch, { first, count }: TaskGroup): number {
  let longest = 0;
  for (let task = first; task < first + count; task++) {
    longest = Math.max(longest, offsets[task + 1]! - offsets[task]!);
  }
  return longest;
}

/** The numbers of BatchTensors. */
export type BatchArrays = Readonly<Record<keyof BatchTensors, Float32Array>>;

/** The group's tasks, copied, as they will be uploaded. */
export function gatherBatch(batch: PolicyBatch, group: TaskGroup): BatchArrays {
  const { observationSize, actionSize } = batch;
  const { first, count } = group;
  const rows = Math.max(1, longestTask(batch, group));
  const total = count * rows;
  const arrays: BatchArrays = {
    // Ones: the last column stays.
    inputs: new Float32Array(total * (observationSize + 1)).fill(1),
    actions: new Float32Array(total * actionSize),
    weightedAdvantages: new Float32Array(total),
    meanAdvantages: new Float32Array(count),
    weights: new Float32Array(total),
    totalWeights: new Float32Array(count),
  };
  for (let task = 0; task < count; task++) copyTask(batch, first + task, arrays, task * rows);
  return arrays;
}

/** The tensors of those arrays, which must stay as they are from now on. */
export function uploadArrays(arrays: BatchArrays): BatchTensors {
  const count = arrays.totalWeights.length;
  const rows = arrays.weights.length / count;
  const shaped = (values: Float32Array, middle: number) =>
    tensor(values, [count, middle, values.length / (count * middle)]);
  return {
    inputs: shaped(arrays.inputs, rows),
    actions: shaped(arrays.actions, rows),
    weightedAdvantages: shaped(arrays.weightedAdvantages, rows),
    meanAdvantages: shaped(arrays.meanAdvantages, 1),
    weights: shaped(arrays.weights, rows),
    totalWeights: shaped(arrays.totalWeights, 1),
  };
}

/** Both in one. */
export function uploadBatch(batch: PolicyBatch, group: TaskGroup): BatchTensors {
  return uploadArrays(gatherBatch(batch, group));
}

/** One task of the batch into the group's rows from `to` on. Without rows all its weights stay 0. */
function copyTask(batch: PolicyBatch, task: number, into: BatchArrays, to: number): void {
  const { observationSize, actionSize, observations, actions, advantages, offsets } = batch;
  const from = offsets[task]!;
  const own = offsets[task + 1]! - from;
  if (own === 0) return;
  const rows = into.weights.length / into.totalWeights.length;
  const width = observationSize + 1;
  let mean = 0;
  for (let n = 0; n < rows; n++) {
    // What fills a task up is its first row again, of weight 0: finite wherever the task itself is.
    const row = from + (n < own ? n : 0);
    for (let i = 0; i < observationSize; i++) {
      into.inputs[(to + n) * width + i] = observations[row * observationSize + i]!;
    }
    for (let a = 0; a < actionSize; a++) {
      into.actions[(to + n) * actionSize + a] = actions[row * actionSize + a]!;
    }
    if (n >= own) continue;
    into.weights[to + n] = 1 / own;
    into.weightedAdvantages[to + n] = advantages[row]! / own;
    mean += advantages[row]! / own;
  }
  into.meanAdvantages[to / rows] = mean;
  into.totalWeights[to / rows] = 1;
}
