// The Cheetah lab's test tasks: fixed by the seed, without noise. By themselves, so that the page can name them without
// fetching what trains on them.
import type { CheetahExperiment } from '../experiment/cheetah-experiment.ts';
import {
  BACKWARDS,
  type CheetahTask,
  FORWARDS,
  sampleVelocityTests,
} from '../tasks/locomotion/cheetah-tasks.ts';
import { keyFor } from './draws.ts';

/** The first `count` of them; more extend fewer. Directions in turn, forwards first. */
export function drawCheetahTests(experiment: CheetahExperiment, count: number): CheetahTask[] {
  const { family, goalMin, goalMax } = experiment;
  if (family === 'dir') {
    return Array.from({ length: count }, (_, index) => (index % 2 === 0 ? FORWARDS : BACKWARDS));
  }
  return sampleVelocityTests(
    keyFor(experiment, 'testTasks'),
    { goals: { min: goalMin, max: goalMax } },
    count,
  );
}
