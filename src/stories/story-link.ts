// A story inside a link: its text, deflated, in the pair “tale=” (experiment/page-options-codec.ts).
import { deflateText, inflateText } from '../experiment/deflate.ts';
import { LINK_VERSION } from '../experiment/upgrade.ts';
import { STORY_WORDS } from '../words/story.ts';
import type { Story } from './story.ts';
import { encodeStory, MAX_STORY_LENGTH, readStory, type StoryReading } from './story-file.ts';

/** Longest pair that a link can hold beside a whole experiment, in characters. */
export const MAX_TALE_LENGTH = 7000;

/** The story as a link's pair; null where the browser cannot compress. May be longer than a link holds. */
export async function encodeTale(story: Story): Promise<string | null> {
  return deflateText(JSON.stringify(JSON.parse(encodeStory(story))));
}

/** A link that tells the story from its first step. */
export function linkOfTale(tale: string): string {
  return `#v=${LINK_VERSION}&story=own.0&tale=${tale}`;
}

/** Reads what encodeTale wrote, with the care of readStory. Never rejects. */
export async function readTale(tale: string): Promise<StoryReading> {
  const inflated = await inflateText(tale, MAX_STORY_LENGTH);
  if (inflated.kind === 'text') return readStory(inflated.text);
  return { kind: 'refused', problems: [STORY_WORDS.damagedLink] };
}
