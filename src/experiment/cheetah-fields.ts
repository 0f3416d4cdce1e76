// The Cheetah lab's field table: what all meta-RL labs share, and its body and tasks. [MAML] §5.3 and its code, [RMAML],
// REFERENCE 5.2; the two conventions are those of tasks/locomotion/cheetah-conventions.ts.
import { cheetahFieldWords as words } from '../words/fields-cheetah.ts';
import type { CheetahExperiment } from './cheetah-experiment.ts';
import type { FieldKeyOf, FieldTable } from './field-types.ts';
import type { SectionTitle } from './lab.ts';
import { POLICY_LOOP_FIELDS, ROLL_OUT_FIELDS } from './policy-fields.ts';
import { POLICY_FIELDS, POLICY_TEST_FIELDS, POLICY_VARIANT_FIELDS } from './policy-fields-of-variants.ts';

export type CheetahFieldKey = FieldKeyOf<CheetahExperiment>;

/** The sections of the control panel, in order. */
export const CHEETAH_SECTIONS: readonly SectionTitle[] = [
  { id: 'algorithm', title: words.sections.algorithm },
  { id: 'inner-loop', title: words.sections['inner-loop'] },
  { id: 'outer-loop', title: words.sections['outer-loop'] },
  { id: 'roll-outs', title: words.sections['roll-outs'] },
  { id: 'policy', title: words.sections.policy },
  { id: 'goals', title: words.sections.goals },
  { id: 'environment', title: words.sections.environment },
  { id: 'reptile', title: words.sections.reptile },
  { id: 'learned-alpha', title: words.sections['learned-alpha'] },
  { id: 'task-buffer', title: words.sections['task-buffer'] },
  { id: 'test-time', title: words.sections['test-time'] },
];

const body = { section: 'environment', effect: 'restart', symbol: '', unit: '' } as const;
const tasks = { section: 'goals', effect: 'restart', symbol: '', unit: '' } as const;

const runsAtVelocity = (e: Pick<CheetahExperiment, 'family'>) => e.family !== 'dir';
const hasNoise = (e: Pick<CheetahExperiment, 'family'>) => e.family === 'noise-vel';

const velocity = {
  ...tasks,
  kind: 'number',
  unit: 'm/s',
  min: -10,
  max: 10,
  step: 0.1,
  scale: 'linear',
  slider: [0, 5],
} as const;

/** Everything about every field. The order is that of links and of the controls within a section. */
export const CHEETAH_FIELDS: FieldTable<CheetahExperiment> = {
  ...POLICY_LOOP_FIELDS,
  ...ROLL_OUT_FIELDS,
  ...POLICY_FIELDS,
  family: {
    ...tasks,
    kind: 'choice',
    ...words.family,
  },
  goalDraw: {
    ...tasks,
    kind: 'choice',
    ...words.goalDraw,
  },
  goalMin: {
    ...velocity,
    ...words.goalMin,
    visibleWhen: runsAtVelocity,
  },
  goalMax: {
    ...velocity,
    ...words.goalMax,
    visibleWhen: runsAtVelocity,
  },
  noiseTaskShare: {
    ...tasks,
    kind: 'number',
    ...words.noiseTaskShare,
    min: 0,
    max: 0.9,
    step: 0.05,
    scale: 'linear',
    slider: [0, 0.9],
    visibleWhen: hasNoise,
  },
  noiseGoalMin: {
    ...velocity,
    ...words.noiseGoalMin,
    visibleWhen: hasNoise,
  },
  noiseGoalMax: {
    ...velocity,
    ...words.noiseGoalMax,
    visibleWhen: hasNoise,
  },
  convention: {
    ...body,
    kind: 'choice',
    ...words.convention,
  },
  observationScaling: {
    ...body,
    kind: 'choice',
    ...words.observationScaling,
  },
  actionCost: {
    ...body,
    kind: 'choice',
    ...words.actionCost,
  },
  actionRange: {
    ...body,
    kind: 'number',
    advanced: true,
    ...words.actionRange,
    min: 0.1,
    max: 100,
    step: 0.1,
    scale: 'log',
    slider: [0.5, 20],
  },
  ...POLICY_VARIANT_FIELDS,
  ...POLICY_TEST_FIELDS,
};

/** Whether `name` is a field that a user can set. */
export function isCheetahFieldKey(name: string): name is CheetahFieldKey {
  return Object.hasOwn(CHEETAH_FIELDS, name);
}

/** All field keys in the table's order. */
export const CHEETAH_FIELD_KEYS: readonly CheetahFieldKey[] =
  Object.keys(CHEETAH_FIELDS).filter(isCheetahFieldKey);
