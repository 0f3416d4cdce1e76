// The stories that come with the page. What the gallery lists is here; the steps are fetched when one is told.
import type { Story } from './story.ts';

export interface ToldStory extends Pick<Story, 'id' | 'title' | 'summary' | 'minutes'> {
  load(): Promise<Pick<Story, 'steps'>>;
}

/** In the order of a course. */
export const TOLD_STORIES: readonly ToldStory[] = [
  {
    id: 'what-is-maml',
    title: 'What is MAML?',
    summary:
      'A start from which one gradient step fits any of ten thousand sine curves, and how it is found.',
    minutes: 6,
    load: () => import('./told/what-is-maml.ts'),
  },
  {
    id: 'first-or-second-order',
    title: 'First order or second?',
    summary: 'FOMAML leaves the second derivatives out. What that saves, and what it costs.',
    minutes: 5,
    load: () => import('./told/first-or-second-order.ts'),
  },
  {
    id: 'how-big-a-step',
    title: 'How big a step?',
    summary: 'α decides how far one gradient step goes. Choose it badly, then let RMAML learn it.',
    minutes: 6,
    load: () => import('./told/how-big-a-step.ts'),
  },
  {
    id: 'which-tasks-to-replay',
    title: 'Which tasks to replay?',
    summary:
      'Four agents, one field of tasks, four ways to choose what is met again: the RMAML paper’s Figure 3.',
    minutes: 5,
    load: () => import('./told/which-tasks-to-replay.ts'),
  },
  {
    id: 'when-training-and-test-differ',
    title: 'When training and test differ',
    summary: 'Some training tasks are noise that the test never asks for. Whom does that hurt?',
    minutes: 6,
    load: () => import('./told/when-training-and-test-differ.ts'),
  },
  {
    id: 'learning-to-run',
    title: 'Learning to run in one step',
    summary: 'A half-cheetah that finds out from ten trials whether to run forwards or backwards.',
    minutes: 5,
    load: () => import('./told/learning-to-run.ts'),
  },
];

/** The story with that id, told in full; null: there is none. */
export async function loadToldStory(id: string): Promise<Story | null> {
  const told = TOLD_STORIES.find((story) => story.id === id);
  if (told === undefined) return null;
  const { load, ...about } = told;
  const { steps } = await load();
  return { ...about, author: null, steps };
}
