// Complete Cheetah experiments to start from. Sources: [MAML] Finn et al. 2017, §5.3, and its authors' code; [RMAML]
// Nguyen et al. 2021; REFERENCE 5.2. What the live ones add was found by experiment: docs/results.md.
import { cheetahPresetWords as words } from '../words/presets-cheetah.ts';
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
  // A third of the work of 64-64 for the same return per update: docs/results.md.
  hiddenWidths: [32, 32],
  family: 'vel',
  metaBatchSize: 6,
  metaLearningRate: 0.01,
  outerSteps: 5,
  klTarget: 0.04,
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

/** All presets of the lab, the default first, in the order in which they are offered. */
export const CHEETAH_PRESETS: readonly [Preset<CheetahExperiment>, ...Preset<CheetahExperiment>[]] = [
  definePreset(LIVE_DIR, words['cheetah-dir-maml-live']),
  definePreset(LIVE_VEL, words['cheetah-vel-maml-live']),
  definePreset(PAPER_DIR, words['cheetah-dir-maml-paper']),
  definePreset(
    {
      ...PAPER_DIR,
      preset: 'cheetah-vel-maml-paper',
      family: 'vel',
    },
    words['cheetah-vel-maml-paper'],
  ),
  definePreset(
    {
      ...LIVE_VEL,
      preset: 'cheetah-noise-vel',
      family: 'noise-vel',
      algorithms: ['maml', 'rmaml'],
      hiddenWidths: [64, 64],
      metaLearningRate: 0.006,
      klTarget: 0.03,
      metaBatchSize: 8,
      maxReplayedTasks: 2,
    },
    words['cheetah-noise-vel'],
  ),
];
