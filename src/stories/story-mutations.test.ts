// Stories as strangers damage them: each is told or refused with sentences within 50 ms, and no prototype gains a
// property. 1,000 in every run; METASCOPE_MUTATIONS=10000 for all.
import { describe, expect, it } from 'vitest';
import {
  dice,
  inheritedProperties,
  leastMilliseconds,
  mutate,
  mutateJson,
  mutationCount,
} from '../experiment/mutations.testing.ts';
import { encodeStory, readStory } from './story-file.ts';
import { loadToldStory, TOLD_STORIES } from './told-stories.ts';

const MOST_MS = 50;
const SEED = 13;

async function stories(): Promise<string[]> {
  const loaded = await Promise.all(TOLD_STORIES.map(({ id }) => loadToldStory(id)));
  return loaded.flatMap((story) => (story === null ? [] : [encodeStory(story)]));
}

describe('damaged stories', () => {
  const count = mutationCount(1000);

  it(`${count} of them are told or refused, at once`, async () => {
    const files = await stories();
    expect(files.length).toBeGreaterThan(2);
    const before = inheritedProperties();
    const kinds = { story: 0, refused: 0 };
    for (let i = 0; i < count; i++) {
      const roll = dice(SEED, i);
      const file = files[roll(files.length)]!;
      const text = i % 4 === 0 ? mutate(file, roll, files) : mutateJson(file, roll);
      const start = performance.now();
      const reading = readStory(text);
      if (performance.now() - start > MOST_MS) {
        const least = await leastMilliseconds(MOST_MS, () => readStory(text));
        if (least > MOST_MS)
          throw new Error(`case ${i}: took ${least.toFixed(1)} ms, ${text.length} characters`);
      }
      if (reading.kind === 'refused' && reading.problems.join('').trim() === '')
        throw new Error(`case ${i}: refused without a word`);
      if (reading.kind === 'story') expect(reading.story.steps.length).toBeGreaterThan(0);
      kinds[reading.kind] += 1;
    }
    expect(inheritedProperties()).toEqual(before);
    expect(kinds.story).toBeGreaterThan(0);
    expect(kinds.refused).toBeGreaterThan(count / 3);
  }, 1_800_000);
});
