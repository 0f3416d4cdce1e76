// The Reaching field table's part for the clouds of tasks and the learner. See reaching-fields.ts for the whole.
import { reachingTaskFieldWords as words } from '../words/fields-reaching-tasks.ts';
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

/** Three normal clouds: task ~ N(centre, σ²). */
export const TASK_FIELDS = {
  mainX: {
    ...position,
    ...tasks,
    ...words.mainX,
  },
  mainY: {
    ...position,
    ...tasks,
    ...words.mainY,
  },
  mainSpread: {
    ...spread,
    ...words.mainSpread,
  },
  mainCount: {
    ...count,
    ...words.mainCount,
  },
  firstNoiseX: {
    ...position,
    ...tasks,
    ...words.firstNoiseX,
  },
  firstNoiseY: {
    ...position,
    ...tasks,
    ...words.firstNoiseY,
  },
  firstNoiseSpread: { ...spread, symbol: 'σ₁', ...words.firstNoiseSpread },
  firstNoiseCount: { ...count, symbol: 'n₁', ...words.firstNoiseCount },
  secondNoiseX: {
    ...position,
    ...tasks,
    ...words.secondNoiseX,
  },
  secondNoiseY: {
    ...position,
    ...tasks,
    ...words.secondNoiseY,
  },
  secondNoiseSpread: { ...spread, symbol: 'σ₂', ...words.secondNoiseSpread },
  secondNoiseCount: { ...count, symbol: 'n₂', ...words.secondNoiseCount },
} satisfies Partial<FieldTable<ReachingExperiment>>;

/** The agent, whose position w is its weight. */
export const LEARNER_FIELDS = {
  startX: {
    ...position,
    ...learner,
    ...words.startX,
  },
  startY: {
    ...position,
    ...learner,
    ...words.startY,
  },
  stepSize: {
    ...learner,
    kind: 'number',
    ...words.stepSize,
    symbol: 'β',
    unit: '',
    min: 0,
    max: 2,
    step: 0.01,
    scale: 'linear',
    slider: [0, 1],
  },
  innerLearningRate: {
    ...learner,
    kind: 'number',
    ...words.innerLearningRate,
    symbol: 'α',
    unit: '',
    min: 0,
    max: 3,
    step: 0.05,
    scale: 'linear',
    slider: [0, 3],
  },
} satisfies Partial<FieldTable<ReachingExperiment>>;
