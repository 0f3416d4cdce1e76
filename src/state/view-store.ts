// What the user looks at: theme, their own task, scrubbers, axes. Nothing here alters training.
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { SinusoidExperiment } from '../experiment/experiment.ts';
import { foldIn, key, uniform } from '../math/rng.ts';
import { sampleTasks, testDistribution } from '../tasks/sinusoid.ts';
import type { ExperimentState, SupportPoint, UserTask, ViewState } from './store-types.ts';

/** As much of localStorage as is used; reading and writing may throw (blocked cookies). */
export type SmallStorage = Pick<Storage, 'getItem' | 'setItem'>;

const THEME_KEY = 'metascope.theme';
/** Purposes folded into the seed's key, apart from those of training (training/draws.ts uses small ones). */
const USER_TASK_STREAM = 0x7573_6572;

/** The task that a newcomer meets: a tall wave whose crest and trough both lie inside the axes. */
const FIRST_TASK = { amplitude: 3.2, phase: 0.8 };

export function createViewStore(
  experiments: StoreApi<ExperimentState>,
  storage: SmallStorage | null,
): StoreApi<ViewState> {
  let rolls = 0;
  const { experiment } = experiments.getState();
  const store = createStore<ViewState>()((set) => ({
    theme: readTheme(storage),
    task: { ...FIRST_TASK, points: drawPoints(experiment, 0) },
    scrubIteration: null,
    scrubPlaying: false,
    innerStep: experiment.testInnerSteps,
    innerStepPlaying: false,
    learningX: 'iteration',
    lossScale: 'linear',
    adaptationSupportSize: experiment.testSupportSize,
    focus: experiment.algorithms[0] ?? 'maml',
    set(patch) {
      if (patch.theme !== undefined) writeTheme(storage, patch.theme);
      set(patch);
    },
    rollTask() {
      rolls += 1;
      set({ task: drawTask(experiments.getState().experiment, rolls) });
    },
  }));
  experiments.subscribe((state, previous) => follow(store, state.experiment, previous.experiment));
  return store;
}

/** Keeps the view meaningful when the experiment changes under it. */
function follow(store: StoreApi<ViewState>, now: SinusoidExperiment, before: SinusoidExperiment): void {
  const { focus, adaptationSupportSize, task } = store.getState();
  const patch: { -readonly [K in keyof ViewState]?: ViewState[K] } = {};
  if (!now.algorithms.includes(focus)) patch.focus = now.algorithms[0]!;
  if (now.testInnerSteps !== before.testInnerSteps) patch.innerStep = now.testInnerSteps;
  if (now.testSupportSize !== before.testSupportSize) {
    patch.task = { ...task, points: resize(task.points, now) };
    if (adaptationSupportSize === before.testSupportSize) patch.adaptationSupportSize = now.testSupportSize;
  }
  store.setState(patch);
}

/** A task from the test ranges, the same for the same seed and roll. */
function drawTask(experiment: SinusoidExperiment, roll: number): UserTask {
  const source = foldIn(foldIn(key(experiment.seed), USER_TASK_STREAM), roll);
  const [task] = sampleTasks(source, testDistribution(experiment), 1);
  return { amplitude: task!.amplitude, phase: task!.phase, points: drawPoints(experiment, roll) };
}

/** testSupportSize points on the curve, spread over [xMin, xMax], ascending in x. */
function drawPoints(experiment: SinusoidExperiment, roll: number): SupportPoint[] {
  const { seed, testSupportSize, xMin, xMax } = experiment;
  const source = foldIn(foldIn(foldIn(key(seed), USER_TASK_STREAM), roll), 1);
  return [...uniform(source, testSupportSize, xMin, xMax)]
    .toSorted((a, b) => a - b)
    .map((x) => ({ x, offset: 0 }));
}

/** Keeps the points there are; drops the last, or draws more, to reach testSupportSize. */
function resize(points: readonly SupportPoint[], experiment: SinusoidExperiment): SupportPoint[] {
  const count = experiment.testSupportSize;
  return [...points.slice(0, count), ...drawPoints(experiment, count).slice(points.length)];
}

function readTheme(storage: SmallStorage | null): ViewState['theme'] {
  try {
    const stored = storage?.getItem(THEME_KEY);
    return stored === 'light' || stored === 'dark' ? stored : 'system';
  } catch {
    return 'system';
  }
}

function writeTheme(storage: SmallStorage | null, theme: ViewState['theme']): void {
  try {
    storage?.setItem(THEME_KEY, theme);
  } catch {
    // Blocked storage: the choice lasts until the page closes.
  }
}
