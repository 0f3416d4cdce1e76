// The experiment on the screen, with its undo history over all labs, and each lab's own view of it. Every way in is
// validated; what a change means for training is the run store's affair.
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { CheetahExperiment } from '../experiment/cheetah-experiment.ts';
import type { Experiment, LabId } from '../experiment/experiment.ts';
import { sameValue } from '../experiment/field-changes.ts';
import {
  CHEETAH_LAB,
  defaultExperiment,
  findPreset,
  NAVIGATION_LAB,
  REACHING_LAB,
  SINUSOID_LAB,
} from '../experiment/labs.ts';
import type { NavigationExperiment } from '../experiment/navigation-experiment.ts';
import { NO_OPTIONS, type PageOptions } from '../experiment/page-options.ts';
import type { ReachingExperiment } from '../experiment/reaching-experiment.ts';
import { checkPatch, type FieldIssue } from '../experiment/schema.ts';
import { settingField, settingValue } from '../experiment/settings.ts';
import { PAGE_WORDS } from '../words/page.ts';
import { arePresetsLocked, isLocked } from './page-store.ts';
import type { CurrentState, ExperimentState } from './store-types.ts';

/** The oldest entries fall off beyond this many. */
const MAX_UNDO = 200;

export interface ExperimentStores {
  readonly current: StoreApi<CurrentState>;
  readonly sinusoid: StoreApi<ExperimentState>;
  readonly reaching: StoreApi<ExperimentState<ReachingExperiment>>;
  readonly navigation: StoreApi<ExperimentState<NavigationExperiment>>;
  readonly cheetah: StoreApi<ExperimentState<CheetahExperiment>>;
}

/**
 * Stores that start with a valid experiment and an empty history; the other labs have their default presets.
 * `options`: the page's, whose locks hold for edits and presets, not for what is opened (links, files, steps of stories)
 * nor for other labs. Opening something while there are locks begins the history anew: undo does not go behind them.
 */
export function createExperimentStores(
  initial: Experiment,
  options: () => PageOptions = () => NO_OPTIONS,
): ExperimentStores {
  const current = createCurrentStore(initial, options);
  const { switchLab: _, ...shared } = current.getState();
  const sinusoid = createStore<ExperimentState>()(() => ({
    ...shared,
    experiment: initial.lab === 'sinusoid' ? initial : SINUSOID_LAB.presets[0].experiment,
  }));
  const reaching = createStore<ExperimentState<ReachingExperiment>>()(() => ({
    ...shared,
    experiment: initial.lab === 'reaching' ? initial : REACHING_LAB.presets[0].experiment,
  }));
  const navigation = createStore<ExperimentState<NavigationExperiment>>()(() => ({
    ...shared,
    experiment: initial.lab === 'navigation' ? initial : NAVIGATION_LAB.presets[0].experiment,
  }));
  const cheetah = createStore<ExperimentState<CheetahExperiment>>()(() => ({
    ...shared,
    experiment: initial.lab === 'cheetah' ? initial : CHEETAH_LAB.presets[0].experiment,
  }));
  // The first to hear of a change: whoever listens to `current` finds the labs' stores up to date.
  current.subscribe(({ experiment, canUndo, canRedo }) => {
    const history = { canUndo, canRedo };
    sinusoid.setState(experiment.lab === 'sinusoid' ? { ...history, experiment } : history);
    reaching.setState(experiment.lab === 'reaching' ? { ...history, experiment } : history);
    navigation.setState(experiment.lab === 'navigation' ? { ...history, experiment } : history);
    cheetah.setState(experiment.lab === 'cheetah' ? { ...history, experiment } : history);
  });
  return { current, sinusoid, reaching, navigation, cheetah };
}

function createCurrentStore(initial: Experiment, options: () => PageOptions): StoreApi<CurrentState> {
  let past: readonly Experiment[] = [];
  let future: readonly Experiment[] = [];
  /** What each lab showed when it was left. */
  const lasts = new Map<LabId, Experiment>();
  /** The gesture that made the newest change; an edit of the same one extends it. */
  let lastGesture: string | null = null;

  return createStore<CurrentState>()((set, get) => {
    const show = (experiment: Experiment): void => {
      const { experiment: before } = get();
      lasts.set(before.lab, before);
      set({ experiment, canUndo: past.length > 0, canRedo: future.length > 0 });
    };
    const commit = (next: Experiment, gesture: string | null): void => {
      const before = get().experiment;
      if (isSame(before, next)) return;
      const extendsLast = gesture !== null && gesture === lastGesture;
      if (!extendsLast) past = [...past, before].slice(-MAX_UNDO);
      future = [];
      lastGesture = gesture;
      show(next);
    };
    return {
      experiment: initial,
      canUndo: false,
      canRedo: false,
      edit(patch, gesture = null) {
        const locked = lockedIssues(get().experiment, patch, options());
        if (locked.length > 0) return locked;
        const { experiment, issues } = checkPatch(get().experiment, patch);
        if (issues.length === 0) commit(experiment, gesture);
        return issues;
      },
      loadPreset(presetId) {
        const preset = findPreset(presetId);
        if (preset === undefined)
          throw new Error(`There is no preset “${presetId}”; see the labs’ presets for all of them.`);
        if (!arePresetsLocked(options())) commit(preset.experiment, null);
      },
      switchLab(lab) {
        if (lab !== get().experiment.lab) commit(lasts.get(lab) ?? defaultExperiment(lab), null);
      },
      replace(experiment) {
        commit(experiment, null);
        if (options().lock.length === 0) return;
        past = [];
        future = [];
        set({ canUndo: false, canRedo: false });
      },
      undo() {
        const previous = past.at(-1);
        if (previous === undefined) return;
        past = past.slice(0, -1);
        future = [...future, get().experiment];
        lastGesture = null;
        show(previous);
      },
      redo() {
        const next = future.at(-1);
        if (next === undefined) return;
        future = future.slice(0, -1);
        past = [...past, get().experiment];
        lastGesture = null;
        show(next);
      },
    };
  });
}

/** What the patch would change although it is locked; the whole patch is refused then. */
function lockedIssues(current: Experiment, patch: Partial<Experiment>, options: PageOptions): FieldIssue[] {
  if (options.lock.length === 0) return [];
  return Object.entries(patch).flatMap(([name, value]) => {
    const field = settingField(current.lab, name);
    const changes = field !== undefined && !sameValue(value, settingValue(current, name));
    if (!changes || !isLocked(options, name)) return [];
    return [{ field: name, message: PAGE_WORDS.lockedSetting(field.label) }];
  });
}

function isSame(a: Experiment, b: Experiment): boolean {
  // Experiments of one lab have the same keys.
  if (a.lab !== b.lab) return false;
  const values = new Map<string, unknown>(Object.entries(b));
  return Object.entries(a).every(([key, value]) => sameValue(value, values.get(key)));
}
