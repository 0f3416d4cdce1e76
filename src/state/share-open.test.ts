// Opening what came from outside: a link with a trained state, and files of every kind: runs, stories, others.
import { describe, expect, it } from 'vitest';
import { encodePlainLink } from '../experiment/codec.ts';
import { NO_OPTIONS } from '../experiment/page-options.ts';
import { encodeRunRecord, MAX_RUN_FILE_BYTES } from '../records/run-file.ts';
import { completeStep, type StoryStep } from '../stories/story.ts';
import { encodeStory, MAX_STORY_LENGTH } from '../stories/story-file.ts';
import { readTale } from '../stories/story-link.ts';
import { smallExperiment } from '../worker/loop-harness.testing.ts';
import { finished, openPage, type Page, run, small, until } from './open-page.testing.ts';
import { ownStory } from './own-stories.ts';
import { recordOf } from './run-records.ts';
import { openFile, type ReadableFile } from './share-open.ts';
import { encodeTrainedLink, type TrainedState } from './share-trained.ts';
import { newStory } from './story-draft.ts';

function fileOf(text: string, about: Partial<ReadableFile> = {}): ReadableFile {
  return {
    name: 'run.json',
    type: 'application/json',
    size: text.length,
    text: async () => text,
    ...about,
  };
}

function stateOf({ stores }: Page): TrainedState {
  const { iteration, runs } = recordOf(stores)!.checkpoints.at(-1)!;
  return { iteration, runs };
}

const titles = (page: Page) => run(page).notices.map((notice) => notice.title);
const paused = (page: Page) => until(page, (state) => state.status.kind === 'paused');

describe('a link with a trained state', () => {
  async function trainedLink(): Promise<{ fragment: string; state: TrainedState }> {
    const page = openPage(small);
    await finished(page);
    const state = stateOf(page);
    const experiment = smallExperiment({ metaIterations: 2 * state.iteration });
    const link = encodeTrainedLink(experiment, NO_OPTIONS, state, experiment.algorithms[0]!);
    if (link.kind !== 'link') throw new Error(link.kind);
    return { fragment: link.fragment, state };
  }

  it('opens paused at its iteration, says so, and goes on from there', async () => {
    const { fragment, state } = await trainedLink();
    const page = openPage(fragment);
    await page.opened;
    await paused(page);
    const { data } = page.stores;
    expect(data.checkpoints.map(({ iteration }) => iteration)).toEqual([state.iteration]);
    expect(run(page).iteration).toBe(state.iteration);
    expect(titles(page)).toEqual([expect.stringContaining('trained state of this link')]);
    // The address keeps it: a reload opens the same.
    expect(page.written.filter((link) => !link.includes('trained='))).toEqual([]);
    run(page).play();
    await finished(page);
    expect(run(page).iteration).toBe(2 * state.iteration);
    const losses = page.api.losses(page.stores.experiment.getState().experiment.algorithms[0]!);
    expect(losses.length).toBe(state.iteration);
    expect(losses.every(Number.isFinite)).toBe(true);
  });

  it('opened in the same page: the same', async () => {
    const { fragment, state } = await trainedLink();
    const page = openPage(encodePlainLink(smallExperiment({ metaIterations: 7 })));
    await finished(page);
    page.visit(fragment);
    await until(page, ({ iteration, status }) => status.kind === 'paused' && iteration === state.iteration);
    expect(page.stores.data.checkpoints.map(({ iteration }) => iteration)).toEqual([state.iteration]);
  });

  it('with numbers that are not its own: the experiment without them, and why', async () => {
    const { fragment } = await trainedLink();
    const page = openPage(fragment.slice(0, -3));
    await page.opened;
    expect(titles(page)).toEqual([expect.stringMatching(/characters of numbers.*Was the link cut off/)]);
    expect(page.stores.data.checkpoints).toEqual([]);
    // It waits, and Run trains it from the start.
    expect(run(page).iteration).toBe(0);
    run(page).play();
    await finished(page);
  });
});

