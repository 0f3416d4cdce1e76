// The field table's part for the task distribution, in training and at test time. See fields.ts for the whole.
import type { FieldTable } from './field-types.ts';
import { hasNoiseTasks } from './relevance.ts';

const TURN = 2 * Math.PI;

const amplitude = {
  kind: 'number',
  symbol: 'A',
  unit: '',
  min: 0,
  max: 100,
  step: 0.1,
  scale: 'linear',
  slider: [0, 10],
} as const;

const phase = {
  kind: 'number',
  symbol: 'φ',
  unit: 'rad',
  min: -2 * TURN,
  max: 2 * TURN,
  step: 0.05,
  scale: 'linear',
  slider: [0, TURN],
} as const;

const training = { section: 'task-distribution', effect: 'restart' } as const;
const test = { section: 'test-time', effect: 'live' } as const;

/** Tasks in training: y = A sin(x − φ) + noise. */
export const TASK_FIELDS = {
  amplitudeMin: {
    ...amplitude,
    ...training,
    label: 'Amplitude from',
    help: 'Smallest amplitude A in y = A sin(x − φ); A is drawn evenly from the range.',
  },
  amplitudeMax: {
    ...amplitude,
    ...training,
    label: 'Amplitude to',
    help: 'Largest amplitude A in y = A sin(x − φ).',
  },
  phaseMin: {
    ...phase,
    ...training,
    label: 'Phase from',
    help: 'Smallest phase φ in y = A sin(x − φ); φ is drawn evenly from the range.',
  },
  phaseMax: {
    ...phase,
    ...training,
    label: 'Phase to',
    help: 'Largest phase φ. The MAML paper stops at π, half the circle; the Reptile demonstration covers all of it, 2π, which is harder: the best single function is then 0.',
  },
  xMin: {
    kind: 'number',
    label: 'x from',
    symbol: 'x',
    unit: '',
    ...training,
    advanced: true,
    help: 'Left end of the range from which the points’ x are drawn, in training and at test time.',
    min: -20,
    max: 20,
    step: 0.5,
    scale: 'linear',
    slider: [-10, 10],
  },
  xMax: {
    kind: 'number',
    label: 'x to',
    symbol: 'x',
    unit: '',
    ...training,
    advanced: true,
    help: 'Right end of the range from which the points’ x are drawn.',
    min: -20,
    max: 20,
    step: 0.5,
    scale: 'linear',
    slider: [-10, 10],
  },
  noise: {
    kind: 'number',
    label: 'Noise on y',
    symbol: 'σ',
    unit: '',
    ...training,
    help: 'Standard deviation of Gaussian noise added to every y, support and query alike: y = A sin(x − φ) + σ·N(0, 1).',
    min: 0,
    max: 10,
    step: 0.05,
    scale: 'linear',
    slider: [0, 2],
  },
  noiseTaskShare: {
    kind: 'number',
    label: 'Share of noise tasks',
    symbol: '',
    unit: '',
    ...training,
    help: 'Share of the training tasks drawn from a second range that is never tested: outliers that pull θ away, and that RMAML’s task buffer is meant to resist.',
    min: 0,
    max: 0.9,
    step: 0.05,
    scale: 'linear',
    slider: [0, 0.9],
  },
  noiseAmplitudeMin: {
    ...amplitude,
    ...training,
    label: 'Noise tasks: amplitude from',
    help: 'Smallest amplitude of a noise task.',
    visibleWhen: hasNoiseTasks,
  },
  noiseAmplitudeMax: {
    ...amplitude,
    ...training,
    label: 'Noise tasks: amplitude to',
    help: 'Largest amplitude of a noise task.',
    visibleWhen: hasNoiseTasks,
  },
  noisePhaseMin: {
    ...phase,
    ...training,
    label: 'Noise tasks: phase from',
    help: 'Smallest phase of a noise task.',
    visibleWhen: hasNoiseTasks,
  },
  noisePhaseMax: {
    ...phase,
    ...training,
    label: 'Noise tasks: phase to',
    help: 'Largest phase of a noise task.',
    visibleWhen: hasNoiseTasks,
  },
} satisfies Partial<FieldTable>;

/** Test time: never alters training. */
export const TEST_FIELDS = {
  testSupportSize: {
    kind: 'integer',
    label: 'Support points at test',
    symbol: 'K',
    unit: 'points',
    ...test,
    help: 'Points of an unseen task that adaptation sees when the held-out loss is measured.',
    min: 1,
    max: 100,
    step: 1,
    scale: 'linear',
    slider: [1, 50],
  },
  testInnerSteps: {
    kind: 'integer',
    label: 'Inner steps at test',
    symbol: 'k',
    unit: 'steps',
    ...test,
    help: 'Steps of adaptation before the held-out loss is measured. More steps than in training can help or hurt.',
    min: 0,
    max: 10,
    step: 1,
    scale: 'linear',
    slider: [0, 10],
  },
  testInnerLearningRate: {
    kind: 'optional-number',
    label: 'α at test',
    symbol: 'α',
    unit: '',
    ...test,
    help: 'Inner step size on unseen tasks. Normally the one that training used (or learned).',
    min: 0,
    max: 100,
    step: 0.001,
    scale: 'log',
    slider: [0.0001, 1],
    noneLabel: 'As in training',
  },
  testAmplitudeMin: {
    ...amplitude,
    ...test,
    label: 'Test amplitude from',
    help: 'Smallest amplitude of the test tasks. Leave the training range to test out of distribution.',
  },
  testAmplitudeMax: {
    ...amplitude,
    ...test,
    label: 'Test amplitude to',
    help: 'Largest amplitude of the test tasks.',
  },
  testPhaseMin: { ...phase, ...test, label: 'Test phase from', help: 'Smallest phase of the test tasks.' },
  testPhaseMax: { ...phase, ...test, label: 'Test phase to', help: 'Largest phase of the test tasks.' },
} satisfies Partial<FieldTable>;
