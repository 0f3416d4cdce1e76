// The field table's part for the task distribution, in training and at test time. See fields.ts for the whole.
import { taskFieldWords as words } from '../words/fields-tasks.ts';
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
    ...words.amplitudeMin,
  },
  amplitudeMax: {
    ...amplitude,
    ...training,
    ...words.amplitudeMax,
  },
  phaseMin: {
    ...phase,
    ...training,
    ...words.phaseMin,
  },
  phaseMax: {
    ...phase,
    ...training,
    ...words.phaseMax,
  },
  xMin: {
    kind: 'number',
    ...words.xMin,
    symbol: 'x',
    unit: '',
    ...training,
    advanced: true,
    min: -20,
    max: 20,
    step: 0.5,
    scale: 'linear',
    slider: [-10, 10],
  },
  xMax: {
    kind: 'number',
    ...words.xMax,
    symbol: 'x',
    unit: '',
    ...training,
    advanced: true,
    min: -20,
    max: 20,
    step: 0.5,
    scale: 'linear',
    slider: [-10, 10],
  },
  noise: {
    kind: 'number',
    ...words.noise,
    symbol: 'σ',
    unit: '',
    ...training,
    min: 0,
    max: 10,
    step: 0.05,
    scale: 'linear',
    slider: [0, 2],
  },
  noiseTaskShare: {
    kind: 'number',
    ...words.noiseTaskShare,
    symbol: '',
    unit: '',
    ...training,
    min: 0,
    max: 0.9,
    step: 0.05,
    scale: 'linear',
    slider: [0, 0.9],
  },
  noiseAmplitudeMin: {
    ...amplitude,
    ...training,
    ...words.noiseAmplitudeMin,
    visibleWhen: hasNoiseTasks,
  },
  noiseAmplitudeMax: {
    ...amplitude,
    ...training,
    ...words.noiseAmplitudeMax,
    visibleWhen: hasNoiseTasks,
  },
  noisePhaseMin: {
    ...phase,
    ...training,
    ...words.noisePhaseMin,
    visibleWhen: hasNoiseTasks,
  },
  noisePhaseMax: {
    ...phase,
    ...training,
    ...words.noisePhaseMax,
    visibleWhen: hasNoiseTasks,
  },
} satisfies Partial<FieldTable>;

/** Test time: never alters training. */
export const TEST_FIELDS = {
  testSupportSize: {
    kind: 'integer',
    ...words.testSupportSize,
    symbol: 'K',
    ...test,
    min: 1,
    max: 100,
    step: 1,
    scale: 'linear',
    slider: [1, 50],
  },
  testInnerSteps: {
    kind: 'integer',
    ...words.testInnerSteps,
    symbol: 'k',
    ...test,
    min: 0,
    max: 10,
    step: 1,
    scale: 'linear',
    slider: [0, 10],
  },
  testInnerLearningRate: {
    kind: 'optional-number',
    ...words.testInnerLearningRate,
    symbol: 'α',
    unit: '',
    ...test,
    min: 0,
    max: 100,
    step: 0.001,
    scale: 'log',
    slider: [0.0001, 1],
  },
  testAmplitudeMin: {
    ...amplitude,
    ...test,
    ...words.testAmplitudeMin,
  },
  testAmplitudeMax: {
    ...amplitude,
    ...test,
    ...words.testAmplitudeMax,
  },
  testPhaseMin: { ...phase, ...test, ...words.testPhaseMin },
  testPhaseMax: { ...phase, ...test, ...words.testPhaseMax },
} satisfies Partial<FieldTable>;
