// Numbers printed in the papers that charts draw beside the measured ones. [MAML]: Finn, Abbeel & Levine 2017,
// "Model-Agnostic Meta-Learning for Fast Adaptation of Deep Networks", Table 2 (sinusoids, 5-shot, mean squared
// error after 1, 5 and 10 gradient steps; ± is a 95 % confidence interval and is not drawn).
import type { AlgorithmId } from '../experiment/experiment.ts';

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
    source: '[MAML] Table 2',
  },
  {
    algorithm: 'pretrained',
    supportSize: 5,
    steps: [1, 5, 10],
    loss: [2.41, 2.23, 2.19],
    source: '[MAML] Table 2',
  },
];
