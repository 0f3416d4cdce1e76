// A policy's flat parameters as the tensors that composed-policy/ multiplies by: per layer one matrix of W with b as
// its last row, then logStd. Hidden layers get one unit more that is always 1, so that no level has to be copied only
// to append the column of ones that b is multiplied by. Plain arrays here; no tensor is made but by uploadVectors.
import { type Tensor, tensor } from '@tensorflow/tfjs-core';
import type { Activation } from '../../experiment/experiment.ts';
import type { FloatArray } from '../../math/arrays.ts';
import { actionSize, type GaussianPolicyShape, policyParameterCount } from '../../models/gaussian-policy.ts';
import { layerRanges } from '../../models/mlp-shape.ts';

/** Hidden levels are filled up to a multiple of this: tfjs's products on WebGPU then read four numbers at a time. */
const ALIGNMENT = 4;

/** z with f(z) = 1 in float32: what the unit that is always 1 gets in. */
const ONE_BEFORE: Readonly<Record<Activation, number>> = {
  relu: 1,
  tanh: 20,
  sigmoid: 20,
  softplus: Math.log(Math.E - 1),
};

/** A matrix of one layer, or the row of logStd. */
interface Block {
  readonly rows: number;
  readonly columns: number;
  /** Its parameters are `from` up to but without `to` of the flat vector [P]; where they lie in the block: */
  readonly from: number;
  readonly to: number;
  readonly positions: Int32Array;
  /** The entry that feeds the unit of ones, and its value in a policy; in gradients and directions it is 0. */
  readonly one?: { readonly at: number; readonly value: number };
}

export interface PolicyLayout {
  readonly shape: GaussianPolicyShape;
  /** P */
  readonly parameterCount: number;
  /** One per layer, then logStd's [1, A]. */
  readonly blocks: readonly Block[];
}

export function createPolicyLayout(shape: GaussianPolicyShape): PolicyLayout {
  const ranges = layerRanges(shape);
  const filled = (units: number) => Math.ceil((units + 1) / ALIGNMENT) * ALIGNMENT;
  const blocks = ranges.map(({ inputSize, outputSize, weightsAt, end }, layer): Block => {
    const last = layer === ranges.length - 1;
    const rows = layer === 0 ? inputSize + 1 : filled(inputSize);
    const columns = last ? outputSize : filled(outputSize);
    const positions = Int32Array.from(
      { length: end - weightsAt },
      (_, at) => Math.floor(at / outputSize) * columns + (at % outputSize),
    );
    const one = { at: inputSize * columns + outputSize, value: ONE_BEFORE[shape.activation] };
    return { rows, columns, from: weightsAt, to: end, positions, ...(!last && { one }) };
  });
  const columns = actionSize(shape);
  const to = policyParameterCount(shape);
  const positions = Int32Array.from({ length: columns }, (_, at) => at);
  blocks.push({ rows: 1, columns, from: to - columns, to, positions });
  return { shape, parameterCount: to, blocks };
}

/**
 * `values`, one vector [P] or one per task [G, P], as tensors [1 or G, rows, columns], one per block. What fills a
 * block up is 0, so that products with rates or directions leave it 0; a 'policy' also gets its unit of ones.
 */
export function uploadVectors(
  layout: PolicyLayout,
  values: FloatArray,
  what: 'policy' | 'direction',
): Tensor[] {
  const count = values.length / layout.parameterCount;
  return layout.blocks.map(({ rows, columns, from, positions, one }) => {
    const block = new Float32Array(count * rows * columns);
    for (let task = 0; task < count; task++) {
      const valuesAt = task * layout.parameterCount + from;
      const blockAt = task * rows * columns;
      positions.forEach((position, at) => {
        block[blockAt + position] = values[valuesAt + at]!;
      });
      if (what === 'policy' && one !== undefined) block[blockAt + one.at] = one.value;
    }
    return tensor(block, [count, rows, columns]);
  });
}

/** The reverse of uploadVectors: [count, P] from the blocks' numbers one after the other, as read back. */
export function unpackVectors(layout: PolicyLayout, packed: Float32Array, count: number): Float64Array {
  const { parameterCount, blocks } = layout;
  const values = new Float64Array(count * parameterCount);
  let blockAt = 0;
  for (const { rows, columns, from, positions } of blocks) {
    for (let task = 0; task < count; task++) {
      const valuesAt = task * parameterCount + from;
      positions.forEach((position, at) => {
        values[valuesAt + at] = packed[blockAt + position]!;
      });
      blockAt += rows * columns;
    }
  }
  return values;
}

/** How many numbers `count` vectors take when packed. */
export function packedSize({ blocks }: PolicyLayout, count: number): number {
  return count * blocks.reduce((sum, { rows, columns }) => sum + rows * columns, 0);
}
