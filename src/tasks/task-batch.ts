// A batch of supervised tasks as plain arrays: what every meta-gradient engine consumes. No tensors here.
import type { FloatArray } from '../math/arrays.ts';

/** M tasks with their support and query points. All arrays are row-major and owned by the caller. */
export interface TaskBatch {
  /** M. */
  readonly taskCount: number;
  readonly inputSize: number;
  readonly outputSize: number;
  /** S: 1 when every inner step sees the same support set, else inner step j sees set j mod S (Reptile). */
  readonly supportSets: number;
  /** K, per set. */
  readonly supportSize: number;
  readonly querySize: number;
  /** [S, M, K, in] */
  readonly supportX: FloatArray;
  /** [S, M, K, out] */
  readonly supportY: FloatArray;
  /** [M, Q, in] */
  readonly queryX: FloatArray;
  /** [M, Q, out] */
  readonly queryY: FloatArray;
}
