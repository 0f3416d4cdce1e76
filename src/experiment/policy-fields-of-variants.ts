// The field table's part that all meta-RL labs share, continued: policy, Reptile, the parts of RMAML, test time. See
// policy-fields.ts for the rest.

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
    help: 'Units in each hidden layer of the net that gives the mean action, from input to output. The MAML paper uses 100, 100; 64, 64 is common.',
  },
  activation: {
    ...MODEL_FIELDS.activation,
    ...policy,
    help: 'Applied by every hidden unit; the output, the mean action, is linear. The MAML paper uses ReLU; later work mostly tanh.',
  },
  initialisation: {
    ...MODEL_FIELDS.initialisation,
    ...policy,
    help: 'Glorot: even within ±√(6 ∕ (in + out)). Normal: truncated at 2σ, σ = 0.01; the mean action is then about 0 everywhere.',
  },
  initialLogStd: {
    ...logStd,
    label: 'Initial log σ',
    symbol: '',
    help: 'Logarithm of the actions’ standard deviation before training: 0 is σ = 1, −1 is 0.37, −2 is 0.14. One number per action, alike in all states; it is trained and adapted with the net.',
    slider: [-4, 1],
  },
  minLogStd: {
    ...logStd,
    label: 'log σ at least',
    symbol: '',
    advanced: true,
    help: 'The log σ that acts is never below this, so that the policy goes on exploring; −13.8 is σ = 0.000001, the limit in the MAML authors’ code.',
    slider: [-14, 0],
  },
} satisfies Partial<PolicyFieldTable>;

/** Reptile; RMAML's learned α; RMAML's task buffer. */
export const POLICY_VARIANT_FIELDS = {
  reptileInnerSteps: {
    ...VARIANT_FIELDS.reptileInnerSteps,
    help: 'Policy gradient steps on a task, each on trajectories of its own, before θ moves: θ ← θ + ε mean(θₖ − θ). With one step this is joint training.',
    max: 10,
  },
  reptileStepSize: VARIANT_FIELDS.reptileStepSize,
  adaptiveAlpha: {
    ...VARIANT_FIELDS.adaptiveAlpha,
    help: 'Also descend the loss after adaptation in α, before each outer step: α ← α − α₀ ∂L(θ′)∕∂α; for one inner step ∂L(θ′)∕∂α = −∇L(θ′)·∇L(θ). Part of RMAML that any algorithm can use.',
  },
  alphaMode: {
    ...VARIANT_FIELDS.alphaMode,
    help: 'One number for all parameters, one per layer (its weights and biases share it; log σ has its own), or one per parameter.',
  },
  alphaLearningRate: {
    ...VARIANT_FIELDS.alphaLearningRate,
    help: 'Step size of α itself: α ← α − α₀ ∂L(θ′)∕∂α. (RMAML’s paper uses one number, 0.01, for α₀ and β.)',
  },
  alphaMin: VARIANT_FIELDS.alphaMin,
  alphaMax: VARIANT_FIELDS.alphaMax,
  taskBuffer: {
    ...VARIANT_FIELDS.taskBuffer,
    help: 'Fill part of each batch with tasks of the batch before, chosen by their score: the negative mean return after adaptation. Part of RMAML that any algorithm can use.',
  },
  strategy: {
    ...VARIANT_FIELDS.strategy,
    help: 'Which L tasks of the last batch return, sorted by score: those with the best returns (easy), the middle or those with the worst (hard). Uniform replays none: all tasks are fresh.',
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
    help: 'Policy gradient steps on unseen tasks that are shown. More steps than in training can help or hurt.',
    max: 4,
    slider: [0, 4],
  },
  testTrajectories: {
    ...test,
    kind: 'integer',
    label: 'Trajectories at test',
    symbol: 'K',
    unit: '',
    help: 'Trajectories of an unseen task that each step of adaptation sees, and from which its return is measured.',
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
    label: 'Later steps',
    symbol: '',
    unit: '× α',
    advanced: true,
    help: 'Factor on α from the second step on. The MAML paper halves it: α = 0.1 for the first step, 0.05 for the others.',
    min: 0,
    max: 1,
    step: 0.05,
    scale: 'linear',
    slider: [0, 1],
  },
} satisfies Partial<PolicyFieldTable>;
