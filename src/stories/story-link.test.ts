// Stories inside links.
import { expect, it } from 'vitest';
import { decodePlainLink } from '../experiment/codec.ts';
import { encodeStory } from './story-file.ts';
import { encodeTale, linkOfTale, MAX_TALE_LENGTH, readTale } from './story-link.ts';
import { loadToldStory, TOLD_STORIES } from './told-stories.ts';

it('holds any of the page’s own stories within a link, and gives them back', async () => {
  for (const { id } of TOLD_STORIES) {
    const story = await loadToldStory(id);
    if (story === null) throw new Error(id);
    const tale = (await encodeTale(story)) ?? '';
    expect(tale.length, id).toBeLessThan(MAX_TALE_LENGTH);
    const link = decodePlainLink(linkOfTale(tale));
    expect(link?.issues).toEqual([]);
    expect(link?.options.story).toEqual({ id: 'own', step: 0, tale, starts: true });
    expect(await readTale(tale)).toEqual({ kind: 'story', story });
  }
});

it('says that a damaged one is damaged, and does not unfold what is too long', async () => {
  const story = await loadToldStory('what-is-maml');
  if (story === null) throw new Error('no story');
  const tale = (await encodeTale(story)) ?? '';
  expect(await readTale(tale.slice(0, 50))).toMatchObject({ kind: 'refused' });
  expect(await readTale('')).toMatchObject({ kind: 'refused' });
  const bomb = await encodeTale({ ...story, summary: 'x'.repeat(3_000_000) });
  expect(bomb?.length).toBeLessThan(MAX_TALE_LENGTH + 10_000);
  expect(await readTale(bomb ?? '')).toMatchObject({ kind: 'refused' });
  expect(encodeStory(story).length).toBeLessThan(20_000);
});
