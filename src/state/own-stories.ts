// Stories of the reader's own that are told in this visit but are too long for a link: from a file, or from the editor.
// Those that fit go into the link itself, which needs no memory (stories/story-link.ts).
import type { StoryPlace } from '../experiment/story-place.ts';
import type { Story } from '../stories/story.ts';
import { encodeTale, MAX_TALE_LENGTH } from '../stories/story-link.ts';

const kept = new Map<string, Story>();

/** The story that goes by that id in this visit, if there is one. */
export function ownStory(id: string): Story | undefined {
  return kept.get(id);
}

/** Where the story can be told from: within the link where it fits, else from this visit's memory. */
export async function placeOf(story: Story, step: number): Promise<StoryPlace> {
  const tale = await encodeTale(story);
  if (tale !== null && tale.length <= MAX_TALE_LENGTH) return { id: 'own', step, tale, starts: true };
  kept.set('own-file', story);
  return { id: 'own-file', step, starts: true };
}
