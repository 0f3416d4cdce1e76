import { beforeEach, describe, expect, it } from 'vitest';
import type { StoreApi } from 'zustand/vanilla';
import { NO_OPTIONS } from '../experiment/page-options.ts';
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

describe('undo under locks', () => {
  const locked = { ...NO_OPTIONS, lock: ['innerLearningRate'] };

  it('stays at what an opened link locked, and takes back what was changed since', () => {
    let options = NO_OPTIONS;
    const { current } = createExperimentStores(initial, () => options);
    const { edit, replace, undo, redo } = current.getState();
    edit({ innerLearningRate: 0.5 });
    edit({ supportSize: 6 });
    undo();
    options = locked;
    replace({ ...initial, innerLearningRate: 0.02 });
    expect(current.getState()).toMatchObject({ canUndo: false, canRedo: false });
    undo();
    redo();
    expect(current.getState().experiment.innerLearningRate).toBe(0.02);
    edit({ supportSize: 7 });
    current.getState().switchLab('reaching');
    for (let i = 0; i < 5; i++) undo();
    expect(current.getState()).toMatchObject({
      experiment: { innerLearningRate: 0.02, supportSize: initial.supportSize },
      canUndo: false,
    });
  });

  it('does not go behind the lock where the link changed no setting either', () => {
    let options = NO_OPTIONS;
    const { current } = createExperimentStores(initial, () => options);
    current.getState().edit({ innerLearningRate: 0.5 });
    options = locked;
    current.getState().replace(current.getState().experiment);
    current.getState().undo();
    expect(current.getState().experiment.innerLearningRate).toBe(0.5);
  });
});

describe('several labs', () => {
  const all = () => createExperimentStores(initial);

  it('go to the lab’s default first, then to what it last showed; one undo entry each', () => {
    const { current, sinusoid, reaching } = all();
    current.getState().edit({ supportSize: 6 });
    current.getState().switchLab('reaching');
    expect(current.getState().experiment).toMatchObject({ lab: 'reaching', preset: 'reaching-figure-3' });
    reaching.getState().edit({ mainX: 2 });
    current.getState().switchLab('sinusoid');
    expect(current.getState().experiment).toMatchObject({ lab: 'sinusoid', supportSize: 6 });
    current.getState().switchLab('reaching');
    expect(current.getState().experiment).toMatchObject({ lab: 'reaching', mainX: 2 });
    expect(sinusoid.getState().experiment.supportSize).toBe(6);

    for (let i = 0; i < 3; i++) current.getState().undo();
    expect(current.getState().experiment).toMatchObject({ lab: 'reaching', mainX: 0 });
    current.getState().undo();
    expect(current.getState().experiment).toMatchObject({ lab: 'sinusoid', supportSize: 6 });
    current.getState().undo();
    expect(current.getState()).toMatchObject({ experiment: initial, canUndo: false });
    for (let i = 0; i < 5; i++) current.getState().redo();
    expect(current.getState()).toMatchObject({ experiment: { lab: 'reaching', mainX: 2 }, canRedo: false });
  });

  it('stay as they are while another is shown', () => {
    const { current, sinusoid, reaching } = all();
    const before = sinusoid.getState().experiment;
    current.getState().loadPreset('reaching-mismatch');
    expect(reaching.getState().experiment.preset).toBe('reaching-mismatch');
    reaching.getState().edit({ seed: 5 });
    expect(sinusoid.getState()).toMatchObject({ experiment: before, canUndo: true });
    // A setting of the lab that is not shown changes nothing.
    expect(sinusoid.getState().edit({ supportSize: 3 })).toHaveLength(1);
    expect(current.getState().experiment).toMatchObject({ lab: 'reaching', seed: 5 });
  });

  it('make no entry of a press on the tab of the lab that is shown', () => {
    const { current } = all();
    current.getState().switchLab('sinusoid');
    expect(current.getState().canUndo).toBe(false);
  });
});
