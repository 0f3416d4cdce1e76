// The Navigation lab's field table: what all meta-RL labs share, and its environment and goals. [MAML] §5.3 and its
// code, [FO], REFERENCE 5.1; NoiseNav is our counterpart of [RMAML]'s NoiseVEL.
import { navigationFieldWords as words } from '../words/fields-navigation.ts';
import type { FieldKeyOf, FieldTable } from './field-types.ts';
import type { SectionTitle } from './lab.ts';
import type { NavigationExperiment } from './navigation-experiment.ts';
import { POLICY_LOOP_FIELDS, ROLL_OUT_FIELDS } from './policy-fields.ts';
import { POLICY_FIELDS, POLICY_TEST_FIELDS, POLICY_VARIANT_FIELDS } from './policy-fields-of-variants.ts';
import { hasNoiseTasks } from './relevance.ts';

export type NavigationFieldKey = FieldKeyOf<NavigationExperiment>;

/** The sections of the control panel, in order. */
export const NAVIGATION_SECTIONS: readonly SectionTitle[] = [
  { id: 'algorithm', title: words.sections.algorithm },
  { id: 'inner-loop', title: words.sections['inner-loop'] },
  { id: 'outer-loop', title: words.sections['outer-loop'] },
  { id: 'roll-outs', title: words.sections['roll-outs'] },
  { id: 'policy', title: words.sections.policy },
  { id: 'environment', title: words.sections.environment },
  { id: 'goals', title: words.sections.goals },
  { id: 'reptile', title: words.sections.reptile },
  { id: 'learned-alpha', title: words.sections['learned-alpha'] },
  { id: 'task-buffer', title: words.sections['task-buffer'] },
  { id: 'test-time', title: words.sections['test-time'] },
];

const goals = { section: 'goals', effect: 'restart' } as const;

/** Where goals lie: within the square [−0.5, 0.5]². */
const goal = {
  ...goals,
  kind: 'number',
  symbol: '',
  unit: '',
  min: -0.5,
  max: 0.5,
  step: 0.05,
  scale: 'linear',
  slider: [-0.5, 0.5],
} as const;

const radius = {
  ...goals,
  kind: 'number',
  symbol: '',
  unit: '',
  min: 0,
  max: 5,
  step: 0.05,
  scale: 'linear',
  slider: [0, 2],
  visibleWhen: hasNoiseTasks,
} as const;

/** Everything about every field. The order is that of links and of the controls within a section. */
export const NAVIGATION_FIELDS: FieldTable<NavigationExperiment> = {
  ...POLICY_LOOP_FIELDS,
  ...ROLL_OUT_FIELDS,
  ...POLICY_FIELDS,
  reward: {
    section: 'environment',
    effect: 'restart',
    kind: 'choice',
    ...words.reward,
    symbol: 'r',
    unit: '',
  },
  start: {
    section: 'environment',
    effect: 'restart',
    kind: 'choice',
    ...words.start,
    symbol: '',
    unit: '',
  },
  goalXMin: {
    ...goal,
    ...words.goalXMin,
  },
  goalXMax: { ...goal, ...words.goalXMax },
  goalYMin: { ...goal, ...words.goalYMin },
  goalYMax: { ...goal, ...words.goalYMax },
  noiseTaskShare: {
    ...goals,
    kind: 'number',
    ...words.noiseTaskShare,
    symbol: '',
    unit: '',
    min: 0,
    max: 0.9,
    step: 0.05,
    scale: 'linear',
    slider: [0, 0.9],
  },
  noiseInnerRadius: {
    ...radius,
    ...words.noiseInnerRadius,
  },
  noiseOuterRadius: {
    ...radius,
    ...words.noiseOuterRadius,
  },
  ...POLICY_VARIANT_FIELDS,
  ...POLICY_TEST_FIELDS,
};

/** Whether `name` is a field that a user can set. */
export function isNavigationFieldKey(name: string): name is NavigationFieldKey {
  return Object.hasOwn(NAVIGATION_FIELDS, name);
}

/** All field keys in the table's order. */
export const NAVIGATION_FIELD_KEYS: readonly NavigationFieldKey[] =
  Object.keys(NAVIGATION_FIELDS).filter(isNavigationFieldKey);
