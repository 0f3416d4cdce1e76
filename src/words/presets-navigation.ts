// The Navigation lab's presets: their titles and what they are.
import { inLanguages } from './language.ts';

export const navigationPresetWords = inLanguages({
  en: {
    'navigation-maml-live': {
      title: 'MAML, live',
      description:
        'A point agent that is not told its goal learns to find it from the rewards of 20 trajectories: MAML for reinforcement learning, small enough to watch.',
    },
    'navigation-compare-live': {
      title: 'Four algorithms, live',
      description:
        'MAML, FOMAML, Reptile and RMAML in lockstep on the same goals, with smaller batches than usual.',
    },
    'navigation-maml-paper': {
      title: 'Paper',
      description:
        'The 2D navigation of the MAML paper at its own scale: TRPO outside, with its pretrained, random and oracle baselines. Slow to watch.',
    },
    'navigation-first-order': {
      title: 'First order',
      description:
        'MAML beside FOMAML, which leaves out second derivatives, with starts and goals anywhere in the square.',
    },
    'navigation-noise': {
      title: 'Noise goals and the buffer',
      description:
        'One in five training goals lies in a ring outside the square, which the test never asks for; MAML sees them all, RMAML replays the middle of its last batch.',
    },
  },
});
