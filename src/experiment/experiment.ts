// The one value that the whole program speaks: what is trained, on which tasks, from which seed.
// It is small, frozen and serialisable; everything on the screen is computed from it. No defaults here:
// presets.ts has those; fields.ts has labels, units, ranges and help for every field. The other labs' experiments are
// in reaching-experiment.ts, navigation-experiment.ts and cheetah-experiment.ts.
import type { CheetahExperiment } from './cheetah-experiment.ts';
import type { ComparisonExperiment } from './comparison-experiment.ts';
import type { NavigationExperiment } from './navigation-experiment.ts';
import type { ReachingExperiment } from './reaching-experiment.ts';

export const ALGORITHM_IDS = [
  'maml',
  'fomaml',
  'reptile',
  'rmaml',
  'pretrained',
  'random',
  'oracle',
] as const;
export type AlgorithmId = (typeof ALGORITHM_IDS)[number];

export const ACTIVATIONS = ['relu', 'tanh', 'sigmoid', 'softplus'] as const;
export type Activation = (typeof ACTIVATIONS)[number];

export const INITIALISATIONS = ['glorot', 'normal'] as const;
/** glorot: uniform ±√(6/(in+out)); normal: truncated normal, σ = 0.01 ([MAML]'s code). Biases start at 0. */
export type Initialisation = (typeof INITIALISATIONS)[number];

export const STRATEGIES = ['uniform', 'easy', 'medium', 'hard'] as const;
export type Strategy = (typeof STRATEGIES)[number];

export const ALPHA_MODES = ['scalar', 'layer', 'parameter'] as const;
export type AlphaMode = (typeof ALPHA_MODES)[number];

export const APPLIES_TO = ['none', 'rmaml', 'all'] as const;
/** Which runs of a comparison use a switchable part of RMAML (the adaptive α, the task buffer). */
export type AppliesTo = (typeof APPLIES_TO)[number];

/** An experiment in the Sinusoid lab. Angles in radians. Field names are also the keys in links. */
export interface SinusoidExperiment extends ComparisonExperiment {
  readonly lab: 'sinusoid';

  // --- task distribution in training: y = A sin(x − φ) + noise
  readonly amplitudeMin: number;
  readonly amplitudeMax: number;
  readonly phaseMin: number;
  readonly phaseMax: number;
  readonly xMin: number;
  readonly xMax: number;
  /** Standard deviation of Gaussian noise on y, support and query alike. */
  readonly noise: number;
  /** Share of training tasks drawn from the second range below ("noise tasks"), 0 … 0.9. */
  readonly noiseTaskShare: number;
  readonly noiseAmplitudeMin: number;
  readonly noiseAmplitudeMax: number;
  readonly noisePhaseMin: number;
  readonly noisePhaseMax: number;
  /** K: support points per task, and in each minibatch of Reptile's. */
  readonly supportSize: number;
  /** Query points per task. */
  readonly querySize: number;

  // --- outer loop
  readonly metaOptimizer: 'adam' | 'sgd';
  readonly metaLoss: 'mean' | 'sum';

  // --- Reptile
  readonly reptileSchedule: 'constant' | 'linear';

  // --- test time: never alters training
  readonly testSupportSize: number;
  readonly testAmplitudeMin: number;
  readonly testAmplitudeMax: number;
  readonly testPhaseMin: number;
  readonly testPhaseMax: number;
}

/** An experiment of any lab, discriminated by `lab`. */
export type Experiment = SinusoidExperiment | ReachingExperiment | NavigationExperiment | CheetahExperiment;
export type LabId = Experiment['lab'];
