// What the user looks at in a meta-RL lab, and the task that all runs adapt to meanwhile. What that task is, each lab's
// own view says (navigation-view.ts, cheetah-view.ts). Nothing here alters training.
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { PolicyTask } from '../tasks/policy-environments.ts';
import type {
  PolicyCheckpoint,
  ProbeOrigin,
  ProbeQuestion,
  ProbeRequest,
  TrainablePolicyExperiment,
} from '../training/policy-session-events.ts';
import type { PolicyViewState } from './policy-types.ts';
import type { ExperimentState } from './store-types.ts';

/** What a lab adds to the shared view. */
type Own<V> = Omit<V, keyof PolicyViewState>;

export interface PolicyViewOptions<E extends TrainablePolicyExperiment, T extends PolicyTask, V> {
  readonly experiments: StoreApi<ExperimentState<E>>;
  /** Tells the worker what to adapt to. */
  readonly sendProbe: (request: ProbeRequest<T>) => void;
  /** What can be scrubbed to. */
  readonly checkpoints: () => readonly PolicyCheckpoint[];
  readonly own: Own<V>;
  /** What runs should adapt to; null: not known yet. */
  probeOf(experiment: E, view: V): Omit<ProbeQuestion<T>, 'id'> | null;
}

export interface PolicyViewControl<V> {
  readonly store: StoreApi<V>;
  /** The lab is shown: from now on runs adapt to a task. */
  enter(): void;
  /** Sends what the runs should adapt to, if it is another task than before. */
  ask(): void;
}

/** The shared part of the view, as it is when the page opens. */
function openingView(experiment: TrainablePolicyExperiment): Omit<PolicyViewState, 'set'> {
  return {
    focus: experiment.algorithms[0] ?? 'maml',
    innerStep: experiment.testInnerSteps,
    innerStepPlaying: false,
    probe: null,
    scrubIteration: null,
    scrubPlaying: false,
    returnX: 'iteration',
    batchTask: null,
  };
}

/** `create` joins the shared part, the lab's own and `set` to the lab's state. */
export function createPolicyView<
  E extends TrainablePolicyExperiment,
  T extends PolicyTask,
  V extends PolicyViewState<T>,
>(
  { experiments, sendProbe, checkpoints, own, probeOf }: PolicyViewOptions<E, T, V>,
  create: (shared: Omit<PolicyViewState<T>, 'set'>, own: Own<V>, set: (patch: Partial<V>) => void) => V,
): PolicyViewControl<V> {
  let lastId = 0;
  let isShown = false;
  /** Whose policies were asked last; null: those in training. */
  let asked: PolicyCheckpoint | null = null;
  const shared = { ...openingView(experiments.getState().experiment), probe: null };
  const store = createStore<V>()((set) =>
    create(shared, own, (patch) => {
      set(patch);
      ask();
    }),
  );
  const change = (patch: Partial<PolicyViewState<T>>) => store.setState((state) => ({ ...state, ...patch }));

  function ask(): void {
    if (!isShown) return;
    const state = store.getState();
    const wanted = probeOf(experiments.getState().experiment, state);
    const { scrubIteration } = state;
    const past =
      scrubIteration === null
        ? null
        : (checkpoints().findLast(({ iteration }) => iteration <= scrubIteration) ?? null);
    if (wanted === null || (past === asked && isSameProbe(state.probe, wanted))) return;
    lastId += 1;
    asked = past;
    const question = { id: lastId, ...wanted };
    change({ probe: question });
    sendProbe(past === null ? question : { ...question, from: originOf(past) });
  }

  // Scrubbing also ends by itself, when the checkpoint is forgotten.
  store.subscribe(({ scrubIteration }, before) => {
    if (scrubIteration !== before.scrubIteration) ask();
  });

  experiments.subscribe(({ experiment }, { experiment: before }) => {
    if (experiment === before) return;
    const { focus } = store.getState();
    if (!experiment.algorithms.includes(focus)) change({ focus: experiment.algorithms[0]! });
    const { testInnerSteps } = experiment;
    if (testInnerSteps !== before.testInnerSteps) change({ innerStep: testInnerSteps });
    if (experiment.metaBatchSize !== before.metaBatchSize) change({ batchTask: null });
    // Another seed or other goals draw other test tasks.
    ask();
  });

  return {
    store,
    ask,
    enter() {
      isShown = true;
      ask();
    },
  };
}

/** Tasks are a few numbers. */
function isSameProbe<T extends PolicyTask>(
  before: ProbeQuestion<T> | null,
  { task, others = [] }: Omit<ProbeQuestion<T>, 'id'>,
): boolean {
  const { task: earlier, others: earlierOthers = [] } = before ?? { task: null };
  return JSON.stringify([earlier, earlierOthers]) === JSON.stringify([task, others]);
}

function originOf({ iteration, runs }: PolicyCheckpoint): ProbeOrigin {
  return {
    iteration,
    runs: runs.map(({ algorithm, state: { metaParams, alpha } }) => ({ algorithm, metaParams, alpha })),
  };
}
