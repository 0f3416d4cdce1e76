// Settings of the Reaching lab's tasks, start and steps: what they are called and their help.
import { inLanguages } from './language.ts';

/** In English, of both noise clouds. */
const noiseSpread =
  'How far this noise cloud’s tasks lie from its centre: one standard deviation σ of a normal distribution, alike in x and y.';
const noiseCount =
  'Tasks in this noise cloud. They are sampled in training, but nobody asks for them afterwards. 0: no such cloud.';

export const reachingTaskFieldWords = inLanguages({
  en: {
    mainX: {
      label: 'Main centre, x',
      help: 'Where the main cloud lies, from left to right. It is the test distribution: the nearer an agent ends to this centre, the better.',
    },
    mainY: {
      label: 'Main centre, y',
      help: 'Where the main cloud lies, from bottom to top. Its centre is the goal.',
    },
    mainSpread: {
      label: 'Main spread',
      help: 'How far the main cloud’s tasks lie from its centre: one standard deviation σ of a normal distribution, alike in x and y. At 0 they all lie on it.',
    },
    mainCount: {
      label: 'Main tasks',
      help: 'Tasks in the main cloud. Fresh tasks are drawn evenly from all tasks, so counts are shares.',
    },
    firstNoiseX: {
      label: 'Noise 1 centre, x',
      help: 'Where the first noise cloud lies, from left to right.',
    },
    firstNoiseY: {
      label: 'Noise 1 centre, y',
      help: 'Where the first noise cloud lies, from bottom to top.',
    },
    firstNoiseSpread: {
      label: 'Noise 1 spread',
      help: noiseSpread,
    },
    firstNoiseCount: {
      label: 'Noise 1 tasks',
      help: noiseCount,
    },
    secondNoiseX: {
      label: 'Noise 2 centre, x',
      help: 'Where the second noise cloud lies, from left to right.',
    },
    secondNoiseY: {
      label: 'Noise 2 centre, y',
      help: 'Where the second noise cloud lies, from bottom to top.',
    },
    secondNoiseSpread: {
      label: 'Noise 2 spread',
      help: noiseSpread,
    },
    secondNoiseCount: {
      label: 'Noise 2 tasks',
      help: noiseCount,
    },
    startX: {
      label: 'Start, x',
      help: 'Where every agent begins, from left to right: its weight w before the first update.',
    },
    startY: {
      label: 'Start, y',
      help: 'Where every agent begins, from bottom to top.',
    },
    stepSize: {
      label: 'Step size',
      help: 'How far one update moves the agent towards the batch: w ← w + β mean((1 − α)² (task − w)). At 1 (and α = 0) it jumps onto the batch’s mean; at 0 it stays.',
    },
    innerLearningRate: {
      label: 'Inner learning rate',
      help: 'Adaptation to a task before it is scored: w′ = w + α (task − w). 0: none, as in the paper. At 1 every task is reached at once, so nothing is left to learn; between 1 and 2 adaptation overshoots; above 2 it ends farther off than it began.',
    },
  },
});
