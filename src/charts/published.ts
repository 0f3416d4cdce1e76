// Numbers printed in the papers that charts draw beside the measured ones. [MAML]: Finn, Abbeel & Levine 2017,
// "Model-Agnostic Meta-Learning for Fast Adaptation of Deep Networks", Table 2 (sinusoids, 5-shot, mean squared
// error after 1, 5 and 10 gradient steps; ± is a 95 % confidence interval and is not drawn).
import type { AlgorithmId } from '../experiment/experiment.ts';
import { publishedWords } from '../words/charts/published.ts';

const MAML_TABLE = publishedWords.table('MAML', 2);
const MAML_NAVIGATION = publishedWords.figure('MAML', 4);
const MAML_CHEETAH = publishedWords.figure('MAML', 5);

export interface PublishedSeries {
  readonly algorithm: AlgorithmId;
  readonly supportSize: number;
  readonly steps: readonly number[];
  /** Means over tasks. */
  readonly loss: readonly number[];
  readonly source: string;
}

export const PUBLISHED_ADAPTATION: readonly PublishedSeries[] = [
  {
    algorithm: 'maml',
    supportSize: 5,
    steps: [1, 5, 10],
    loss: [0.67, 0.38, 0.35],
    source: MAML_TABLE,
  },
  {
    algorithm: 'pretrained',
    supportSize: 5,
    steps: [1, 5, 10],
    loss: [2.41, 2.23, 2.19],
    source: MAML_TABLE,
  },
];

/** Mean test returns after 0, 1, 2, … policy gradient steps. */
export interface PublishedReturns {
  readonly algorithm: AlgorithmId;
  readonly returns: readonly number[];
  readonly source: string;
}

/**
 * 2D navigation, the data behind [MAML] Fig. 4: reward −‖p − g‖, horizon 100, goals in [−0.5, 0.5]², α halved after the
 * first step. The oracle's one number is without adaptation.
 */
export const PUBLISHED_NAVIGATION: readonly PublishedReturns[] = [
  { algorithm: 'maml', returns: [-40.4, -11.7, -3.3, -3.2], source: MAML_NAVIGATION },
  { algorithm: 'pretrained', returns: [-40.8, -19.7, -11.7, -8.5], source: MAML_NAVIGATION },
  { algorithm: 'random', returns: [-82.7, -58.0, -53.8, -46.8], source: MAML_NAVIGATION },
  { algorithm: 'oracle', returns: [-2.29], source: MAML_NAVIGATION },
];

/**
 * Half-cheetah, the data behind [MAML] Fig. 5 and what its authors published with it: their own convention (0.01 s per
 * action, horizon 200, velocity of the whole centre of mass), α = 0.1, halved after the first step. The oracle's one
 * number is without adaptation.
 */
export const PUBLISHED_CHEETAH: Readonly<Record<'velocity' | 'direction', readonly PublishedReturns[]>> = {
  velocity: [
    { algorithm: 'maml', returns: [-129.5, -78.6, -66.6, -60.8], source: MAML_CHEETAH },
    { algorithm: 'pretrained', returns: [-158.0, -135.4, -128.5, -133.6], source: MAML_CHEETAH },
    { algorithm: 'random', returns: [-254.8, -254.3, -246.8, -230.8], source: MAML_CHEETAH },
    { algorithm: 'oracle', returns: [-54.5], source: MAML_CHEETAH },
  ],
  direction: [
    { algorithm: 'maml', returns: [-50.7, 293.2, 313.5, 315.7], source: MAML_CHEETAH },
    { algorithm: 'pretrained', returns: [-43.0, -24.8, -12.9, 19.6], source: MAML_CHEETAH },
    { algorithm: 'random', returns: [-35.7, 21.8, 62.3, 86.2], source: MAML_CHEETAH },
    { algorithm: 'oracle', returns: [442.7], source: MAML_CHEETAH },
  ],
};
