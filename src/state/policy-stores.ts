// Makes a meta-RL lab's stores and joins them: the run like any lab's, the view, and the task that runs adapt to. What
// differs between those labs comes in through the options (navigation-stores.ts, cheetah-stores.ts).
import type { StoreApi } from 'zustand/vanilla';
import type { Lab } from '../experiment/lab.ts';
import type { PolicyTask } from '../tasks/policy-environments.ts';
import {
  POLICY_METRIC_COLUMNS,
  type PolicyCheckpoint,
  type PolicyKinds,
  type ProbeRequest,
  type TrainablePolicyExperiment,
} from '../training/policy-session-events.ts';
import { noticeWords } from '../words/notices.ts';
import type { TrainingClientOf } from '../worker/training-client.ts';
import type { NoticeList } from './notices.ts';
import type { PolicyStores, PolicyViewState } from './policy-types.ts';
import type { PolicyViewControl } from './policy-view.ts';
import { createRunData } from './run-data.ts';
import { createRunStore, type RunControl, type TrainedKinds } from './run-store.ts';
import { forgetLostScrub } from './scrub.ts';
import type { ExperimentState } from './store-types.ts';

/** What the page gives to each of these labs. */
export interface PolicyStoresOptions<E extends TrainablePolicyExperiment, T extends PolicyTask> {
  readonly experiments: StoreApi<ExperimentState<E>>;
  readonly client: TrainingClientOf<PolicyKinds<E, T>>;
  readonly notices: NoticeList;
  readonly clock: () => number;
  readonly restartDelayMs: number;
}

/** What a lab is. */
export interface PolicyLabParts<
  E extends TrainablePolicyExperiment,
  T extends PolicyTask,
  V extends PolicyViewState<T>,
> {
  readonly lab: Pick<Lab<E>, 'fieldKeys' | 'field' | 'isHeavy'>;
  createView(asking: {
    readonly sendProbe: (request: ProbeRequest<T>) => void;
    readonly checkpoints: () => readonly PolicyCheckpoint[];
  }): PolicyViewControl<V>;
}

export interface PolicyControl<S, K extends TrainedKinds>
  extends Pick<RunControl<K>, 'hold' | 'enter' | 'open' | 'isUntouched' | 'leave' | 'isRestartPending'> {
  readonly stores: S;
}

export function createPolicyStores<
  E extends TrainablePolicyExperiment,
  T extends PolicyTask,
  V extends PolicyViewState<T>,
>(
  { experiments, client, notices, clock, restartDelayMs }: PolicyStoresOptions<E, T>,
  { lab, createView }: PolicyLabParts<E, T, V>,
): PolicyControl<PolicyStores<E, T, V>, PolicyKinds<E, T>> {
  const data = createRunData<PolicyKinds<E, T>>(POLICY_METRIC_COLUMNS, () => client.credit());
  const run = createRunStore<PolicyKinds<E, T>>({
    lab,
    divergenceRemedy: noticeWords.remedies.policy,
    experiments,
    client,
    data,
    notices,
    clock,
    restartDelayMs,
    // Fastest wherever it runs; what is looked at first should not wait for a race.
    openingEngine: 'fused-wasm',
  });
  const view = createView({
    sendProbe: (request) => client.probe(request),
    checkpoints: () => data.checkpoints,
  });
  forgetLostScrub(data, view.store);
  return {
    stores: { experiment: experiments, run: run.store, view: view.store, data },
    hold: run.hold,
    enter(waits) {
      run.enter(waits);
      view.enter();
    },
    open(kept) {
      view.store.setState((state) => ({ ...state, scrubIteration: null, scrubPlaying: false }));
      run.open(kept);
      view.ask();
    },
    isUntouched: run.isUntouched,
    leave: run.leave,
    isRestartPending: run.isRestartPending,
  };
}
