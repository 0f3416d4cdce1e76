// Stories of the reader's own that are told in this visit but are too long for a link: from a file, or from the editor.
// Those that fit go into the link itself, which needs no memory (stories/story-link.ts).
import type { StoryPlace } from '../experiment/story-place.ts';
import type { Story } from '../stories/story.ts';
import { encodeTale, MAX_TALE_LENGTH } from '../stories/story-link.ts';
import type { PageState } from './page-store.ts';

const kept = new Map<string, Story>();
const OWN_FILE = 'own-file-';

/** Whether a place names a story of some visit's memory, which a link does not bring along. */
export function wasOwnFile(id: string): boolean {
  return id.startsWith(OWN_FILE);
}

/** The story that goes by that id in this visit, if there is one. */
export function ownStory(id: string): Story | undefined {
  return kept.get(id);
}

/** Tells the story from that step, from the gallery too: it is told beside a lab. */
export async function tellOwn(page: Pick<PageState, 'set'>, story: Story, step: number): Promise<void> {
  const place = await placeOf(story, step);
  // Anew, where the very same is told already.
  page.set({ story: null });
  page.set({ page: 'lab', story: place });
}

/** Where the story can be told from: within the link where it fits, else from this visit's memory. */
export async function placeOf(story: Story, step: number): Promise<StoryPlace> {
  const tale = await encodeTale(story);
  if (tale !== null && tale.length <= MAX_TALE_LENGTH) return { id: 'own', step, tale, starts: true };
  const id = `${OWN_FILE}${kept.size + 1}`;
  kept.set(id, story);
  return { id, step, starts: true };
}
