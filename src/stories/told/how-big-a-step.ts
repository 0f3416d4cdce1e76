// “How big a step?”: α too small, too large, and learned.
import { type StoryStep, writeSteps } from '../story.ts';

const withAlpha = (innerLearningRate: number, algorithms: readonly string[]) => ({
  preset: 'sinusoid-live',
  settings: { algorithms, metaIterations: 4000, innerLearningRate },
});

export const steps: readonly StoryStep[] = writeSteps([
  {
    title: 'One number decides how far',
    caption: [
      'In $θ′ = θ − α ∇θ L(θ)$ the inner learning rate α says how far the one step goes. MAML keeps the α that it was given, from the first update to the last.',
      'Here it is 0.01, as in the MAML paper.',
    ],
    experiment: withAlpha(0.01, ['maml']),
    runs: true,
    untilIteration: 1000,
    target: 'chart:Learning curve',
  },
  {
    title: 'Twenty times as far',
    caption: [
      'The same network, the same tasks, the same seed, but α = 0.2.',
      'The run before stays as a faint line.',
    ],
    experiment: withAlpha(0.2, ['maml']),
    question: {
      kind: 'choice',
      question: 'What will the larger α do?',
      answers: [
        'Adapt better: a longer step gets closer',
        'Train, but to a worse fit, and blow up when a second step is taken',
        'Nothing: θ adjusts to any α',
      ],
      right: 1,
    },
    answer:
      'θ does adjust: it finds a place where even this step is survivable, with a loss near 2 instead of 0.65 after 2,000 updates. A second step of that size leaves every bound, as the adaptation curve shows.',
    runs: true,
    untilIteration: 1000,
    target: 'chart:Adaptation',
  },
  {
    title: 'Let it be learned',
    caption: [
      'RMAML gives every weight an α of its own and learns it together with θ: $α ← α − α₀ ∇α L(θ′)$, kept within bounds.',
      'Both runs start from α = 0.01.',
    ],
    experiment: withAlpha(0.01, ['maml', 'rmaml']),
    view: { focus: 'rmaml' },
    question: {
      kind: 'choice',
      question: 'Where will the α of most weights go?',
      answers: ['Up', 'Down towards zero', 'Both ways: some up, some down'],
    },
    answer:
      'See it in the chart “Inner learning rate”: the band is the range over all weights, the line their mean. The loss after one step comes down to about 0.37 where MAML’s is at 0.65 (2,000 updates, our run).',
    runs: true,
    untilIteration: 2000,
    target: 'chart:Inner learning rate',
  },
  {
    title: 'Start from a bad one',
    caption: [
      'Choose the α that training begins with, as badly as you like. MAML has to live with it; RMAML only starts there.',
      'From 0.001 RMAML still came to 0.39 in our run, from 0.2 it did not recover within 2,000 updates: a learned α is a help, no miracle.',
    ],
    experiment: withAlpha(0.001, ['maml', 'rmaml']),
    controls: ['innerLearningRate', 'alphaMode', 'alphaLearningRate'],
    view: { focus: 'rmaml' },
    runs: true,
    target: 'chart:Inner learning rate',
  },
]);
