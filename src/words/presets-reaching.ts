// The Reaching lab's presets: their titles and what they are.
import { inLanguages } from './language.ts';

export const reachingPresetWords = inLanguages({
  en: {
    'reaching-figure-3': {
      title: 'Paper’s Figure 3',
      description:
        'One wide cloud of tasks is the goal, two tight ones are noise: replaying the middle of each batch leads to the goal, replaying its easy or hard end does not.',
    },
    'reaching-no-noise': {
      title: 'No noise',
      description:
        'Only the main cloud: nothing misleads, all four come close to its centre, and not replaying at all comes closest.',
    },
    'reaching-two-modes': {
      title: 'Two equal modes',
      description:
        'Two clouds of the same size and spread, equally far from the start: nothing tells which one is the goal, and MEDIUM settles in either by chance.',
    },
    'reaching-small-main': {
      title: 'Main cloud is not the largest',
      description:
        'The noise has become the majority: the middle of each batch no longer lies in the main cloud, and MEDIUM ends farthest from the goal.',
    },
    'reaching-mismatch': {
      title: 'Mismatch: MAML and RMAML',
      description:
        'Training meets tasks that the test never asks for: MAML (uniform) is pulled off the mode, RMAML (medium) is not.',
    },
  },
});
