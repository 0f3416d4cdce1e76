// Makes the Navigation lab's stores and joins them: the run like any lab's, the view, and the goal that runs adapt to.
import type { StoreApi } from 'zustand/vanilla';
import { NAVIGATION_LAB } from '../experiment/labs.ts';
import type { NavigationExperiment } from '../experiment/navigation-experiment.ts';
import { type NavigationKinds, POLICY_METRIC_COLUMNS } from '../training/policy-session-events.ts';
import type { TrainingClientOf } from '../worker/training-client.ts';
import type { NavigationStores } from './navigation-types.ts';
import { createNavigationView } from './navigation-view.ts';
import type { NoticeList } from './notices.ts';
import { createRunData } from './run-data.ts';
import { createRunStore, type RunControl } from './run-store.ts';
import { forgetLostScrub } from './scrub.ts';
import type { ExperimentState } from './store-types.ts';

export type NavigationClient = TrainingClientOf<NavigationKinds>;

export interface NavigationStoresOptions {
  readonly experiments: StoreApi<ExperimentState<NavigationExperiment>>;
  readonly client: NavigationClient;
  readonly notices: NoticeList;
  readonly clock: () => number;
  readonly restartDelayMs: number;
}

export interface NavigationControl extends Pick<RunControl, 'hold' | 'enter' | 'leave' | 'isRestartPending'> {
  readonly stores: NavigationStores;
}

export function createNavigationStores(options: NavigationStoresOptions): NavigationControl {
  const { experiments, client, notices, clock, restartDelayMs } = options;
  const data = createRunData<NavigationKinds>(POLICY_METRIC_COLUMNS, () => client.credit());
  const run = createRunStore<NavigationKinds>({
    lab: NAVIGATION_LAB,
    divergenceRemedy: 'Lower α, or the trust region or β of the outer step,',
    experiments,
    client,
    data,
    notices,
    clock,
    restartDelayMs,
  });
  const view = createNavigationView({ experiments, sendProbe: (request) => client.probe(request) });
  forgetLostScrub(data, view.store);
  return {
    stores: { experiment: experiments, run: run.store, view: view.store, data },
    hold: run.hold,
    enter() {
      run.enter();
      view.enter();
    },
    leave: run.leave,
    isRestartPending: run.isRestartPending,
  };
}
