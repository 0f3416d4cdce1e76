// The field table's part that all meta-RL labs share, continued: policy, Reptile, the parts of RMAML, test time. See
// policy-fields.ts for the rest.

import { policyVariantFieldWords as words } from '../words/fields-policy-variants.ts';
import type { PolicyFieldTable } from './field-types.ts';
import { MODEL_FIELDS } from './fields-of-learning.ts';
import { TEST_FIELDS } from './fields-of-tasks.ts';
import { VARIANT_FIELDS } from './fields-of-variants.ts';

const policy = { section: 'policy', effect: 'restart' } as const;

const logStd = {
  ...policy,
  kind: 'number',
  unit: '',
  min: -15,
  max: 2,
  step: 0.1,
  scale: 'linear',
} as const;

/** A diagonal Gaussian: a ~ N(MLP(s), σ²). */
export const POLICY_FIELDS = {
  hiddenWidths: {
    ...MODEL_FIELDS.hiddenWidths,
    ...policy,
    ...words.hiddenWidths,
  },
  activation: {
    ...MODEL_FIELDS.activation,
    ...policy,
    ...words.activation,
  },
  initialisation: {
    ...MODEL_FIELDS.initialisation,
    ...policy,
    ...words.initialisation,
  },
  initialLogStd: {
    ...logStd,
    ...words.initialLogStd,
    symbol: '',
    slider: [-4, 1],
  },
  minLogStd: {
    ...logStd,
    ...words.minLogStd,
    symbol: '',
    advanced: true,
    slider: [-14, 0],
  },
} satisfies Partial<PolicyFieldTable>;

/** Reptile; RMAML's learned α; RMAML's task buffer. */
export const POLICY_VARIANT_FIELDS = {
  reptileInnerSteps: {
    ...VARIANT_FIELDS.reptileInnerSteps,
    ...words.reptileInnerSteps,
    max: 10,
  },
  reptileStepSize: VARIANT_FIELDS.reptileStepSize,
  adaptiveAlpha: {
    ...VARIANT_FIELDS.adaptiveAlpha,
    ...words.adaptiveAlpha,
  },
  alphaMode: {
    ...VARIANT_FIELDS.alphaMode,
    ...words.alphaMode,
  },
  alphaLearningRate: {
    ...VARIANT_FIELDS.alphaLearningRate,
    ...words.alphaLearningRate,
  },
  alphaMin: VARIANT_FIELDS.alphaMin,
  alphaMax: VARIANT_FIELDS.alphaMax,
  taskBuffer: {
    ...VARIANT_FIELDS.taskBuffer,
    ...words.taskBuffer,
  },
  strategy: {
    ...VARIANT_FIELDS.strategy,
    ...words.strategy,
  },
  maxReplayedTasks: VARIANT_FIELDS.maxReplayedTasks,
  replayRampIterations: {
    ...VARIANT_FIELDS.replayRampIterations,
    max: 100_000,
    step: 10,
    slider: [1, 1000],
  },
} satisfies Partial<PolicyFieldTable>;

const test = { section: 'test-time', effect: 'live' } as const;

/** Fresh tasks, of which training knows nothing. */
export const POLICY_TEST_FIELDS = {
  testInnerSteps: {
    ...TEST_FIELDS.testInnerSteps,
    ...words.testInnerSteps,
    max: 4,
    slider: [0, 4],
  },
  testTrajectories: {
    ...test,
    kind: 'integer',
    ...words.testTrajectories,
    symbol: 'K',
    unit: '',
    min: 1,
    max: 200,
    step: 1,
    scale: 'linear',
    slider: [1, 60],
  },
  testInnerLearningRate: {
    ...TEST_FIELDS.testInnerLearningRate,
    step: 0.01,
    slider: [0.001, 10],
  },
  testLaterStepFactor: {
    ...test,
    kind: 'number',
    ...words.testLaterStepFactor,
    symbol: '',
    advanced: true,
    min: 0,
    max: 1,
    step: 0.05,
    scale: 'linear',
    slider: [0, 1],
  },
} satisfies Partial<PolicyFieldTable>;
