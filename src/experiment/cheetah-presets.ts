// Complete Cheetah experiments to start from. Sources: [MAML] Finn et al. 2017, §5.3, and its authors' code; [RMAML]
// Nguyen et al. 2021; REFERENCE 5.2. What the live ones add was found by experiment: docs/results.md.
import type { CheetahExperiment } from './cheetah-experiment.ts';
import { definePreset, type Preset } from './lab.ts';

const LIVE_DIR: CheetahExperiment = {
  lab: 'cheetah',
  preset: 'cheetah-dir-maml-live',
  seed: 0,
  algorithms: ['maml'],

  hiddenWidths: [64, 64],
  activation: 'tanh',
  initialisation: 'glorot',
  initialLogStd: -0.5,
  minLogStd: -1.5,

  family: 'dir',
  goalDraw: 'spread',
  goalMin: 0,
  goalMax: 2,
  noiseTaskShare: 0.2,
  noiseGoalMin: 3,
  noiseGoalMax: 4,
  convention: 'gym',
  observationScaling: 'scaled',
  actionCost: 'asked',
  actionRange: 1,

  trajectoriesPerTask: 10,
  horizon: 100,
  discount: 0.99,
  gaeLambda: 0.95,

  innerSteps: 1,
  innerLearningRate: 0.1,

  metaIterations: 3000,
  metaBatchSize: 4,
  outerOptimizer: 'adam',
  metaLearningRate: 0.004,
  outerSteps: 3,
  ratioClip: 0.2,
  klTarget: 0.02,
  maxKl: 0.01,
  conjugateGradientIterations: 10,
  damping: 1e-5,
  lineSearchTries: 15,
  lineSearchBacktrack: 0.8,
  curvatureRows: 200,

  reptileInnerSteps: 2,
  reptileStepSize: 0.5,

  adaptiveAlpha: 'rmaml',
  alphaMode: 'scalar',
  alphaLearningRate: 0.01,
  alphaMin: 1e-6,
  alphaMax: 1,

  taskBuffer: 'rmaml',
  strategy: 'medium',
  maxReplayedTasks: 1,
  replayRampIterations: 500,

  testInnerSteps: 3,
  testTrajectories: 10,
  testInnerLearningRate: null,
  testLaterStepFactor: 0.5,
};

const LIVE_VEL: CheetahExperiment = {
  ...LIVE_DIR,
  preset: 'cheetah-vel-maml-live',
  family: 'vel',
  metaBatchSize: 6,
  metaLearningRate: 0.006,
  outerSteps: 5,
  klTarget: 0.03,
  replayRampIterations: 100,
};

/** As in [MAML] §5.3, with the values that its code adds. */
const PAPER_DIR: CheetahExperiment = {
  ...LIVE_DIR,
  preset: 'cheetah-dir-maml-paper',
  algorithms: ['maml', 'pretrained', 'random', 'oracle'],
  hiddenWidths: [100, 100],
  activation: 'relu',
  initialLogStd: 0,
  minLogStd: -13.8,
  goalDraw: 'independent',
  convention: 'finn2017',
  observationScaling: 'raw',
  actionCost: 'clipped',
  trajectoriesPerTask: 20,
  horizon: 200,
  gaeLambda: 1,
  metaIterations: 500,
  metaBatchSize: 40,
  outerOptimizer: 'trpo',
  ratioClip: null,
  klTarget: null,
  curvatureRows: 400,
  maxReplayedTasks: 10,
  replayRampIterations: 100,
  testTrajectories: 20,
};

const PAPER_NOTES: readonly string[] = [
  'Convention “Finn 2017”, as in the authors’ code: 0.01 s per action, 200 timesteps, the velocity of the whole centre of mass. Only returns of this convention may be held against the published ones.',
  '40 tasks × 20 trajectories × 200 timesteps, before and after adaptation: 320,000 timesteps per update, which takes minutes on a small machine.',
  'α = 0.1, halved after the first step at test; TRPO with KL ≤ 0.01. Its curvature comes from 400 of a task’s 4,000 timesteps; choose 0 for all.',
  'Actions beyond ±1 are clipped, and their cost is taken after it. Observations are raw.',
];

/** All presets of the lab, the default first, in the order in which they are offered. */
export const CHEETAH_PRESETS: readonly [Preset<CheetahExperiment>, ...Preset<CheetahExperiment>[]] = [
  definePreset(LIVE_DIR, {
    title: 'Direction, live',
    description:
      'A half-cheetah that is not told whether to run forwards or backwards learns to find out from ten trajectories: MAML, small enough to watch.',
    notes: [
      'Convention “Gym” with a horizon of 100: 0.05 s per action. Its returns must not be held against the papers’.',
      'Adam on the exact meta-gradient, up to 3 steps per batch with clipped ratios, instead of TRPO: several times faster. β is lowered where KL stays above its target of 0.02.',
      'Advantages by GAE with λ = 0.95. With 1, as in the papers, it learns several times more slowly.',
      'Observations are scaled; without that it learns far less. The cost is of the action that was asked for, and log σ stays above −1.5: both keep the policy from saturating.',
      'Each batch has each direction twice. The mean return before adaptation hides that one policy runs one way and loses the other: look at both directions.',
    ],
  }),
  definePreset(LIVE_VEL, {
    title: 'Velocity, live',
    description:
      'The half-cheetah learns to run at a velocity between 0 and 2 m/s that it is not told, from ten trajectories.',
    notes: [
      'Convention “Gym” with a horizon of 100: 0.05 s per action. Its returns must not be held against the papers’.',
      'Six goals per batch, one from each sixth of the range, and up to five steps of Adam on it: more batches and steps pay better than more goals.',
      'Clipped ratios, a KL target, λ = 0.95, scaled observations and a floor under log σ, as in the direction preset.',
    ],
  }),
  definePreset(PAPER_DIR, {
    title: 'Direction, paper',
    description:
      'The half-cheetah of the MAML paper at its own scale: TRPO outside, with its pretrained, random and oracle baselines. For the command line or a long wait.',
    notes: PAPER_NOTES,
  }),
  definePreset(
    {
      ...PAPER_DIR,
      preset: 'cheetah-vel-maml-paper',
      family: 'vel',
    },
    {
      title: 'Velocity, paper',
      description:
        'Goal velocities between 0 and 2 m/s at the scale of the MAML paper, with its baselines. For the command line or a long wait.',
      notes: PAPER_NOTES,
    },
  ),
  definePreset(
    {
      ...LIVE_VEL,
      preset: 'cheetah-noise-vel',
      family: 'noise-vel',
      algorithms: ['maml', 'rmaml'],
      metaBatchSize: 8,
      maxReplayedTasks: 2,
    },
    {
      title: 'NoiseVEL and the buffer',
      description:
        'One in five training tasks asks for 3 to 4 m/s, which the test never does; MAML sees them all, RMAML replays the middle of its last batch.',
      notes: [
        'Share and range of the noise as in [RMAML]; all else but the number of goals is the velocity preset’s.',
        'RMAML also learns α, and replays up to 2 of 8 tasks, the M∕4 of its paper. Set “Learn α in” to no algorithm to see the buffer alone.',
        'One seed says little here: compare several.',
      ],
    },
  ),
];
