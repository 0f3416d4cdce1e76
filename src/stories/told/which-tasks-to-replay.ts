// “Which tasks to replay?”: [RMAML] Figure 3 in the Reaching lab.
import { type StoryStep, writeSteps } from '../story.ts';

const FIGURE_3 = { preset: 'reaching-figure-3', settings: {} } as const;
const MOSTLY_NOISE = {
  preset: 'reaching-figure-3',
  settings: { mainCount: 80, firstNoiseCount: 110, secondNoiseCount: 110 },
} as const;
/** One agent alone: the charts must not give away what is asked next. */
const ONE_AGENT = { preset: 'reaching-figure-3', settings: { strategies: ['uniform'] } } as const;

export const steps: readonly StoryStep[] = writeSteps([
  {
    title: 'A field of tasks',
    caption: [
      'Every dot is a task: a place to reach. The wide cloud is what the test will ask for; the two tight ones are noise that training meets as well.',
      'An agent’s position stands for its weights θ. In every iteration it draws 20 tasks and moves a little towards each, in proportion to the distance.',
    ],
    experiment: ONE_AGENT,
    target: 'stage',
  },
  {
    title: 'Four ways to meet a task again',
    caption: [
      'A buffer sorts the last batch by how badly each task was done, and puts some of it into the next batch. UNIFORM replays nothing. EASY replays the best-done tasks, HARD the worst-done, MEDIUM the middle.',
    ],
    experiment: FIGURE_3,
    question: {
      kind: 'choice',
      question: 'Which agent will end nearest to the centre of the wide cloud?',
      answers: ['UNIFORM: it sees everything', 'EASY', 'MEDIUM', 'HARD: it works on its weakness'],
      right: 2,
    },
    answer:
      'MEDIUM, in every one of 100 seeds: on average it ends 0.3 from the centre, UNIFORM 1.5, EASY 1.4, HARD 3.0. HARD chases the noise because noise is what it does worst.',
    runs: true,
    untilIteration: 200,
    target: 'stage',
  },
  {
    title: 'Look into the buffer',
    caption: [
      'Scores of the batch, sorted from well done to badly done; the lit window is what will be replayed. For MEDIUM it lies over the majority: the noise sits at the far end.',
      'Press another agent’s name above the chart to see its window.',
    ],
    view: { focus: 'medium' },
    target: 'chart:Task buffer',
  },
  {
    title: 'Is that a law?',
    caption: [
      'The same field, but now the wide cloud has 80 tasks and each noise cloud 110.',
      'After your guess, move the sliders: the final distances over many seeds are computed anew as you go.',
    ],
    experiment: MOSTLY_NOISE,
    controls: ['mainCount', 'firstNoiseCount', 'secondNoiseCount'],
    question: {
      kind: 'choice',
      question: 'Who ends nearest to the centre of the wide cloud now?',
      answers: ['Still MEDIUM', 'EASY', 'UNIFORM'],
      right: 1,
    },
    answer:
      'EASY, in all of 60 seeds; MEDIUM is then the farthest. The middle of a batch is where the majority is, and the noise has become the majority. The paper says so itself: the largest cloud must be the goal.',
    runs: true,
    target: 'chart:Final distance',
  },
  {
    title: 'Give it away',
    caption: [
      'Change what you like, play it, then press Share: whoever opens the link sees this field, this seed and these very paths.',
    ],
    controls: ['mainCount', 'maxReplayedTasks', 'seed'],
    runs: true,
    target: 'stage',
  },
]);
