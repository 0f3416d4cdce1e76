// The tasks of one Reaching experiment: points in the plane. How they are drawn is in reaching.ts.

/** All tasks that batches are drawn from: the main cloud's first, then the two noise clouds', then painted ones. */
export interface ReachingTasks {
  readonly count: number;
  /** [count, 2], x and y. */
  readonly points: Float64Array;
  /** [count] index into REACHING_CLOUDS. */
  readonly clouds: Uint8Array;
}

/** Where a task comes from, by index. */
export const REACHING_CLOUDS = ['main', 'first-noise', 'second-noise', 'extra'] as const;
export type ReachingCloud = (typeof REACHING_CLOUDS)[number];
