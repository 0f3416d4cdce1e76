// “What is MAML?”: fits of one task before and after a gradient step, while the initialisation is learned.
import { type StoryStep, writeSteps } from '../story.ts';

const ONLY_MAML = {
  preset: 'sinusoid-live',
  settings: { algorithms: ['maml'], metaIterations: 3000 },
} as const;

export const steps: readonly StoryStep[] = writeSteps([
  {
    title: 'Ten points of an unknown curve',
    caption: [
      'Each task is a sine curve with an amplitude and a phase of its own. The learner never sees the curve, only $K = 10$ points of it: the filled dots.',
      'A small network, 40 × 40 units, starts from random weights θ and takes one gradient step towards the points. That is all the practice it gets. Nothing is trained yet: drag a dot and watch how little one step does.',
    ],
    experiment: ONLY_MAML,
    target: 'stage',
  },
  {
    title: 'Could it be better?',
    caption: [
      'One step from a random start cannot know what the tasks have in common: that they are sine curves at all. MAML looks for a start θ from which one step is enough for any of them:',
      '$θ′ᵢ = θ − α ∇θ L(θ)$ for each task, then $θ ← θ − β ∇θ Σ L(θ′ᵢ)$ over a batch of tasks.',
    ],
    question: {
      kind: 'choice',
      question: 'After training θ that way, how good is the start itself, before any step?',
      answers: [
        'Nearly as good as after the step',
        'Poor: it has to be left by the step',
        'Worse than a random network',
      ],
      right: 1,
    },
    answer:
      'θ is not trained to be good, but to become good. Before a step it does about as badly as the average of all curves; what it has learned shows after the step.',
    target: 'pseudocode',
  },
  {
    title: 'Watch it learn',
    caption: [
      'Training runs on 25 new tasks per update. Watch the solid fit, after one step, close in on the dashed truth while the dotted line, before the step, stays a compromise between all curves.',
      'The story pauses at 1,000 updates.',
    ],
    runs: true,
    untilIteration: 1000,
    target: 'stage',
  },
  {
    title: 'How does it go on with more steps?',
    caption: [
      'θ was trained for exactly one step. Draw what you expect of the loss on fresh tasks if the learner takes up to ten.',
    ],
    question: {
      kind: 'draw',
      chart: 'adaptation',
      question: 'Draw the loss after 0 to 10 gradient steps.',
    },
    answer:
      'The first step does most of the work; further ones still help, although nothing was trained for them. In the MAML paper’s Figure 2 it is the same.',
    target: 'chart:Adaptation',
  },
  {
    title: 'A task of your own',
    caption: [
      'Drag the dots and the dashed curve, or press the keys on a focused dot. The fits follow with one gradient step from the same θ.',
      'Change $K$ or α below and the training starts afresh with it; undo brings the old run back.',
    ],
    controls: ['supportSize', 'innerLearningRate'],
    runs: true,
    untilIteration: 3000,
    target: 'stage',
  },
]);
