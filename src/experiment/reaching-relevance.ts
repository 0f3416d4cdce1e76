// What follows from a Reaching experiment by counting: how many tasks there are, which parts its strategies use.
import type { ReachingExperiment } from './reaching-experiment.ts';

/** Tasks by where they come from. */
export function countsTasks(e: ReachingExperiment) {
  const noise = e.firstNoiseCount + e.secondNoiseCount;
  const extra = e.extraTasks.length / 2;
  return { main: e.mainCount, noise, extra, total: e.mainCount + noise + extra };
}

/** Whether some strategy replays tasks. */
export const usesBuffer = (e: ReachingExperiment) => e.strategies.some((strategy) => strategy !== 'uniform');

/** Slots of all batches of all strategies: what a run costs in time, and in memory (13 bytes each). */
export const slotsOf = (e: ReachingExperiment) => e.iterations * e.metaBatchSize * e.strategies.length;
