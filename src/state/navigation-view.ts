// What the user looks at in the Navigation lab, and the goal that all runs adapt to meanwhile: the user's own, or the
// first test task's. Nothing here alters training.
import type { StoreApi } from 'zustand/vanilla';
import type { NavigationExperiment } from '../experiment/navigation-experiment.ts';
import type { NavigationTask } from '../tasks/navigation.ts';
import type { PolicyCheckpoint, ProbeRequest } from '../training/policy-session-events.ts';
import type { NavigationViewState, ProbeGoal } from './navigation-types.ts';
import { createPolicyView, type PolicyViewControl } from './policy-view.ts';
import type { ExperimentState } from './store-types.ts';

export interface NavigationViewOptions {
  readonly experiments: StoreApi<ExperimentState<NavigationExperiment>>;
  /** Tells the worker what to adapt to. */
  readonly sendProbe: (request: ProbeRequest<NavigationTask>) => void;
  /** What can be scrubbed to. */
  readonly checkpoints: () => readonly PolicyCheckpoint[];
}

type FirstGoal = (experiment: NavigationExperiment) => ProbeGoal;

export function createNavigationView({
  experiments,
  sendProbe,
  checkpoints,
}: NavigationViewOptions): PolicyViewControl<NavigationViewState> {
  /** null until the lab is shown: how test tasks are drawn loads with the lab. */
  let firstGoal: FirstGoal | null = null;
  const view = createPolicyView<NavigationExperiment, NavigationTask, NavigationViewState>(
    {
      experiments,
      sendProbe,
      checkpoints,
      own: { showField: true, showEpisodes: true, probeGoal: null },
      probeOf(experiment, { probeGoal }) {
        if (firstGoal === null) return null;
        const { x, y } = probeGoal ?? firstGoal(experiment);
        return { task: { x, y } };
      },
    },
    (shared, own, set) => ({ ...shared, ...own, set }),
  );

  async function load(): Promise<void> {
    const { drawPolicyTestTasks } = await import('../training/policy-domain.ts');
    firstGoal = (experiment) => drawPolicyTestTasks(experiment, 1)[0]!;
    view.ask();
  }

  return {
    ...view,
    enter() {
      view.enter();
      // Where it cannot be loaded, the lab's page cannot either, and says so.
      if (firstGoal === null) load().catch(() => {});
    },
  };
}
