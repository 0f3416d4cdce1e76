// The Cheetah lab's field table: what all meta-RL labs share, and its body and tasks. [MAML] §5.3 and its code, [RMAML],
// REFERENCE 5.2; the two conventions are those of tasks/locomotion/cheetah-conventions.ts.
import type { CheetahExperiment } from './cheetah-experiment.ts';
import type { FieldKeyOf, FieldTable } from './field-types.ts';
import type { SectionTitle } from './lab.ts';
import { POLICY_LOOP_FIELDS, ROLL_OUT_FIELDS } from './policy-fields.ts';
import { POLICY_FIELDS, POLICY_TEST_FIELDS, POLICY_VARIANT_FIELDS } from './policy-fields-of-variants.ts';

export type CheetahFieldKey = FieldKeyOf<CheetahExperiment>;

/** The sections of the control panel, in order. */
export const CHEETAH_SECTIONS: readonly SectionTitle[] = [
  { id: 'algorithm', title: 'Algorithm' },
  { id: 'inner-loop', title: 'Inner loop' },
  { id: 'outer-loop', title: 'Outer loop' },
  { id: 'roll-outs', title: 'Roll-outs' },
  { id: 'policy', title: 'Policy' },
  { id: 'goals', title: 'Tasks' },
  { id: 'environment', title: 'Body' },
  { id: 'reptile', title: 'Reptile' },
  { id: 'learned-alpha', title: 'RMAML: learned α' },
  { id: 'task-buffer', title: 'RMAML: task buffer' },
  { id: 'test-time', title: 'Test time' },
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
    label: 'Tasks',
    help: 'DIR: run forwards or backwards, paid d·v for the direction d = ±1. VEL: run at a velocity g, paid −|v − g|. NoiseVEL: VEL with a share of much faster goals that tests never ask for. Every action costs 0.05 ‖a‖² besides.',
    choices: { dir: 'DIR', vel: 'VEL', 'noise-vel': 'NoiseVEL' },
  },
  goalDraw: {
    ...tasks,
    kind: 'choice',
    label: 'Goals of a batch',
    help: 'Spread: every batch has both directions in turn, or one goal from each of M equal parts of the range, which makes small batches less noisy. Independent: each by itself, as in the papers.',
    choices: { spread: 'Spread evenly', independent: 'Independent' },
  },
  goalMin: {
    ...velocity,
    label: 'Velocities from',
    help: 'The least velocity to run at, forwards; goals are drawn evenly from the range.',
    visibleWhen: runsAtVelocity,
  },
  goalMax: {
    ...velocity,
    label: 'Velocities to',
    help: 'The greatest velocity to run at. The papers have 2 m/s; some re-implementations 3 m/s.',
    visibleWhen: runsAtVelocity,
  },
  noiseTaskShare: {
    ...tasks,
    kind: 'number',
    label: 'Noise tasks',
    help: 'Share of the training tasks whose velocity comes from the range of noise instead. Tests never ask for them. [RMAML] has 20 %.',
    min: 0,
    max: 0.9,
    step: 0.05,
    scale: 'linear',
    slider: [0, 0.9],
    visibleWhen: hasNoise,
  },
  noiseGoalMin: {
    ...velocity,
    label: 'Noise from',
    help: 'The least velocity of noise tasks. [RMAML] draws them from 3 to 4 m/s.',
    visibleWhen: hasNoise,
  },
  noiseGoalMax: {
    ...velocity,
    label: 'Noise to',
    help: 'The greatest velocity of noise tasks.',
    visibleWhen: hasNoise,
  },
  convention: {
    ...body,
    kind: 'choice',
    label: 'Convention',
    help: 'Returns compare within one convention only. Gym, the later re-implementations: 0.05 s per action, velocity of the root, 17 observations. Finn 2017, the MAML authors’ code: 0.01 s per action, velocity of the whole centre of mass, 20 observations, less noise at the start.',
    choices: { gym: 'Gym', finn2017: 'Finn 2017' },
  },
  observationScaling: {
    ...body,
    kind: 'choice',
    label: 'Observations',
    help: 'Scaled: joint velocities, heights and the like are multiplied by fixed numbers that bring them to about ±1. Raw: in metres, radians and seconds, as in the papers; joint velocities of ±20 then drown the rest.',
    choices: { scaled: 'Scaled', raw: 'Raw' },
  },
  actionCost: {
    ...body,
    kind: 'choice',
    label: 'Action cost of',
    help: 'What 0.05 ‖a‖² is taken of: the action as the policy asks for it, or what is left of it after the motors clip it to ±1. Costing what is asked keeps the policy from drifting far beyond what the motors take.',
    choices: { asked: 'What is asked', clipped: 'What motors take' },
  },
  actionRange: {
    ...body,
    kind: 'number',
    advanced: true,
    label: 'Action range',
    help: 'The policy’s action that gives full torque: 1 in the MAML authors’ code, 10 in some re-implementations, where σ = 1 is then a tenth as rough.',
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
