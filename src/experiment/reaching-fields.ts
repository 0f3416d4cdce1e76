// The Reaching lab's field table: tasks, learner, buffer, run. The lab is [RMAML] §5, Fig. 3; the paper gives no
// centres, spreads, M, schedule or step size, so all of them can be set.
import { reachingFieldWords as words } from '../words/fields-reaching.ts';
import type { FieldKeyOf, FieldTable } from './field-types.ts';
import type { SectionTitle } from './lab.ts';
import type { ReachingExperiment } from './reaching-experiment.ts';
import { LEARNER_FIELDS, TASK_FIELDS } from './reaching-fields-of-tasks.ts';
import { countsTasks, usesBuffer } from './reaching-relevance.ts';

export type ReachingFieldKey = FieldKeyOf<ReachingExperiment>;

/** The sections of the control panel, in order. */
export const REACHING_SECTIONS: readonly SectionTitle[] = [
  { id: 'tasks', title: words.sections.tasks },
  { id: 'learner', title: words.sections.learner },
  { id: 'buffer', title: words.sections.buffer },
  { id: 'run', title: words.sections.run },
];

const buffer = { section: 'buffer', effect: 'live' } as const;
const run = { section: 'run', effect: 'live' } as const;

/** Everything about every field. The order is that of links and of the controls within a section. */
export const REACHING_FIELDS: FieldTable<ReachingExperiment> = {
  seed: {
    ...run,
    kind: 'integer',
    ...words.seed,
    symbol: '',
    unit: '',
    min: 0,
    max: 4_294_967_295,
    step: 1,
    scale: 'linear',
    slider: null,
  },
  strategies: {
    ...run,
    kind: 'multi-choice',
    ...words.strategies,
    symbol: '',
    unit: '',
  },
  ...TASK_FIELDS,
  ...LEARNER_FIELDS,
  iterations: {
    ...run,
    kind: 'integer',
    ...words.iterations,
    symbol: 'T',
    unit: '',
    min: 1,
    max: 10_000,
    step: 10,
    scale: 'log',
    slider: [10, 2000],
  },
  metaBatchSize: {
    ...buffer,
    kind: 'integer',
    ...words.metaBatchSize,
    symbol: 'M',
    min: 1,
    max: 1000,
    step: 1,
    scale: 'linear',
    slider: [1, 100],
  },
  maxReplayedTasks: {
    ...buffer,
    kind: 'integer',
    ...words.maxReplayedTasks,
    symbol: 'MAX_L',
    min: 0,
    max: 1000,
    step: 1,
    scale: 'linear',
    slider: [0, 100],
    visibleWhen: usesBuffer,
  },
  replaySchedule: {
    ...buffer,
    kind: 'choice',
    ...words.replaySchedule,
    symbol: 'L(t)',
    unit: '',
    visibleWhen: usesBuffer,
  },
  replayRampIterations: {
    ...buffer,
    kind: 'integer',
    ...words.replayRampIterations,
    symbol: '',
    min: 0,
    max: 10_000,
    step: 5,
    scale: 'linear',
    slider: [0, 400],
    visibleWhen: (e) => usesBuffer(e) && e.replaySchedule !== 'constant',
  },
  middle: {
    ...buffer,
    kind: 'choice',
    ...words.middle,
    symbol: '',
    unit: '',
    advanced: true,
    visibleWhen: (e) => usesBuffer(e) && e.strategies.includes('medium'),
  },
  scoredAt: {
    ...buffer,
    kind: 'choice',
    ...words.scoredAt,
    symbol: '',
    unit: '',
    advanced: true,
    visibleWhen: usesBuffer,
  },
  extraTasks: {
    section: 'tasks',
    effect: 'live',
    kind: 'points',
    ...words.extraTasks,
    symbol: '',
    maxPoints: 200,
    min: -100,
    max: 100,
    decimals: 2,
    visibleWhen: (e) => countsTasks(e).extra > 0,
  },
};

/** Whether `name` is a field that a user can set. */
export function isReachingFieldKey(name: string): name is ReachingFieldKey {
  return Object.hasOwn(REACHING_FIELDS, name);
}

/** All field keys in the table's order. */
export const REACHING_FIELD_KEYS: readonly ReachingFieldKey[] =
  Object.keys(REACHING_FIELDS).filter(isReachingFieldKey);
