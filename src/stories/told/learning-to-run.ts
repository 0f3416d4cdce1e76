// “Learning to run in one step”: the half-cheetah's two directions, from a recorded run.
import { type StoryStep, writeSteps } from '../story.ts';

export const steps: readonly StoryStep[] = writeSteps([
  {
    title: 'Which way?',
    caption: [
      'A half-cheetah with six motors. In one task it is paid for running forwards, in the other for running backwards, and nobody tells it which.',
      'It gets ten short trials, takes one gradient step, and runs again.',
    ],
    experiment: { preset: 'cheetah-dir-maml-live', settings: {} },
    recordings: ['cheetah-dir-maml.json'],
    view: { innerStep: 1 },
    target: 'stage',
  },
  {
    title: 'Before the step',
    caption: [
      'Both lanes now show the same policy θ, before adaptation. It cannot please both tasks at once.',
    ],
    view: { innerStep: 0 },
    question: {
      kind: 'choice',
      question: 'What is the best that one policy can do without knowing the task?',
      answers: [
        'Run forwards always',
        'Nearly the same return, about zero, in the mean of both',
        'Alternate while running',
      ],
      right: 1,
    },
    answer:
      'What one direction earns the other loses, so the mean is near zero whatever it does. That is why the mean return before adaptation says little: look at each direction.',
    target: 'stage',
  },
  {
    title: 'One gradient step',
    caption: [
      'The solid animals run after one step on ten trials, $θ′ = θ − α ∇θ L(θ)$; the pale ghost is the policy before it. Scrub through training and see when the step began to turn it round.',
    ],
    view: { innerStep: 1 },
    target: 'stage',
  },
  {
    title: 'Train it further, or from nothing',
    caption: [
      'What you see was recorded by this very program. Press Run to train on from here in your own browser: it is slower to begin with than a recording, but it is happening now.',
      'With 4 tasks × 10 trials per update the first useful turn comes within a minute or two.',
    ],
    controls: ['innerLearningRate', 'seed'],
    target: 'transport',
  },
]);
