import { beforeEach, describe, expect, it } from 'vitest';
import type { StoreApi } from 'zustand/vanilla';
import { presetById } from '../experiment/presets.ts';
import { createExperimentStores } from './experiment-store.ts';
import type { CurrentState } from './store-types.ts';

const initial = presetById('sinusoid-live')!.experiment;
let store: StoreApi<CurrentState>;
const now = () => store.getState();

beforeEach(() => {
  store = createExperimentStores(initial).current;
});

describe('the experiment store', () => {
  it('refuses invalid values, says what was wrong, and changes nothing', () => {
    const issues = now().edit({ innerLearningRate: -1 });
    expect(issues).toEqual([{ field: 'innerLearningRate', message: expect.stringContaining('-1') }]);
    expect(now().experiment).toBe(initial);
    expect(now().canUndo).toBe(false);
  });

  it('makes one undo entry of a drag, and one of each other edit', () => {
    for (const supportSize of [6, 7, 8]) now().edit({ supportSize }, 'drag 1');
    now().edit({ supportSize: 9 }, 'drag 2');
    now().edit({ seed: 5 });
    now().undo();
    expect(now().experiment).toMatchObject({ supportSize: 9, seed: initial.seed });
    now().undo();
    expect(now().experiment).toMatchObject({ supportSize: 8 });
    now().undo();
    expect(now().experiment).toEqual(initial);
    expect(now()).toMatchObject({ canUndo: false, canRedo: true });
  });

  it('does not join a gesture to the one before an undo', () => {
    now().edit({ supportSize: 6 }, 'drag');
    now().undo();
    now().edit({ supportSize: 7 }, 'drag');
    expect(now().canUndo).toBe(true);
    now().undo();
    expect(now().experiment).toEqual(initial);
  });

  it('redoes what was undone until something new is done', () => {
    now().edit({ supportSize: 6 });
    now().edit({ supportSize: 7 });
    now().undo();
    now().undo();
    now().redo();
    expect(now().experiment).toMatchObject({ supportSize: 6 });
    now().edit({ seed: 1 });
    expect(now().canRedo).toBe(false);
    now().redo();
    expect(now().experiment).toMatchObject({ supportSize: 6, seed: 1 });
  });

  it('makes no entry of an edit that changes nothing', () => {
    now().edit({ supportSize: initial.supportSize });
    now().loadPreset('sinusoid-live');
    expect(now().canUndo).toBe(false);
  });

  it('loads presets undoably and names the ones there are not', () => {
    now().loadPreset('sinusoid-paper');
    expect(now().experiment.preset).toBe('sinusoid-paper');
    now().undo();
    expect(now().experiment).toEqual(initial);
    expect(() => now().loadPreset('cheetah')).toThrow('cheetah');
  });
});
