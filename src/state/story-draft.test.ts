import { describe, expect, it } from 'vitest';
import { defaultExperiment } from '../experiment/labs.ts';
import { experimentOf } from '../stories/story-file.ts';
import {
  addStep,
  changeStep,
  moveStep,
  newStory,
  readDraft,
  removeStep,
  storyExperimentOf,
  writeDraft,
} from './story-draft.ts';

const start = newStory({ title: 'Mine', step: 'First' });
const titles = (story: typeof start) => story.steps.map(({ title }) => title);

function memory() {
  const entries = new Map<string, string>();
  return {
    getItem: (key: string) => entries.get(key) ?? null,
    setItem: (key: string, value: string) => void entries.set(key, value),
  };
}

describe('a draft', () => {
  it('gains, loses and moves steps, and always keeps one', () => {
    const two = addStep(start, 0, 'Second');
    expect(titles(two)).toEqual(['First', 'Second']);
    expect(titles(moveStep(two, 1, -1))).toEqual(['Second', 'First']);
    expect(moveStep(two, 1, 1)).toBe(two);
    expect(titles(removeStep(two, 0))).toEqual(['Second']);
    expect(removeStep(start, 0)).toBe(start);
    expect(titles(changeStep(two, 1, { title: 'Then' }))).toEqual(['First', 'Then']);
    expect(titles(start)).toEqual(['First']);
  });

  it('takes what is on the screen as a preset and what differs, which gives the same experiment', () => {
    const experiment = { ...defaultExperiment('cheetah'), seed: 7 };
    const taken = storyExperimentOf(experiment);
    expect(taken).toEqual({ preset: experiment.preset, settings: { seed: 7 } });
    expect(experimentOf(taken)).toEqual({ experiment, issues: [] });
  });

  it('is kept and read again, and nothing breaks where storage is refused, full or damaged', () => {
    const storage = memory();
    expect(readDraft(storage)).toBeNull();
    expect(writeDraft(storage, start)).toBe(true);
    expect(readDraft(storage)).toEqual(start);
    storage.setItem('metascope.story-draft', '{"format":"metascope-story"');
    expect(readDraft(storage)).toBeNull();
    const refusing = {
      getItem: (): string => {
        throw new Error('refused');
      },
      setItem: (): void => {
        throw new Error('full');
      },
    };
    expect(readDraft(refusing)).toBeNull();
    expect(writeDraft(refusing, start)).toBe(false);
    expect(writeDraft(null, start)).toBe(false);
  });
});
