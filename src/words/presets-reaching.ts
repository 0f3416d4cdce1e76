// The Reaching lab's presets: their titles, what they are, and where they differ from paper and code.
import { inLanguages } from './language.ts';

export const reachingPresetWords = inLanguages({
  en: {
    'reaching-figure-3': {
      title: 'Paper’s Figure 3',
      description:
        'One wide cloud of tasks is the goal, two tight ones are noise: replaying the middle of each batch leads to the goal, replaying its easy or hard end does not.',
      notes: [
        '300 tasks in three clouds, and an agent that moves towards each task in proportion to its distance, as in [RMAML] §5. The paper gives no centres, spreads, batch size, schedule or step size; these are ours.',
        'With these numbers MEDIUM ends nearest in every one of 100 seeds. That is no law: move the clouds, or try the presets below.',
        '“Medium” is taken as the middle ranks of the sorted batch. The other reading, nearest to the mean score, is under “More”.',
      ],
    },
    'reaching-no-noise': {
      title: 'No noise',
      description:
        'Only the main cloud: nothing misleads, all four come close to its centre, and not replaying at all comes closest.',
      notes: [
        'Figure 3 without its two noise clouds. The paper does not show this.',
        'Mean final distance over 60 seeds: UNIFORM 0.11, EASY 0.14, MEDIUM 0.27, HARD 0.35. What is replayed is a biased sample, and here there is nothing to gain from the bias.',
      ],
    },
    'reaching-two-modes': {
      title: 'Two equal modes',
      description:
        'Two clouds of the same size and spread, equally far from the start: nothing tells which one is the goal, and MEDIUM settles in either by chance.',
      notes: [
        'The right cloud is called noise, the left one the goal, but only the name tells them apart. Try another seed.',
        'UNIFORM stays between the two, where no task is. The paper does not show this.',
      ],
    },
    'reaching-small-main': {
      title: 'Main cloud is not the largest',
      description:
        'The noise has become the majority: the middle of each batch no longer lies in the main cloud, and MEDIUM ends farthest from the goal.',
      notes: [
        'Figure 3 with 80 tasks in the main cloud and 110 in each of the noise clouds.',
        'Mean final distance over 60 seeds: EASY 2.2, UNIFORM and HARD 3.3, MEDIUM 4.4; EASY is nearest in all 60. The paper’s claim needs the largest cloud to be the goal, which it says itself.',
      ],
    },
    'reaching-mismatch': {
      title: 'Mismatch: MAML and RMAML',
      description:
        'Training meets tasks that the test never asks for: MAML (uniform) is pulled off the mode, RMAML (medium) is not.',
      notes: [
        'The story of [RMAML] Fig. 2, which is a sketch without numbers. One noise cloud with a third of the tasks.',
        'Mean final distance over 60 seeds: UNIFORM 2.4, MEDIUM 0.4. With 150 noise tasks MEDIUM ends at 1.0, and beyond that it changes sides.',
      ],
    },
  },
});
