// For tests: an experiment of a lab that keeps no records.
import { REACHING_LAB } from '../experiment/labs.ts';
import type { ReachingExperiment } from '../experiment/reaching-experiment.ts';

export function reachingExperiment(changes: Partial<ReachingExperiment> = {}): ReachingExperiment {
  return { ...REACHING_LAB.presets[0].experiment, ...changes };
}
