// The Navigation lab's presets: their titles, what they are, and where they differ from paper and code.
import { inLanguages } from './language.ts';

export const navigationPresetWords = inLanguages({
  en: {
    'navigation-maml-live': {
      title: 'MAML, live',
      description:
        'A point agent that is not told its goal learns to find it from the rewards of 20 trajectories: MAML for reinforcement learning, small enough to watch.',
      notes: [
        'Tasks, rewards and α = 0.1 as in [MAML §5.3]; reward is minus the distance, as in its authors’ code.',
        'Adam on the meta-gradient instead of TRPO, to be fast enough to watch. Choose TRPO under “Outer loop”; its curvature then comes from 200 timesteps per task.',
        'A 64-64 tanh net that starts with σ = 0.14. The paper’s is 100-100 ReLU; its code starts with σ = 1, ten times the largest step that counts, ±0.1.',
      ],
    },
    'navigation-compare-live': {
      title: 'Four algorithms, live',
      description:
        'MAML, FOMAML, Reptile and RMAML in lockstep on the same goals, with smaller batches than usual.',
      notes: [
        '10 tasks × 10 trajectories for each algorithm, half of the default’s either way, so that four of them can be watched. Gradients are noisier for it.',
        'Reptile for reinforcement learning is our own; its paper’s experiments are supervised. It takes 2 policy gradient steps per task and moves θ by ε, without Adam.',
        'RMAML learns α and replays the middle of its last batch: 3 of 10 tasks once L has grown, about the M∕4 of its paper.',
      ],
    },
    'navigation-maml-paper': {
      title: 'Paper',
      description:
        'The 2D navigation of the MAML paper at its own scale: TRPO outside, with its pretrained, random and oracle baselines. Slow to watch.',
      notes: [
        'Reward: the paper’s text has minus the squared distance, its authors’ code minus the distance. The published returns (−40, −12, −3) are of the distance, and so is this preset.',
        'α = 0.1 as in the paper’s text; its code has 0.5. After the first step the test halves it.',
        '20 trajectories per task and step. Text and code have 20 to 40 tasks per update and 100 to 500 updates; here 20 and 300.',
        'The code starts with σ = 1. Steps are clipped to ±0.1, so such a policy cannot stay at a goal, and TRPO takes hundreds of updates to narrow it; here σ starts at 0.37.',
        'Weights start from Glorot’s range and biases at 0. TRPO’s curvature comes from 200 timesteps per task instead of all, which takes about a third of the time for nearly the same returns.',
      ],
    },
    'navigation-first-order': {
      title: 'First order',
      description:
        'MAML beside FOMAML, which leaves out second derivatives, with starts and goals anywhere in the square.',
      notes: [
        '[FO] finds equal returns at about 1.5 times the speed. Compare time per update and return here, over several seeds.',
        'α = 0.1 and random starts and goals as in [FO]; its β = 0.01 is too much for Adam here, so β is 0.0015. Net, σ and batch are those of the default preset.',
        'The start differs between trajectories of one task, so what is learned must read the position too.',
      ],
    },
    'navigation-noise': {
      title: 'Noise goals and the buffer',
      description:
        'One in five training goals lies in a ring outside the square, which the test never asks for; MAML sees them all, RMAML replays the middle of its last batch.',
      notes: [
        '“NoiseNav” is ours, after [RMAML]’s half-cheetah with noisy target speeds, where the share is 20 % too.',
        'The ring from 0.75 to 1 encloses the whole square. Its goals are farther and score high, so the middle of the sorted batch should hold fewer of them.',
        'RMAML also learns α. Set “Learn α in” to no algorithm to see the buffer alone.',
      ],
    },
  },
});
