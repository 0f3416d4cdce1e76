// The Cheetah lab's presets: their titles and what they are.
import { inLanguages } from './language.ts';

export const cheetahPresetWords = inLanguages({
  en: {
    'cheetah-dir-maml-live': {
      title: 'Direction, live',
      description:
        'A half-cheetah that is not told whether to run forwards or backwards learns to find out from ten trajectories: MAML, small enough to watch.',
    },
    'cheetah-vel-maml-live': {
      title: 'Velocity, live',
      description:
        'The half-cheetah learns to run at a velocity between 0 and 2 m/s that it is not told, from ten trajectories.',
    },
    'cheetah-dir-maml-paper': {
      title: 'Direction, paper',
      description:
        'The half-cheetah of the MAML paper at its own scale: TRPO outside, with its pretrained, random and oracle baselines. For the command line or a long wait.',
    },
    'cheetah-vel-maml-paper': {
      title: 'Velocity, paper',
      description:
        'Goal velocities between 0 and 2 m/s at the scale of the MAML paper, with its baselines. For the command line or a long wait.',
    },
    'cheetah-noise-vel': {
      title: 'NoiseVEL and the buffer',
      description:
        'One in five training tasks asks for 3 to 4 m/s, which the test never does; MAML sees them all, RMAML replays the middle of its last batch.',
    },
  },
});
