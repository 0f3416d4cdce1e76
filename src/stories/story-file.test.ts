// Stories as text: what the page tells itself can be written and read back, and nothing from outside gets in unchecked.
import { describe, expect, it } from 'vitest';
import { inLabOf } from '../experiment/labs.ts';
import { completeStep, type Story } from './story.ts';
import { checkStory, encodeStory, experimentOf, MAX_STORY_LENGTH, readStory } from './story-file.ts';
import { loadToldStory, TOLD_STORIES } from './told-stories.ts';

const SMALL: Story = {
  id: 'mine',
  title: 'Mine',
  summary: 'Two steps.',
  minutes: 2,
  author: 'A lecturer',
  steps: [
    completeStep({ title: 'First', caption: ['$θ′ = θ$'] }),
    completeStep({
      title: 'Then',
      caption: ['Look.'],
      experiment: { preset: 'sinusoid-live', settings: { innerLearningRate: 0.02 } },
      untilIteration: 100,
      runs: true,
      question: { kind: 'choice', question: 'Which?', answers: ['this', 'that'], right: 1 },
    }),
  ],
};

async function told(id: string): Promise<Story> {
  const story = await loadToldStory(id);
  if (story === null) throw new Error(`no story ${id}`);
  return story;
}

function problems(text: string): string {
  const reading = readStory(text);
  return reading.kind === 'refused' ? reading.problems.join('\n') : 'no problem';
}

const changed = (change: (value: { steps: Record<string, unknown>[] } & Record<string, unknown>) => void) => {
  const value = JSON.parse(encodeStory(SMALL));
  change(value);
  return JSON.stringify(value);
};

describe('the stories that come with the page', () => {
  it.each(TOLD_STORIES.map(({ id }) => id))('%s is a valid story, and survives as a file', async (id) => {
    const story = await told(id);
    expect(readStory(encodeStory(story))).toEqual({ kind: 'story', story });
  });

  it.each(TOLD_STORIES.map(({ id }) => id))('%s asks first, names only settings of its lab', async (id) => {
    const { steps } = await told(id);
    expect(steps.some(({ question }) => question !== null)).toBe(true);
    expect(steps[0]?.experiment).not.toBeNull();
    let experiment = experimentOf(steps[0]!.experiment!).experiment;
    for (const step of steps) {
      if (step.experiment !== null) experiment = experimentOf(step.experiment).experiment;
      const known = inLabOf<boolean>(experiment, (lab) => step.controls.every((key) => lab.isFieldKey(key)));
      expect(known, `${id}: ${step.title}: ${step.controls}`).toBe(true);
      // Whoever is asked must be told what to make of it.
      if (step.question !== null) expect(step.answer).not.toBeNull();
    }
  });

  it('has no two of one id, and answers null for one that is not there', async () => {
    expect(new Set(TOLD_STORIES.map(({ id }) => id)).size).toBe(TOLD_STORIES.length);
    expect(await loadToldStory('no-such')).toBeNull();
  });
});

describe('a story file', () => {
  it('is read back as it was written', () => {
    expect(readStory(encodeStory(SMALL))).toEqual({ kind: 'story', story: SMALL });
    expect(checkStory(JSON.parse(encodeStory(SMALL)))).toEqual({ kind: 'story', story: SMALL });
  });

  it.each<[string, string, RegExp]>([
    ['too long', 'x'.repeat(MAX_STORY_LENGTH + 1), /100,001 characters long; at most 100,000/],
    ['not JSON', '{', /not JSON/],
    ['another file', '{"format":"metascope-run","version":2}', /no story file/],
    [
      'newer',
      changed((value) => Object.assign(value, { version: 9 })),
      /version 9; this page reads version 1/,
    ],
    ['no steps', changed((value) => Object.assign(value, { steps: [] })), /steps: got/],
    ['an unknown key', changed(({ steps }) => Object.assign(steps[0]!, { script: 'x' })), /steps\.0\.script/],
    ['no title', changed(({ steps }) => Object.assign(steps[1]!, { title: '  ' })), /steps\.1\.title/],
    [
      'an unknown preset',
      changed(({ steps }) => Object.assign(steps[0]!, { experiment: { preset: 'steam', settings: {} } })),
      /Step 1: there is no preset “steam”/,
    ],
    [
      'a setting out of its limits',
      changed(({ steps }) =>
        Object.assign(steps[1]!, {
          experiment: { preset: 'sinusoid-live', settings: { innerLearningRate: 4000 } },
        }),
      ),
      /Step 2, innerLearningRate: .*4000/,
    ],
    [
      'a right answer that is not there',
      changed(({ steps }) => Object.assign(steps[1]!.question as object, { right: 2 })),
      /Step 2: the right answer is number 2, but answers are numbered 0 to 1/,
    ],
    [
      'a path out of runs/',
      changed(({ steps }) => Object.assign(steps[0]!, { recordings: ['../x.json'] })),
      /recordings/,
    ],
  ])('that is wrong is refused: %s', (_, text, words) => {
    expect(problems(text)).toMatch(words);
  });
});
