// Makes the Cheetah lab's stores: policy-stores.ts with its view.
import type { CheetahExperiment } from '../experiment/cheetah-experiment.ts';
import { CHEETAH_LAB } from '../experiment/labs.ts';
import type { CheetahTask } from '../tasks/locomotion/cheetah-tasks.ts';
import type { CheetahKinds } from '../training/policy-session-events.ts';
import type { TrainingClientOf } from '../worker/training-client.ts';
import type { CheetahStores, CheetahViewState } from './cheetah-types.ts';
import { createCheetahView } from './cheetah-view.ts';
import { createPolicyStores, type PolicyControl, type PolicyStoresOptions } from './policy-stores.ts';

export type CheetahClient = TrainingClientOf<CheetahKinds>;

export function createCheetahStores(
  options: PolicyStoresOptions<CheetahExperiment, CheetahTask>,
): PolicyControl<CheetahStores, CheetahKinds> {
  const { experiments } = options;
  return createPolicyStores<CheetahExperiment, CheetahTask, CheetahViewState>(options, {
    lab: CHEETAH_LAB,
    createView: (asking) => createCheetahView({ experiments, ...asking }),
  });
}
