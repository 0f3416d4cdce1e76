// Complete Sinusoid experiments to start from. A link names one of these and lists what differs; every default lives here.
// Sources: [MAML] Finn et al. 2017, §5.1 and its published code; [REPTILE] Nichol et al. 2018 and its published
// demonstration; [RMAML] Nguyen et al. 2021. Where they disagree, `notes` says so.
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
  definePreset(LIVE, {
    title: 'Live',
    description:
      'MAML, FOMAML, Reptile and RMAML side by side, with settings that learn quickly enough to watch.',
    notes: [
      'The paper’s setting [MAML §5.1], but weights start from Glorot’s range: from the published code’s σ = 0.01 the loss stays above 3 for the first 1,000 meta-iterations.',
      '10,000 meta-iterations instead of 70,000.',
      'RMAML learns one α per parameter with α₀ = 0.001 (the paper has 0.01). A single α wants about 0.00001 here: at 0.001 it swings between 0 and values at which adaptation diverges.',
    ],
  }),
  definePreset(PAPER, {
    title: 'Paper',
    description: 'The sinusoid regression of the MAML paper, with its pretrained and oracle baselines.',
    notes: [
      'α = 0.01 as in the paper’s text; the authors’ code uses α = 0.001.',
      'The paper sums the meta-loss over tasks, its code takes the mean, and so does this preset. (Adam all but cancels the factor of 25.)',
      'Weights start from a truncated normal with σ = 0.01, as in the authors’ code; the paper’s text does not say.',
    ],
  }),
  definePreset(
    { ...PAPER, preset: 'sinusoid-authors-code', innerLearningRate: 0.001 },
    {
      title: 'Authors’ code',
      description: 'The MAML paper’s setting with the inner learning rate of its published code, α = 0.001.',
      notes: [
        'α = 0.001 as in the published code; the paper’s text says 0.01.',
        'The same gradient then moves the parameters ten times less per inner step.',
      ],
    },
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
    {
      title: 'Reptile demonstration',
      description: 'Reptile as its authors demonstrate it: one task at a time, ε falling from 0.1 to 0.',
      notes: [
        'Phases cover the whole circle, U[0, 2π], where MAML’s paper uses U[0, π]; the best single function is then 0, with a loss of about 4.25.',
        'The published demonstration draws its minibatches from 50 evenly spaced points and tests after 32 steps; here each of the 5 steps sees 10 fresh points and the test takes 5 steps.',
        'Weights start from Glorot’s range here, and from PyTorch’s default there.',
      ],
    },
  ),
  definePreset(
    {
      ...FULL_CIRCLE,
      preset: 'one-step-tested-at-five',
      algorithms: ['maml', 'fomaml', 'reptile'],
    },
    {
      title: 'Trained for 1 step, tested at 5',
      description:
        'MAML learns an initialisation for exactly one step; taking five of them can make the fit worse.',
      notes: [
        'The network and α of the Reptile demonstration, trained as in the MAML paper with one inner step.',
        'Move “inner steps” under “Inner loop” to 5 to see the cure.',
      ],
    },
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
    {
      title: 'Noise tasks and the buffer',
      description:
        'Three in ten training tasks come from a louder range that the test never asks for; MAML sees them all, RMAML replays the middle of its last batch.',
      notes: [
        'α is fixed for both, so that the only difference is which tasks are seen again: 12 of 25 once L has grown.',
        'The noise tasks score high, so the middle of the sorted batch holds fewer of them. Try EASY, HARD and UNIFORM.',
        '[RMAML] shows this on reaching and on half-cheetah with noisy goals; the sinusoid version is ours.',
      ],
    },
  ),
];

/** The Sinusoid preset of that id, or undefined; labs.ts knows those of all labs. */
export function presetById(id: string): Preset<SinusoidExperiment> | undefined {
  return PRESETS.find((candidate) => candidate.id === id);
}
