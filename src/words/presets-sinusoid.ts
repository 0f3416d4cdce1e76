// The Sinusoid lab's presets: their titles and what they are.
import { inLanguages } from './language.ts';

export const sinusoidPresetWords = inLanguages({
  en: {
    'sinusoid-live': {
      title: 'Live',
      description:
        'MAML, FOMAML, Reptile and RMAML side by side, with settings that learn quickly enough to watch.',
    },
    'sinusoid-paper': {
      title: 'Paper',
      description: 'The sinusoid regression of the MAML paper, with its pretrained and oracle baselines.',
    },
    'sinusoid-authors-code': {
      title: 'Authors’ code',
      description: 'The MAML paper’s setting with the inner learning rate of its published code, α = 0.001.',
    },
    'reptile-demonstration': {
      title: 'Reptile demonstration',
      description: 'Reptile as its authors demonstrate it: one task at a time, ε falling from 0.1 to 0.',
    },
    'one-step-tested-at-five': {
      title: 'Trained for 1 step, tested at 5',
      description:
        'MAML learns an initialisation for exactly one step; taking five of them can make the fit worse.',
    },
    'noise-tasks': {
      title: 'Noise tasks and the buffer',
      description:
        'Three in ten training tasks come from a louder range that the test never asks for; MAML sees them all, RMAML replays the middle of its last batch.',
    },
  },
});
