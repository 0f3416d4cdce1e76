// The Reaching lab's field table: tasks, learner, buffer, run. The lab is [RMAML] §5, Fig. 3; the paper gives no
// centres, spreads, M, schedule or step size, so all of them can be set.
import type { FieldKeyOf, FieldTable } from './field-types.ts';
import type { SectionTitle } from './lab.ts';
import type { ReachingExperiment } from './reaching-experiment.ts';
import { LEARNER_FIELDS, TASK_FIELDS } from './reaching-fields-of-tasks.ts';
import { countsTasks, usesBuffer } from './reaching-relevance.ts';

export type ReachingFieldKey = FieldKeyOf<ReachingExperiment>;

/** The sections of the control panel, in order. */
export const REACHING_SECTIONS: readonly SectionTitle[] = [
  { id: 'tasks', title: 'Tasks' },
  { id: 'learner', title: 'Learner' },
  { id: 'buffer', title: 'Buffer' },
  { id: 'run', title: 'Run' },
];

const buffer = { section: 'buffer', effect: 'live' } as const;
const run = { section: 'run', effect: 'live' } as const;

/** Everything about every field. The order is that of links and of the controls within a section. */
export const REACHING_FIELDS: FieldTable<ReachingExperiment> = {
  seed: {
    ...run,
    kind: 'integer',
    label: 'Seed',
    symbol: '',
    unit: '',
    help: 'Every random draw comes from this number: the clouds’ points and every batch. The outcome over many seeds counts on from it.',
    min: 0,
    max: 4_294_967_295,
    step: 1,
    scale: 'linear',
    slider: null,
  },
  strategies: {
    ...run,
    kind: 'multi-choice',
    label: 'Strategies',
    symbol: '',
    unit: '',
    help: 'One agent each, from the same start and with the same fresh tasks. They differ only in which tasks of the last batch return.',
    choices: { uniform: 'Uniform', easy: 'Easy', medium: 'Medium', hard: 'Hard' },
  },
  ...TASK_FIELDS,
  ...LEARNER_FIELDS,
  iterations: {
    ...run,
    kind: 'integer',
    label: 'Iterations',
    symbol: 'T',
    unit: '',
    help: 'Meta-updates until the run ends: T batches are drawn, and the agent moves T times.',
    min: 1,
    max: 10_000,
    step: 10,
    scale: 'log',
    slider: [10, 2000],
  },
  metaBatchSize: {
    ...buffer,
    kind: 'integer',
    label: 'Tasks per update',
    symbol: 'M',
    unit: 'tasks',
    help: 'Tasks in each batch: L of the last batch, and M − L drawn anew from all tasks, evenly and with replacement.',
    min: 1,
    max: 1000,
    step: 1,
    scale: 'linear',
    slider: [1, 100],
  },
  maxReplayedTasks: {
    ...buffer,
    kind: 'integer',
    label: 'Replayed, at most',
    symbol: 'MAX_L',
    unit: 'tasks',
    help: 'Tasks of each batch that return from the last one once L has grown to its full size, at most M. At 0 all strategies are the same.',
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
    label: 'L grows',
    symbol: 'L(t)',
    unit: '',
    help: 'Linear: L = round(MAX_L · min(1, t∕ramp)). Step: 0 before the ramp’s end, MAX_L from it on. At once: MAX_L from the second batch on. The first batch is always fresh.',
    choices: { linear: 'In a line', step: 'In one step', constant: 'At once' },
    visibleWhen: usesBuffer,
  },
  replayRampIterations: {
    ...buffer,
    kind: 'integer',
    label: 'L is full after',
    symbol: '',
    unit: 'iterations',
    help: 'The ramp: iterations until L reaches MAX_L.',
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
    label: 'The middle is',
    symbol: '',
    unit: '',
    advanced: true,
    help: 'What MEDIUM takes of the M tasks sorted by score: the L ranks from ⌊(M − L)∕2⌋ on, or the L tasks whose scores lie nearest to the mean score. The paper says only “medium”.',
    choices: { ranks: 'Middle ranks', 'mean-score': 'Nearest to the mean score' },
    visibleWhen: (e) => usesBuffer(e) && e.strategies.includes('medium'),
  },
  scoredAt: {
    ...buffer,
    kind: 'choice',
    label: 'Distance measured',
    symbol: '',
    unit: '',
    advanced: true,
    help: 'The score of a task is its distance to the agent, ‖task − w‖: after the update of w, as in the paper, or before it.',
    choices: { updated: 'After the update', before: 'Before the update' },
    visibleWhen: usesBuffer,
  },
  extraTasks: {
    section: 'tasks',
    effect: 'live',
    kind: 'points',
    label: 'Painted tasks',
    symbol: '',
    unit: 'tasks',
    help: 'Tasks that you add with the brush on the stage. They are drawn into batches like those of the clouds.',
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
