// Complete Sinusoid experiments to start from. A link names one of these and lists what differs; every default lives here.
// Sources: [MAML] Finn et al. 2017, §5.1 and its published code; [REPTILE] Nichol et al. 2018 and its published
// demonstration; [RMAML] Nguyen et al. 2021. Where they disagree, words/preset-notes.ts says so.
import { sinusoidPresetWords as words } from '../words/presets-sinusoid.ts';
import type { SinusoidExperiment } from './experiment.ts';
import { definePreset, type Preset } from './lab.ts';

/** The preset that opens when a link names none. */
export const DEFAULT_PRESET_ID = 'sinusoid-live';

const LIVE: SinusoidExperiment = {
  lab: 'sinusoid',
  preset: DEFAULT_PRESET_ID,
  seed: 0,
  algorithms: ['maml', 'fomaml', 'reptile', 'rmaml'],

  hiddenWidths: [40, 40],
  activation: 'relu',
  initialisation: 'glorot',

  amplitudeMin: 0.1,
  amplitudeMax: 5,
  phaseMin: 0,
  phaseMax: Math.PI,
  xMin: -5,
  xMax: 5,
  noise: 0,
  noiseTaskShare: 0,
  noiseAmplitudeMin: 5,
  noiseAmplitudeMax: 8,
  noisePhaseMin: 0,
  noisePhaseMax: Math.PI,
  supportSize: 10,
  querySize: 10,

  innerSteps: 1,
  innerLearningRate: 0.01,

  metaIterations: 10_000,
  metaBatchSize: 25,
  metaLearningRate: 0.001,
  metaOptimizer: 'adam',
  metaLoss: 'mean',

  reptileInnerSteps: 5,
  reptileStepSize: 0.5,
  reptileSchedule: 'constant',

  adaptiveAlpha: 'rmaml',
  alphaMode: 'parameter',
  alphaLearningRate: 0.001,
  alphaMin: 1e-6,
  alphaMax: 1,

  taskBuffer: 'rmaml',
  strategy: 'medium',
  maxReplayedTasks: 6,
  replayRampIterations: 2000,

  testSupportSize: 10,
  testInnerSteps: 1,
  testInnerLearningRate: null,
  testAmplitudeMin: 0.1,
  testAmplitudeMax: 5,
  testPhaseMin: 0,
  testPhaseMax: Math.PI,
};

const PAPER: SinusoidExperiment = {
  ...LIVE,
  preset: 'sinusoid-paper',
  algorithms: ['maml', 'pretrained', 'oracle'],
  initialisation: 'normal',
  metaIterations: 70_000,
};

/** Amplitude as in [MAML], phase over the whole circle, and the Reptile demonstration's network and α. */
const FULL_CIRCLE: SinusoidExperiment = {
  ...LIVE,
  hiddenWidths: [64, 64],
  activation: 'tanh',
  phaseMax: 2 * Math.PI,
  noisePhaseMax: 2 * Math.PI,
  testPhaseMax: 2 * Math.PI,
  innerLearningRate: 0.02,
  testInnerSteps: 5,
};

/** All presets, the default first, in the order in which they are offered. */
export const PRESETS: readonly [Preset<SinusoidExperiment>, ...Preset<SinusoidExperiment>[]] = [
  definePreset(LIVE, words['sinusoid-live']),
  definePreset(PAPER, words['sinusoid-paper']),
  definePreset(
    { ...PAPER, preset: 'sinusoid-authors-code', innerLearningRate: 0.001 },
    words['sinusoid-authors-code'],
  ),
  definePreset(
    {
      ...FULL_CIRCLE,
      preset: 'reptile-demonstration',
      algorithms: ['reptile', 'pretrained'],
      metaIterations: 30_000,
      metaBatchSize: 1,
      maxReplayedTasks: 1,
      reptileInnerSteps: 5,
      reptileStepSize: 0.1,
      reptileSchedule: 'linear',
    },
    words['reptile-demonstration'],
  ),
  definePreset(
    {
      ...FULL_CIRCLE,
      preset: 'one-step-tested-at-five',
      algorithms: ['maml', 'fomaml', 'reptile'],
    },
    words['one-step-tested-at-five'],
  ),
  definePreset(
    {
      ...LIVE,
      preset: 'noise-tasks',
      algorithms: ['maml', 'rmaml'],
      metaIterations: 3000,
      noiseTaskShare: 0.3,
      adaptiveAlpha: 'none',
      maxReplayedTasks: 12,
      replayRampIterations: 500,
    },
    words['noise-tasks'],
  ),
];

/** The Sinusoid preset of that id, or undefined; labs.ts knows those of all labs. */
export function presetById(id: string): Preset<SinusoidExperiment> | undefined {
  return PRESETS.find((candidate) => candidate.id === id);
}
