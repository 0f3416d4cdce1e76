// “When training and test differ”: noise tasks in training, on sine curves first, then NoiseVEL.
import { type StoryStep, writeSteps } from '../story.ts';

export const steps: readonly StoryStep[] = writeSteps([
  {
    title: 'Tasks that nobody will ask for',
    caption: [
      'Training sets are not clean. Here three in ten training tasks are sine curves of a louder range, amplitudes 5 to 8, that the test never asks for.',
      'MAML averages over all it meets. Its meta-gradient is the larger, the worse a task is done: the loud ones shout.',
    ],
    experiment: { preset: 'noise-tasks', settings: {} },
    target: 'chart:Learning curve',
  },
  {
    title: 'Does the buffer help?',
    caption: [
      'RMAML meets the same new tasks, but fills a part of its next batch from the middle of its last one, where the loud ones are rarer. α is fixed for both, so that the buffer is the only difference.',
    ],
    experiment: { preset: 'noise-tasks', settings: {} },
    question: {
      kind: 'choice',
      question: 'After 2,000 updates, who does better on clean test tasks?',
      answers: ['MAML: it saw more kinds of tasks', 'RMAML: it repeated fewer noise tasks', 'Neither'],
      right: 1,
    },
    answer:
      'RMAML: 0.70 against MAML’s 0.86 after one step in our run of seed 0, and 0.71 to 0.75 against 0.84 to 0.90 over three seeds.',
    runs: true,
    untilIteration: 2000,
    target: 'chart:Learning curve',
  },
  {
    title: 'What if it replayed the other end?',
    caption: [
      'Choose another strategy and let both train again. HARD replays what is done worst, and that is the noise.',
    ],
    controls: ['strategy', 'noiseTaskShare'],
    view: { focus: 'rmaml' },
    runs: true,
    target: 'chart:Task buffer',
  },
  {
    title: 'A cheetah that is asked for the impossible',
    caption: [
      'The paper’s own case is NoiseVEL: a half-cheetah learns to run at a velocity between 0 and 2 m/s, but one training task in five asks for 3 to 4 m/s.',
      'You see two of our recorded runs, MAML and RMAML from seed 0, adapted to a clean velocity. Over three seeds the two come out alike after one step, −43.3 and −43.4: at this small scale the paper’s advantage of RMAML does not show. The table of results in the gallery has the paper’s numbers beside ours.',
    ],
    experiment: { preset: 'cheetah-noise-vel', settings: {} },
    recordings: ['cheetah-noise-vel-maml-0.json', 'cheetah-noise-vel-rmaml-0.json'],
    view: { innerStep: 1 },
    target: 'stage',
  },
]);
