// What the user looks at in the Navigation lab, and the goal that all runs adapt to meanwhile: the user's own, or the
// first test task's. Nothing here alters training.
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { NavigationExperiment } from '../experiment/navigation-experiment.ts';
import type { NavigationTask } from '../tasks/navigation.ts';
import type { ProbeRequest } from '../training/policy-session-events.ts';
import type { NavigationViewState, ProbeGoal } from './navigation-types.ts';
import type { ExperimentState } from './store-types.ts';

export interface NavigationViewOptions {
  readonly experiments: StoreApi<ExperimentState<NavigationExperiment>>;
  /** Tells the worker what to adapt to. */
  readonly sendProbe: (request: ProbeRequest<NavigationTask>) => void;
}

export interface NavigationViewControl {
  readonly store: StoreApi<NavigationViewState>;
  /** The lab is shown: from now on runs adapt to a goal. */
  enter(): void;
}

type FirstGoal = (experiment: NavigationExperiment) => ProbeGoal;

export function createNavigationView({
  experiments,
  sendProbe,
}: NavigationViewOptions): NavigationViewControl {
  let lastId = 0;
  /** null until the lab is shown: how test tasks are drawn loads with the lab. */
  let firstGoal: FirstGoal | null = null;

  const store = createStore<NavigationViewState>()((set) => ({
    focus: experiments.getState().experiment.algorithms[0] ?? 'maml',
    innerStep: experiments.getState().experiment.testInnerSteps,
    innerStepPlaying: false,
    showField: true,
    showEpisodes: true,
    probeGoal: null,
    probe: null,
    scrubIteration: null,
    scrubPlaying: false,
    returnX: 'iteration',
    smoothing: 0,
    batchTask: null,
    set(patch) {
      set(patch);
      if (patch.probeGoal !== undefined) ask();
    },
  }));

  /** Sends what the runs should adapt to, if it is another goal than before. */
  function ask(): void {
    if (firstGoal === null) return;
    const { probeGoal, probe } = store.getState();
    const { x, y } = probeGoal ?? firstGoal(experiments.getState().experiment);
    if (probe !== null && probe.task.x === x && probe.task.y === y) return;
    lastId += 1;
    const request = { id: lastId, task: { x, y } };
    store.setState({ probe: request });
    sendProbe(request);
  }

  experiments.subscribe(({ experiment }, { experiment: before }) => {
    if (experiment === before) return;
    const { focus } = store.getState();
    if (!experiment.algorithms.includes(focus)) store.setState({ focus: experiment.algorithms[0]! });
    const { testInnerSteps } = experiment;
    if (testInnerSteps !== before.testInnerSteps) store.setState({ innerStep: testInnerSteps });
    if (experiment.metaBatchSize !== before.metaBatchSize) store.setState({ batchTask: null });
    // Another seed or other goals draw other test tasks.
    ask();
  });

  async function load(): Promise<void> {
    const { drawPolicyTestTasks } = await import('../training/policy-domain.ts');
    firstGoal = (experiment) => drawPolicyTestTasks(experiment, 1)[0]!;
    ask();
  }

  return {
    store,
    enter() {
      // Where it cannot be loaded, the lab's page cannot either, and says so.
      if (firstGoal === null) load().catch(() => {});
    },
  };
}
