// What the user looks at in the Cheetah lab, and the task that all runs adapt to meanwhile: the velocity of the user's
// choice, or both directions. Nothing here alters training.
import type { StoreApi } from 'zustand/vanilla';
import type { CheetahExperiment } from '../experiment/cheetah-experiment.ts';
import { BACKWARDS, type CheetahTask, FORWARDS } from '../tasks/locomotion/cheetah-tasks.ts';
import type { PolicyCheckpoint, ProbeRequest } from '../training/policy-session-events.ts';
import type { CheetahViewState } from './cheetah-types.ts';
import { createPolicyView, type PolicyViewControl } from './policy-view.ts';
import type { ExperimentState } from './store-types.ts';

export interface CheetahViewOptions {
  readonly experiments: StoreApi<ExperimentState<CheetahExperiment>>;
  /** Tells the worker what to adapt to. */
  readonly sendProbe: (request: ProbeRequest<CheetahTask>) => void;
  /** What can be scrubbed to. */
  readonly checkpoints: () => readonly PolicyCheckpoint[];
}

/** Where in the range of goals the usual one lies: fast enough to be told from standing still. */
const USUAL_SHARE = 0.75;

/** The velocity that runs adapt to while the user has chosen none, in m/s, in hundredths. */
export function usualVelocity({ goalMin, goalMax }: CheetahExperiment): number {
  return Math.round(100 * (goalMin + USUAL_SHARE * (goalMax - goalMin))) / 100;
}

/** More would be asked of the worker than is seen. */
const MOST_TASKS = 20;

/** A batch's goals, one from the middle of each of as many parts of their range. */
function batchOf({ goalMin, goalMax, metaBatchSize }: CheetahExperiment): CheetahTask[] {
  const count = Math.min(metaBatchSize, MOST_TASKS);
  return Array.from({ length: count }, (_, index) => ({
    goal: goalMin + ((index + 0.5) / count) * (goalMax - goalMin),
    isNoise: false,
  }));
}

export function createCheetahView({
  experiments,
  sendProbe,
  checkpoints,
}: CheetahViewOptions): PolicyViewControl<CheetahViewState> {
  return createPolicyView<CheetahExperiment, CheetahTask, CheetahViewState>(
    {
      experiments,
      sendProbe,
      checkpoints,
      own: { velocity: null, directions: 'both', plays: true, rate: 1, showsSwarm: false },
      probeOf(experiment, { velocity, showsSwarm }) {
        // Both directions always: which of them is looked at changes nothing.
        if (experiment.family === 'dir') return { task: FORWARDS, others: [BACKWARDS] };
        const task = { goal: velocity ?? usualVelocity(experiment), isNoise: false };
        return showsSwarm ? { task, others: batchOf(experiment) } : { task };
      },
    },
    (shared, own, set) => ({ ...shared, ...own, set }),
  );
}
