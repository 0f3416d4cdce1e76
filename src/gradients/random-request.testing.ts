// Made-up requests for tests: seeded, of any size.
import type { AlphaMode } from '../experiment/experiment.ts';
import { foldIn, key, uniform } from '../math/rng.ts';
import { layerRanges, type MlpShape, parameterCount } from '../models/mlp-shape.ts';
import type { MetaGradientKind, MetaGradientRequest } from './meta-gradient.ts';

export interface RequestOptions {
  readonly seed?: number;
  readonly sizes?: readonly number[];
  readonly activation?: MlpShape['activation'];
  readonly kind?: MetaGradientKind;
  readonly innerSteps?: number;
  readonly alphaMode?: AlphaMode;
  readonly supportSets?: number;
  readonly taskCount?: number;
  readonly supportSize?: number;
  readonly querySize?: number;
  readonly wantAlphaGradient?: boolean;
  /** α lies in [0.5, 1.5) times this. */
  readonly alpha?: number;
}

/** A request with parameters and points drawn from the seed. */
export function randomRequest(options: RequestOptions = {}): MetaGradientRequest {
  const { seed = 0, sizes = [1, 5, 4, 1], activation = 'tanh', alphaMode = 'scalar', alpha = 0.05 } = options;
  const { taskCount = 3, supportSets = 1, supportSize = 5, querySize = 4 } = options;
  const shape: MlpShape = { sizes, activation };
  const draw = (purpose: number, count: number, bound: number) =>
    Float64Array.from(uniform(foldIn(key(seed), purpose), count, -bound, bound));
  const inputSize = sizes[0]!;
  const outputSize = sizes[sizes.length - 1]!;
  const support = supportSets * taskCount * supportSize;
  const query = taskCount * querySize;
  const alphaCount = { scalar: 1, layer: layerRanges(shape).length, parameter: parameterCount(shape) }[
    alphaMode
  ];
  return {
    shape,
    metaParams: draw(1, parameterCount(shape), 1),
    alpha: { mode: alphaMode, values: draw(2, alphaCount, 0.5).map((value) => alpha * (1 + value)) },
    innerSteps: options.innerSteps ?? 2,
    tasks: {
      taskCount,
      inputSize,
      outputSize,
      supportSets,
      supportSize,
      querySize,
      supportX: draw(3, support * inputSize, 2),
      supportY: draw(4, support * outputSize, 2),
      queryX: draw(5, query * inputSize, 2),
      queryY: draw(6, query * outputSize, 2),
    },
    kind: options.kind ?? 'second',
    wantAlphaGradient: options.wantAlphaGradient ?? true,
  };
}

/** The largest difference of two arrays, relative to the largest entry of `expected`. */
export function relativeError(got: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (got.length !== expected.length) return Number.POSITIVE_INFINITY;
  const largest = Array.from(expected).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return Array.from(expected).reduce(
    (worst, value, at) => Math.max(worst, Math.abs(got[at]! - value) / (largest || 1)),
    0,
  );
}
