// Batched matrix products as fast as each of tfjs's backends can do them.
import { fill, getBackend, matMul, ones, reshape, type Tensor, transpose } from '@tensorflow/tfjs-core';

/** a b, for a [G, N, in] and b [G or 1, in, out]. */
export function times(a: Tensor, b: Tensor): Tensor {
  return matMul(a, b);
}

/** a bᵀ, for a [G, N, out] and b [G or 1, in, out]. */
export function timesTransposed(a: Tensor, b: Tensor): Tensor {
  return hasFastPlainProduct(a, b) ? matMul(a, transpose(b, [0, 2, 1])) : matMul(a, b, false, true);
}

/** aᵀ b, summed over rows: for a [G, N, in] and b [G, N, out]. */
export function transposedTimes(a: Tensor, b: Tensor): Tensor {
  return hasFastPlainProduct(a, b) ? matMul(transpose(a, [0, 2, 1]), b) : matMul(a, b, true, false);
}

/**
 * tfjs-wasm multiplies two single matrices by XNNPACK (12 GFLOP/s where this was measured), but anything transposed or
 * in batches by plain loops (1.2): transposing costs a fraction of the difference.
 */
function hasFastPlainProduct(a: Tensor, b: Tensor): boolean {
  return getBackend() === 'wasm' && a.shape[0] === 1 && b.shape[0] === 1;
}

/** Σ over rows of weight · value: [G, 1, width] for weights [G, N, 1]. Thin, so transposing would not pay. */
export function weightedRows(weights: Tensor, values: Tensor): Tensor {
  return matMul(weights, values, true, false);
}

/** factor · the sum over the last axis: [G, N, 1] for values [G, N, width]. tfjs's sum is far slower on WebGPU. */
export function scaledColumns(values: Tensor, factor: number): Tensor {
  return matMul(values, fill([1, values.shape[2]!, 1], factor));
}

/** The sum over tasks: [1, rows, columns] for [G, rows, columns]. */
export function sumTasks(perTask: Tensor): Tensor {
  const [taskCount = 1, ...shape] = perTask.shape;
  if (taskCount === 1) return perTask;
  const flat = reshape(perTask, [1, taskCount, perTask.size / taskCount]);
  return reshape(matMul(ones([1, taskCount, 1]), flat, true), [1, ...shape]);
}
