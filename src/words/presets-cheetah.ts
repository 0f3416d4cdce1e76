// The Cheetah lab's presets: their titles, what they are, and where they differ from paper and code.
import { inLanguages } from './language.ts';

/** In English, of both presets at the paper's scale. */
const PAPER_NOTES: readonly string[] = [
  'Convention “Finn 2017”, as in the authors’ code: 0.01 s per action, 200 timesteps, the velocity of the whole centre of mass. Only returns of this convention may be held against the published ones.',
  '40 tasks × 20 trajectories × 200 timesteps, before and after adaptation: 320,000 timesteps per update, which takes minutes on a small machine.',
  'α = 0.1, halved after the first step at test; TRPO with KL ≤ 0.01. Its curvature comes from 400 of a task’s 4,000 timesteps; choose 0 for all.',
  'Actions beyond ±1 are clipped, and their cost is taken after it. Observations are raw.',
];

export const cheetahPresetWords = inLanguages({
  en: {
    'cheetah-dir-maml-live': {
      title: 'Direction, live',
      description:
        'A half-cheetah that is not told whether to run forwards or backwards learns to find out from ten trajectories: MAML, small enough to watch.',
      notes: [
        'Convention “Gym” with a horizon of 100: 0.05 s per action. Its returns must not be held against the papers’.',
        'Adam on the exact meta-gradient, up to 3 steps per batch with clipped ratios, instead of TRPO: several times faster. β is lowered where KL stays above its target of 0.02.',
        'Advantages by GAE with λ = 0.95. With 1, as in the papers, it learns several times more slowly.',
        'Observations are scaled; without that it learns far less. The cost is of the action that was asked for, and log σ stays above −1.5: both keep the policy from saturating.',
        'Each batch has each direction twice. The mean return before adaptation hides that one policy runs one way and loses the other: look at both directions.',
      ],
    },
    'cheetah-vel-maml-live': {
      title: 'Velocity, live',
      description:
        'The half-cheetah learns to run at a velocity between 0 and 2 m/s that it is not told, from ten trajectories.',
      notes: [
        'Convention “Gym” with a horizon of 100: 0.05 s per action. Its returns must not be held against the papers’.',
        'Six goals per batch, one from each sixth of the range, and up to five steps of Adam on it: more batches and steps pay better than more goals.',
        'Clipped ratios, a KL target, λ = 0.95, scaled observations and a floor under log σ, as in the direction preset.',
      ],
    },
    'cheetah-dir-maml-paper': {
      title: 'Direction, paper',
      description:
        'The half-cheetah of the MAML paper at its own scale: TRPO outside, with its pretrained, random and oracle baselines. For the command line or a long wait.',
      notes: PAPER_NOTES,
    },
    'cheetah-vel-maml-paper': {
      title: 'Velocity, paper',
      description:
        'Goal velocities between 0 and 2 m/s at the scale of the MAML paper, with its baselines. For the command line or a long wait.',
      notes: PAPER_NOTES,
    },
    'cheetah-noise-vel': {
      title: 'NoiseVEL and the buffer',
      description:
        'One in five training tasks asks for 3 to 4 m/s, which the test never does; MAML sees them all, RMAML replays the middle of its last batch.',
      notes: [
        'Share and range of the noise as in [RMAML]; all else but the number of goals is the velocity preset’s.',
        'RMAML also learns α, and replays up to 2 of 8 tasks, the M∕4 of its paper. Set “Learn α in” to no algorithm to see the buffer alone.',
        'One seed says little here: compare several.',
      ],
    },
  },
});
