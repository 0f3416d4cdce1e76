// Where each preset differs from paper and code, by the preset's id. Apart from its title, because only the settings
// show it, which are fetched after the page.
import { inLanguages } from './language.ts';

/** In English, of both Cheetah presets at the paper's scale. */
const PAPER_NOTES: readonly string[] = [
  'Convention “Finn 2017”, as in the authors’ code: 0.01 s per action, 200 timesteps, the velocity of the whole centre of mass. Only returns of this convention may be held against the published ones.',
  '40 tasks × 20 trajectories × 200 timesteps, before and after adaptation: 320,000 timesteps per update, which takes minutes on a small machine.',
  'α = 0.1, halved after the first step at test; TRPO with KL ≤ 0.01. Its curvature comes from 400 of a task’s 4,000 timesteps; choose 0 for all.',
  'Actions beyond ±1 are clipped, and their cost is taken after it. Observations are raw.',
];

export const presetNotes = inLanguages({
  en: {
    'sinusoid-live': [
      'The paper’s setting [MAML §5.1], but weights start from Glorot’s range: from the published code’s σ = 0.01 the loss stays above 3 for the first 1,000 meta-iterations.',
      '10,000 meta-iterations instead of 70,000.',
      'RMAML learns one α per parameter with α₀ = 0.001 (the paper has 0.01). A single α wants about 0.00001 here: at 0.001 it swings between 0 and values at which adaptation diverges.',
    ],
    'sinusoid-paper': [
      'α = 0.01 as in the paper’s text; the authors’ code uses α = 0.001.',
      'The paper sums the meta-loss over tasks, its code takes the mean, and so does this preset. (Adam all but cancels the factor of 25.)',
      'Weights start from a truncated normal with σ = 0.01, as in the authors’ code; the paper’s text does not say.',
    ],
    'sinusoid-authors-code': [
      'α = 0.001 as in the published code; the paper’s text says 0.01.',
      'The same gradient then moves the parameters ten times less per inner step.',
    ],
    'reptile-demonstration': [
      'Phases cover the whole circle, U[0, 2π], where MAML’s paper uses U[0, π]; the best single function is then 0, with a loss of about 4.25.',
      'The published demonstration draws its minibatches from 50 evenly spaced points and tests after 32 steps; here each of the 5 steps sees 10 fresh points and the test takes 5 steps.',
      'Weights start from Glorot’s range here, and from PyTorch’s default there.',
    ],
    'one-step-tested-at-five': [
      'The network and α of the Reptile demonstration, trained as in the MAML paper with one inner step.',
      'Move “inner steps” under “Inner loop” to 5 to see the cure.',
    ],
    'noise-tasks': [
      'α is fixed for both, so that the only difference is which tasks are seen again: 12 of 25 once L has grown.',
      'The noise tasks score high, so the middle of the sorted batch holds fewer of them. Try EASY, HARD and UNIFORM.',
      '[RMAML] shows this on reaching and on half-cheetah with noisy goals; the sinusoid version is ours.',
    ],
    'reaching-figure-3': [
      '300 tasks in three clouds, and an agent that moves towards each task in proportion to its distance, as in [RMAML] §5. The paper gives no centres, spreads, batch size, schedule or step size; these are ours.',
      'With these numbers MEDIUM ends nearest in every one of 100 seeds. That is no law: move the clouds, or try the presets below.',
      '“Medium” is taken as the middle ranks of the sorted batch. The other reading, nearest to the mean score, is under “More”.',
    ],
    'reaching-no-noise': [
      'Figure 3 without its two noise clouds. The paper does not show this.',
      'Mean final distance over 60 seeds: UNIFORM 0.11, EASY 0.14, MEDIUM 0.27, HARD 0.35. What is replayed is a biased sample, and here there is nothing to gain from the bias.',
    ],
    'reaching-two-modes': [
      'The right cloud is called noise, the left one the goal, but only the name tells them apart. Try another seed.',
      'UNIFORM stays between the two, where no task is. The paper does not show this.',
    ],
    'reaching-small-main': [
      'Figure 3 with 80 tasks in the main cloud and 110 in each of the noise clouds.',
      'Mean final distance over 60 seeds: EASY 2.2, UNIFORM and HARD 3.3, MEDIUM 4.4; EASY is nearest in all 60. The paper’s claim needs the largest cloud to be the goal, which it says itself.',
    ],
    'reaching-mismatch': [
      'The story of [RMAML] Fig. 2, which is a sketch without numbers. One noise cloud with a third of the tasks.',
      'Mean final distance over 60 seeds: UNIFORM 2.4, MEDIUM 0.4. With 150 noise tasks MEDIUM ends at 1.0, and beyond that it changes sides.',
    ],
    'navigation-maml-live': [
      'Tasks, rewards and α = 0.1 as in [MAML §5.3]; reward is minus the distance, as in its authors’ code.',
      'Adam on the meta-gradient instead of TRPO, to be fast enough to watch. Choose TRPO under “Outer loop”; its curvature then comes from 200 timesteps per task.',
      'A 64-64 tanh net that starts with σ = 0.14. The paper’s is 100-100 ReLU; its code starts with σ = 1, ten times the largest step that counts, ±0.1.',
    ],
    'navigation-compare-live': [
      '10 tasks × 10 trajectories for each algorithm, half of the default’s either way, so that four of them can be watched. Gradients are noisier for it.',
      'Reptile for reinforcement learning is our own; its paper’s experiments are supervised. It takes 2 policy gradient steps per task and moves θ by ε, without Adam.',
      'RMAML learns α and replays the middle of its last batch: 3 of 10 tasks once L has grown, about the M∕4 of its paper.',
    ],
    'navigation-maml-paper': [
      'Reward: the paper’s text has minus the squared distance, its authors’ code minus the distance. The published returns (−40, −12, −3) are of the distance, and so is this preset.',
      'α = 0.1 as in the paper’s text; its code has 0.5. After the first step the test halves it.',
      '20 trajectories per task and step. Text and code have 20 to 40 tasks per update and 100 to 500 updates; here 20 and 300.',
      'The code starts with σ = 1. Steps are clipped to ±0.1, so such a policy cannot stay at a goal, and TRPO takes hundreds of updates to narrow it; here σ starts at 0.37.',
      'Weights start from Glorot’s range and biases at 0. TRPO’s curvature comes from 200 timesteps per task instead of all, which takes about a third of the time for nearly the same returns.',
    ],
    'navigation-first-order': [
      '[FO] finds equal returns at about 1.5 times the speed. Compare time per update and return here, over several seeds.',
      'α = 0.1 and random starts and goals as in [FO]; its β = 0.01 is too much for Adam here, so β is 0.0015. Net, σ and batch are those of the default preset.',
      'The start differs between trajectories of one task, so what is learned must read the position too.',
    ],
    'navigation-noise': [
      '“NoiseNav” is ours, after [RMAML]’s half-cheetah with noisy target speeds, where the share is 20 % too.',
      'The ring from 0.75 to 1 encloses the whole square. Its goals are farther and score high, so the middle of the sorted batch should hold fewer of them.',
      'RMAML also learns α. Set “Learn α in” to no algorithm to see the buffer alone.',
    ],
    'cheetah-dir-maml-live': [
      'Convention “Gym” with a horizon of 100: 0.05 s per action. Its returns must not be held against the papers’.',
      'Adam on the exact meta-gradient, up to 3 steps per batch with clipped ratios, instead of TRPO: several times faster. β is lowered where KL stays above its target of 0.02.',
      'Advantages by GAE with λ = 0.95. With 1, as in the papers, it learns several times more slowly.',
      'Observations are scaled; without that it learns far less. The cost is of the action that was asked for, and log σ stays above −1.5: both keep the policy from saturating.',
      'Each batch has each direction twice. The mean return before adaptation hides that one policy runs one way and loses the other: look at both directions.',
    ],
    'cheetah-vel-maml-live': [
      'Convention “Gym” with a horizon of 100: 0.05 s per action. Its returns must not be held against the papers’.',
      'Six goals per batch, one from each sixth of the range, and up to five steps of Adam on it: more batches and steps pay better than more goals.',
      'Clipped ratios, a KL target, λ = 0.95, scaled observations and a floor under log σ, as in the direction preset. Layers of 32 learn as much per batch as the direction preset’s 64, in six tenths of the time.',
    ],
    'cheetah-dir-maml-paper': PAPER_NOTES,
    'cheetah-vel-maml-paper': PAPER_NOTES,
    'cheetah-noise-vel': [
      'Share and range of the noise as in [RMAML]; all else but the number of goals, layers of 64, β = 0.006 and a KL target of 0.03 is the velocity preset’s.',
      'RMAML also learns α, and replays up to 2 of 8 tasks, the M∕4 of its paper. Set “Learn α in” to no algorithm to see the buffer alone.',
      'One seed says little here: compare several.',
    ],
  },
});
