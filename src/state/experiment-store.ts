// The experiment on the screen, with its undo history. Every way in is validated; what a change means for training
// is the run store's affair.
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Experiment } from '../experiment/experiment.ts';
import { FIELD_KEYS, sameValue } from '../experiment/fields.ts';
import { presetById } from '../experiment/presets.ts';
import { checkPatch } from '../experiment/schema.ts';
import type { ExperimentState } from './store-types.ts';

/** The oldest entries fall off beyond this many. */
const MAX_UNDO = 200;

/** A store that starts with a valid experiment and an empty history. */
export function createExperimentStore(initial: Experiment): StoreApi<ExperimentState> {
  let past: readonly Experiment[] = [];
  let future: readonly Experiment[] = [];
  /** The gesture that made the newest change; an edit of the same one extends it. */
  let lastGesture: string | null = null;

  return createStore<ExperimentState>()((set, get) => {
    const show = (experiment: Experiment): void => {
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
        const { experiment, issues } = checkPatch(get().experiment, patch);
        if (issues.length === 0) commit(experiment, gesture);
        return issues;
      },
      loadPreset(presetId) {
        const preset = presetById(presetId);
        if (preset === undefined)
          throw new Error(`There is no preset “${presetId}”; see PRESETS for all of them.`);
        commit(preset.experiment, null);
      },
      replace: (experiment) => commit(experiment, null),
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

function isSame(a: Experiment, b: Experiment): boolean {
  return a.lab === b.lab && a.preset === b.preset && FIELD_KEYS.every((key) => sameValue(a[key], b[key]));
}
