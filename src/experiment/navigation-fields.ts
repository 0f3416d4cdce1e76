// The Navigation lab's field table: what all meta-RL labs share, and its environment and goals. [MAML] §5.3 and its
// code, [FO], REFERENCE 5.1; NoiseNav is our counterpart of [RMAML]'s NoiseVEL.
import type { FieldKeyOf, FieldTable } from './field-types.ts';
import type { SectionTitle } from './lab.ts';
import type { NavigationExperiment } from './navigation-experiment.ts';
import { POLICY_LOOP_FIELDS, ROLL_OUT_FIELDS } from './policy-fields.ts';
import { POLICY_FIELDS, POLICY_TEST_FIELDS, POLICY_VARIANT_FIELDS } from './policy-fields-of-variants.ts';
import { hasNoiseTasks } from './relevance.ts';

export type NavigationFieldKey = FieldKeyOf<NavigationExperiment>;

/** The sections of the control panel, in order. */
export const NAVIGATION_SECTIONS: readonly SectionTitle[] = [
  { id: 'algorithm', title: 'Algorithm' },
  { id: 'inner-loop', title: 'Inner loop' },
  { id: 'outer-loop', title: 'Outer loop' },
  { id: 'roll-outs', title: 'Roll-outs' },
  { id: 'policy', title: 'Policy' },
  { id: 'environment', title: 'Environment' },
  { id: 'goals', title: 'Goals' },
  { id: 'reptile', title: 'Reptile' },
  { id: 'learned-alpha', title: 'RMAML: learned α' },
  { id: 'task-buffer', title: 'RMAML: task buffer' },
  { id: 'test-time', title: 'Test time' },
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
    label: 'Reward',
    symbol: 'r',
    unit: '',
    help: 'Of each timestep: minus the distance to the goal, −‖p − g‖, as in the MAML authors’ code, or minus its square, as in their paper. p is the position after the step. Published returns are of the distance.',
    choices: { distance: 'Distance', 'squared-distance': 'Squared distance' },
  },
  start: {
    section: 'environment',
    effect: 'restart',
    kind: 'choice',
    label: 'Start',
    symbol: '',
    unit: '',
    help: 'Where every trajectory begins: at the origin, as in the MAML paper, or anywhere in the unit square around it, even in one task, as in [FO].',
    choices: { origin: 'Origin', square: 'Anywhere in the square' },
  },
  goalXMin: {
    ...goal,
    label: 'Goals from, x',
    help: 'Left edge of the rectangle from which goals are drawn.',
  },
  goalXMax: { ...goal, label: 'Goals to, x', help: 'Right edge of the rectangle of goals.' },
  goalYMin: { ...goal, label: 'Goals from, y', help: 'Lower edge of the rectangle of goals.' },
  goalYMax: { ...goal, label: 'Goals to, y', help: 'Upper edge of the rectangle of goals.' },
  noiseTaskShare: {
    ...goals,
    kind: 'number',
    label: 'Noise goals',
    symbol: '',
    unit: '',
    help: 'Share of the training goals that lie in a ring around the origin instead (“NoiseNav”). Tests never ask for them. 0: none.',
    min: 0,
    max: 0.9,
    step: 0.05,
    scale: 'linear',
    slider: [0, 0.9],
  },
  noiseInnerRadius: {
    ...radius,
    label: 'Ring from',
    help: 'Inner radius of the ring of noise goals. The square of goals reaches to 0.71, its corners.',
  },
  noiseOuterRadius: {
    ...radius,
    label: 'Ring to',
    help: 'Outer radius of the ring. Goals lie in it evenly by area.',
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
