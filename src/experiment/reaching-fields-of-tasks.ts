// The Reaching field table's part for the clouds of tasks and the learner. See reaching-fields.ts for the whole.
import type { FieldTable } from './field-types.ts';
import type { ReachingExperiment } from './reaching-experiment.ts';

const tasks = { section: 'tasks', effect: 'live' } as const;
const learner = { section: 'learner', effect: 'live' } as const;

/** Behind "More": these are dragged on the stage; here they can be typed. */
const position = {
  advanced: true,
  kind: 'number',
  symbol: '',
  unit: '',
  min: -100,
  max: 100,
  step: 0.1,
  scale: 'linear',
  slider: [-10, 10],
} as const;

const spread = {
  ...tasks,
  kind: 'number',
  symbol: 'σ',
  unit: '',
  min: 0,
  max: 50,
  step: 0.05,
  scale: 'linear',
  slider: [0, 4],
} as const;

const count = {
  ...tasks,
  kind: 'integer',
  symbol: 'n',
  unit: 'tasks',
  min: 0,
  max: 20_000,
  step: 10,
  scale: 'linear',
  slider: [0, 500],
} as const;

const NOISE_SPREAD =
  'How far this noise cloud’s tasks lie from its centre: one standard deviation σ of a normal distribution, alike in x and y.';
const NOISE_COUNT =
  'Tasks in this noise cloud. They are sampled in training, but nobody asks for them afterwards. 0: no such cloud.';

/** Three normal clouds: task ~ N(centre, σ²). */
export const TASK_FIELDS = {
  mainX: {
    ...position,
    ...tasks,
    label: 'Main centre, x',
    help: 'Where the main cloud lies, from left to right. It is the test distribution: the nearer an agent ends to this centre, the better.',
  },
  mainY: {
    ...position,
    ...tasks,
    label: 'Main centre, y',
    help: 'Where the main cloud lies, from bottom to top. Its centre is the goal.',
  },
  mainSpread: {
    ...spread,
    label: 'Main spread',
    help: 'How far the main cloud’s tasks lie from its centre: one standard deviation σ of a normal distribution, alike in x and y. At 0 they all lie on it.',
  },
  mainCount: {
    ...count,
    label: 'Main tasks',
    help: 'Tasks in the main cloud. Fresh tasks are drawn evenly from all tasks, so counts are shares.',
  },
  firstNoiseX: {
    ...position,
    ...tasks,
    label: 'Noise 1 centre, x',
    help: 'Where the first noise cloud lies, from left to right.',
  },
  firstNoiseY: {
    ...position,
    ...tasks,
    label: 'Noise 1 centre, y',
    help: 'Where the first noise cloud lies, from bottom to top.',
  },
  firstNoiseSpread: { ...spread, symbol: 'σ₁', label: 'Noise 1 spread', help: NOISE_SPREAD },
  firstNoiseCount: { ...count, symbol: 'n₁', label: 'Noise 1 tasks', help: NOISE_COUNT },
  secondNoiseX: {
    ...position,
    ...tasks,
    label: 'Noise 2 centre, x',
    help: 'Where the second noise cloud lies, from left to right.',
  },
  secondNoiseY: {
    ...position,
    ...tasks,
    label: 'Noise 2 centre, y',
    help: 'Where the second noise cloud lies, from bottom to top.',
  },
  secondNoiseSpread: { ...spread, symbol: 'σ₂', label: 'Noise 2 spread', help: NOISE_SPREAD },
  secondNoiseCount: { ...count, symbol: 'n₂', label: 'Noise 2 tasks', help: NOISE_COUNT },
} satisfies Partial<FieldTable<ReachingExperiment>>;

/** The agent, whose position w is its weight. */
export const LEARNER_FIELDS = {
  startX: {
    ...position,
    ...learner,
    label: 'Start, x',
    help: 'Where every agent begins, from left to right: its weight w before the first update.',
  },
  startY: {
    ...position,
    ...learner,
    label: 'Start, y',
    help: 'Where every agent begins, from bottom to top.',
  },
  stepSize: {
    ...learner,
    kind: 'number',
    label: 'Step size',
    symbol: 'β',
    unit: '',
    help: 'How far one update moves the agent towards the batch: w ← w + β mean((1 − α)² (task − w)). At 1 (and α = 0) it jumps onto the batch’s mean; at 0 it stays.',
    min: 0,
    max: 2,
    step: 0.01,
    scale: 'linear',
    slider: [0, 1],
  },
  innerLearningRate: {
    ...learner,
    kind: 'number',
    label: 'Inner learning rate',
    symbol: 'α',
    unit: '',
    help: 'Adaptation to a task before it is scored: w′ = w + α (task − w). 0: none, as in the paper. At 1 every task is reached at once, so nothing is left to learn; between 1 and 2 adaptation overshoots; above 2 it ends farther off than it began.',
    min: 0,
    max: 3,
    step: 0.05,
    scale: 'linear',
    slider: [0, 3],
  },
} satisfies Partial<FieldTable<ReachingExperiment>>;
