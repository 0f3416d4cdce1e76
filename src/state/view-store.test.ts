import { describe, expect, it } from 'vitest';
import { presetById } from '../experiment/presets.ts';
import { createExperimentStores } from './experiment-store.ts';
import { createViewStore, type SmallStorage } from './view-store.ts';

const initial = presetById('sinusoid-live')!.experiment;

function open(storage: SmallStorage | null = null, changes = {}) {
  const experiments = createExperimentStores({ ...initial, ...changes }).sinusoid;
  return { experiments, view: createViewStore(experiments, storage) };
}

/** A storage that remembers, as localStorage does. */
function memory(): SmallStorage {
  const entries = new Map<string, string>();
  return {
    getItem: (name) => entries.get(name) ?? null,
    setItem: (name, value) => void entries.set(name, value),
  };
}

describe('the view store', () => {
  it('opens with a task of testSupportSize points on the curve, inside the x-range, ascending', () => {
    const { points } = open().view.getState().task;
    expect(points).toHaveLength(initial.testSupportSize);
    expect(points.every(({ x, offset }) => x >= initial.xMin && x < initial.xMax && offset === 0)).toBe(true);
    expect(points.map(({ x }) => x)).toEqual(points.map(({ x }) => x).toSorted((a, b) => a - b));
  });

  it('rolls tasks from the test ranges, the same ones for the same seed', () => {
    const ranges = { testAmplitudeMin: 2, testAmplitudeMax: 3, testPhaseMin: 1, testPhaseMax: 1.5 };
    const rolls = [open(null, ranges), open(null, ranges)].map(({ view }) =>
      [1, 2, 3].map(() => {
        view.getState().rollTask();
        return view.getState().task;
      }),
    );
    expect(rolls[0]).toEqual(rolls[1]);
    expect(new Set(rolls[0]!.map(({ amplitude }) => amplitude)).size).toBe(3);
    for (const { amplitude, phase } of rolls[0]!) {
      expect(amplitude).toBeGreaterThanOrEqual(2);
      expect(amplitude).toBeLessThanOrEqual(3);
      expect(phase).toBeGreaterThanOrEqual(1);
      expect(phase).toBeLessThanOrEqual(1.5);
    }
  });

  it('follows the experiment: focus, inner step, and as many points as K at test', () => {
    const { experiments, view } = open();
    view.getState().set({ focus: 'rmaml' });
    const before = view.getState().task.points;
    experiments.getState().edit({ algorithms: ['fomaml', 'reptile'] });
    expect(view.getState().focus).toBe('fomaml');
    experiments.getState().edit({ testInnerSteps: 4 });
    expect(view.getState().innerStep).toBe(4);
    experiments.getState().edit({ testSupportSize: 13 });
    expect(view.getState().task.points).toHaveLength(13);
    expect(view.getState().task.points.slice(0, 10)).toEqual(before);
    expect(view.getState().adaptationSupportSize).toBe(13);
    experiments.getState().edit({ testSupportSize: 3 });
    expect(view.getState().task.points).toEqual(before.slice(0, 3));
  });

  it('leaves the view alone when a setting changes that it does not show', () => {
    const { experiments, view } = open();
    view.getState().set({ innerStep: 7 });
    const before = view.getState();
    experiments.getState().edit({ innerLearningRate: 0.02 });
    expect(view.getState()).toEqual(before);
  });

  it('remembers the theme, and lives without a storage that works', () => {
    const storage = memory();
    open(storage).view.getState().set({ theme: 'dark' });
    expect(open(storage).view.getState().theme).toBe('dark');
    const blocked = (): never => {
      throw new DOMException('blocked', 'SecurityError');
    };
    const { view } = open({ getItem: blocked, setItem: blocked });
    expect(view.getState().theme).toBe('system');
    view.getState().set({ theme: 'light' });
    expect(view.getState().theme).toBe('light');
  });
});
