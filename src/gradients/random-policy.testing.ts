// Made-up objectives for tests of policy gradients: seeded, of any size, with tasks of different lengths.
import type { AlphaMode } from '../experiment/experiment.ts';
import { foldIn, key, normal } from '../math/rng.ts';
import { alphaCount, type GaussianPolicyShape, policyParameterCount } from '../models/gaussian-policy.ts';
import type { PolicyBatch } from '../tasks/policy-batch.ts';
import type { PolicyObjectiveRequest } from './policy-gradient.ts';

export interface RandomPolicyOptions {
  readonly seed?: number;
  readonly sizes?: readonly number[];
  readonly activation?: GaussianPolicyShape['activation'];
  readonly minLogStd?: number;
  readonly alphaMode?: AlphaMode;
  readonly alpha?: number;
  readonly innerSteps?: number;
  /** Timesteps of each task, in every set. */
  readonly counts?: readonly number[];
  readonly kind?: PolicyObjectiveRequest['kind'];
}

/** A request whose numbers are drawn from the seed; every support set is another. */
export function randomPolicyRequest(options: RandomPolicyOptions = {}): PolicyObjectiveRequest {
  const { seed = 0, sizes = [3, 5, 4, 2], activation = 'tanh', alphaMode = 'scalar', alpha = 0.05 } = options;
  const { innerSteps = 2, counts = [6, 4, 9], minLogStd } = options;
  const shape = { sizes, activation, ...(minLogStd !== undefined && { minLogStd }) };
  const draw = (purpose: number, count: number) =>
    Float64Array.from(normal(foldIn(key(seed), purpose), count));
  const size = policyParameterCount(shape);
  const metaParams = draw(1, size).map((value) => 0.5 * value);
  metaParams.subarray(size - sizes[sizes.length - 1]!).fill(-0.2);
  return {
    shape,
    metaParams,
    alpha: {
      mode: alphaMode,
      values: draw(2, alphaCount(shape, alphaMode)).map((value) => alpha * (1 + 0.3 * Math.tanh(value))),
    },
    kind: options.kind ?? 'second',
    support: Array.from({ length: innerSteps }, (_, step) =>
      randomBatch(shape, counts, (at) => draw.bind(null, 10 + 5 * step + at)),
    ),
    query: randomBatch(shape, counts, (at) => draw.bind(null, 3 + at)),
  };
}

function randomBatch(
  shape: GaussianPolicyShape,
  counts: readonly number[],
  drawer: (purpose: number) => (count: number) => Float64Array,
): PolicyBatch {
  const observationSize = shape.sizes[0]!;
  const actionSize = shape.sizes[shape.sizes.length - 1]!;
  const offsets = new Int32Array(counts.length + 1);
  counts.forEach((count, at) => {
    offsets[at + 1] = offsets[at]! + count;
  });
  const rows = offsets[counts.length]!;
  return {
    taskCount: counts.length,
    observationSize,
    actionSize,
    offsets,
    observations: drawer(0)(rows * observationSize),
    actions: drawer(1)(rows * actionSize),
    advantages: drawer(2)(rows),
  };
}
