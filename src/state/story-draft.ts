// The story being written: changes as pure functions, and a copy in the browser's storage, so that closing the page
// loses nothing. Whether it can be told is stories/story-file.ts's affair.
import type { Experiment } from '../experiment/experiment.ts';
import { sameValue } from '../experiment/field-changes.ts';
import { inLabOf } from '../experiment/labs.ts';
import { presetIn } from '../experiment/schema.ts';
import { completeStep, type Story, type StoryExperiment, type StoryStep } from '../stories/story.ts';
import { encodeStory, MAX_STORY_LENGTH, readStory } from '../stories/story-file.ts';
import type { SmallStorage } from './view-store.ts';

const DRAFT_KEY = 'metascope.story-draft';

/** What the editor opens with the first time; `words`: its texts. */
export function newStory(words: { readonly title: string; readonly step: string }): Story {
  const steps = [completeStep({ title: words.step, caption: [] })];
  return { id: 'my-story', title: words.title, summary: '', minutes: 5, author: null, steps };
}

export function changeStep(story: Story, at: number, change: Partial<StoryStep>): Story {
  return { ...story, steps: story.steps.map((step, i) => (i === at ? { ...step, ...change } : step)) };
}

/** A step after `at`, which goes on from it. */
export function addStep(story: Story, at: number, title: string): Story {
  return { ...story, steps: story.steps.toSpliced(at + 1, 0, completeStep({ title, caption: [] })) };
}

/** Without that step; the last one stays. */
export function removeStep(story: Story, at: number): Story {
  return story.steps.length === 1 ? story : { ...story, steps: story.steps.toSpliced(at, 1) };
}

/** The step one place up or down; the same story at its ends. */
export function moveStep(story: Story, at: number, by: 1 | -1): Story {
  const step = story.steps[at];
  const other = story.steps[at + by];
  if (step === undefined || other === undefined) return story;
  return { ...story, steps: story.steps.with(at, other).with(at + by, step) };
}

/** The experiment as its preset and what differs from it. */
export function storyExperimentOf(experiment: Experiment): StoryExperiment {
  return inLabOf<StoryExperiment>(experiment, (lab, e) => {
    const base = presetIn(lab, e.preset, []);
    const changed = lab.fieldKeys.filter((key) => !sameValue(e[key], base[key]));
    return { preset: e.preset, settings: Object.fromEntries(changed.map((key) => [key, e[key]])) };
  });
}

/** The draft of an earlier visit; null: none, or it cannot be read. */
export function readDraft(storage: SmallStorage | null): Story | null {
  try {
    const text = storage?.getItem(DRAFT_KEY) ?? '';
    if (text === '' || text.length > MAX_STORY_LENGTH) return null;
    const reading = readStory(text);
    return reading.kind === 'story' ? reading.story : null;
  } catch {
    return null;
  }
}

/** Keeps the draft; whether the browser let us. */
export function writeDraft(storage: SmallStorage | null, story: Story): boolean {
  try {
    storage?.setItem(DRAFT_KEY, encodeStory(story));
    return storage !== null;
  } catch {
    return false;
  }
}
