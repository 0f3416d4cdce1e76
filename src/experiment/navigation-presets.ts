// Complete Navigation experiments to start from. Sources: [MAML] Finn et al. 2017, §5.3, and its authors' code; [FO]
// Biswas & Agrawal; [RMAML] Nguyen et al. 2021; REFERENCE 5.1. Where they disagree, words/preset-notes.ts says so.
import { navigationPresetWords as words } from '../words/presets-navigation.ts';
import { definePreset, type Preset } from './lab.ts';
import type { NavigationExperiment } from './navigation-experiment.ts';

const LIVE: NavigationExperiment = {
  lab: 'navigation',
  preset: 'navigation-maml-live',
  seed: 0,
  algorithms: ['maml'],

  hiddenWidths: [64, 64],
  activation: 'tanh',
  initialisation: 'glorot',
  initialLogStd: -2,
  minLogStd: -4,

  reward: 'distance',
  start: 'origin',
  goalXMin: -0.5,
  goalXMax: 0.5,
  goalYMin: -0.5,
  goalYMax: 0.5,
  noiseTaskShare: 0,
  noiseInnerRadius: 0.75,
  noiseOuterRadius: 1,

  trajectoriesPerTask: 20,
  horizon: 100,
  discount: 0.99,
  gaeLambda: 1,

  innerSteps: 1,
  innerLearningRate: 0.1,

  metaIterations: 300,
  metaBatchSize: 20,
  outerOptimizer: 'adam',
  metaLearningRate: 0.0015,
  outerSteps: 1,
  ratioClip: null,
  klTarget: null,
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
  maxReplayedTasks: 5,
  replayRampIterations: 100,

  testInnerSteps: 3,
  testTrajectories: 20,
  testInnerLearningRate: null,
  testLaterStepFactor: 0.5,
};

/** As in [MAML] §5.3, with the values that its code adds. */
const PAPER: NavigationExperiment = {
  ...LIVE,
  preset: 'navigation-maml-paper',
  algorithms: ['maml', 'pretrained', 'random', 'oracle'],
  hiddenWidths: [100, 100],
  activation: 'relu',
  initialLogStd: -1,
  minLogStd: -13.8,
  outerOptimizer: 'trpo',
};

/** All presets of the lab, the default first, in the order in which they are offered. */
export const NAVIGATION_PRESETS: readonly [Preset<NavigationExperiment>, ...Preset<NavigationExperiment>[]] =
  [
    definePreset(LIVE, words['navigation-maml-live']),
    definePreset(
      {
        ...LIVE,
        preset: 'navigation-compare-live',
        algorithms: ['maml', 'fomaml', 'reptile', 'rmaml'],
        metaBatchSize: 10,
        trajectoriesPerTask: 10,
        maxReplayedTasks: 3,
        testTrajectories: 10,
      },
      words['navigation-compare-live'],
    ),
    definePreset(PAPER, words['navigation-maml-paper']),
    definePreset(
      {
        ...LIVE,
        preset: 'navigation-first-order',
        algorithms: ['maml', 'fomaml'],
        start: 'square',
      },
      words['navigation-first-order'],
    ),
    definePreset(
      {
        ...LIVE,
        preset: 'navigation-noise',
        algorithms: ['maml', 'rmaml'],
        noiseTaskShare: 0.2,
      },
      words['navigation-noise'],
    ),
  ];