describe('a story file', () => {
  const story = { ...newStory({ title: 'My story', step: 'One' }), id: 'my-story' };
  const options = (page: Page) => page.stores.page.getState().options;

  it('is told from its first step, from the gallery too', async () => {
    const page = openPage('');
    await page.opened;
    expect(options(page).page).toBe('gallery');
    expect(await openFile(page.stores, fileOf(encodeStory(story)))).toBe(true);
    const { page: shown, story: place } = options(page);
    expect([shown, place?.step]).toEqual(['lab', 0]);
    expect(await readTale(place?.tale ?? '')).toEqual({ kind: 'story', story });
    expect(titles(page)).toEqual([]);
  });

  it('too long for a link is kept for this visit, each under a name of its own', async () => {
    const page = openPage(small);
    const names = new Set<string>();
    for (const seed of [1, 2]) {
      const long = { ...story, steps: Array.from({ length: 20 }, (_, at) => noisyStep(seed * 100 + at)) };
      expect(await openFile(page.stores, fileOf(encodeStory(long)))).toBe(true);
      const place = options(page).story;
      expect(place?.tale).toBeUndefined();
      expect(ownStory(place?.id ?? '')).toEqual(long);
      names.add(place?.id ?? '');
    }
    expect(names.size).toBe(2);
  });

  it.each([
    ['damaged', encodeStory(story).replace('"title": "One"', '"title": ""'), /steps\.0\.title/],
    ['cut off', encodeStory(story).slice(0, -20), /not JSON/],
    ['too long', encodeStory(story) + ' '.repeat(MAX_STORY_LENGTH), /at most 100,000 are read/],
    ['of a newer version', encodeStory(story).replace('"version": 1', '"version": 9'), /version 9/],
  ])('that is %s is refused with the reason, and nothing changes', async (_, text, said) => {
    const page = openPage(small);
    expect(await openFile(page.stores, fileOf(text, { name: 'tale.json' }))).toBe(false);
    const [notice] = run(page).notices.filter(({ tone }) => tone === 'problem');
    expect(notice?.title).toBe('“tale.json” was not opened.');
    expect(notice?.details.join()).toMatch(said);
    expect(options(page).story).toBeNull();
  });
});

/** A step whose words deflate cannot shorten. */
function noisyStep(seed: number): StoryStep {
  const words = Array.from({ length: 90 }, (_, at) => ((seed * 7919 + at * 104729) ** 3).toString(36));
  return completeStep({ title: `Step ${seed}`, caption: [words.join('').slice(0, 1000)] });
}

describe('a file', () => {
  async function runFile(): Promise<string> {
    const page = openPage(small);
    await finished(page);
    return encodeRunRecord(recordOf(page.stores)!, { precision: 'f16' });
  }

  it('that is a run is opened in its lab, paused at its end', async () => {
    const text = await runFile();
    const page = openPage('#v=1&lab=reaching&preset=reaching-figure-3&seed=1');
    expect(await openFile(page.stores, fileOf(text))).toBe(true);
    expect(page.api.lab()).toBe('sinusoid');
    expect(page.stores.experiment.getState().experiment).toEqual(smallExperiment());
    expect(run(page).status.kind).toBe('paused');
    expect(titles(page)).toContain('“run.json” is open.');
    expect(page.stores.data.checkpoints.length).toBeGreaterThan(0);
  });

  const refused: readonly [what: string, file: ReadableFile, said: RegExp][] = [
    [
      'an image',
      fileOf('', { name: 'cat.png', type: 'image/png' }),
      /“cat.png” was not opened: got an image/,
    ],
    [
      'a PDF',
      fileOf('', { name: 'a.pdf', type: 'application/pdf' }),
      /got application\/pdf; expected a run or story file/,
    ],
    ['other JSON', fileOf('{"hello":1}'), /not a run file/],
    ['no JSON', fileOf('hello'), /not valid JSON/],
    ['a hostile name', fileOf('[]', { name: `\u202egnp.${'x'.repeat(200)}` }), /^“�gnp\.x{50,60}…”/],
    ['a file that is gone', fileOf('', { text: () => Promise.reject(new Error('not found')) }), /not found/],
  ];
  it.each(refused)('that is %s is refused with the reason, and nothing changes', async (_, file, said) => {
    const page = openPage(small);
    const before = page.stores.current.getState().experiment;
    expect(await openFile(page.stores, file)).toBe(false);
    const [notice] = run(page).notices.filter(({ tone }) => tone === 'problem');
    expect(`${notice?.title} ${notice?.details.join(' ')}`).toMatch(said);
    expect(page.stores.current.getState().experiment).toBe(before);
  });

  it('that is too large is not even read', async () => {
    const page = openPage(small);
    const file = fileOf('', {
      size: MAX_RUN_FILE_BYTES + 1,
      text: () => Promise.reject(new Error('It was read.')),
    });
    expect(await openFile(page.stores, file)).toBe(false);
    expect(titles(page).join()).toMatch(/got 16\.0 MB; a run or story file has at most 16 MB/);
  });

  it('names the place of what is wrong in it', async () => {
    const text = (await runFile()).replace(/"iterations":\d+/, '"iterations":-4');
    const page = openPage(small);
    expect(await openFile(page.stores, fileOf(text))).toBe(false);
    const [notice] = run(page).notices;
    expect(notice?.details.join()).toMatch(/^iterations: got -4/);
  });
});
