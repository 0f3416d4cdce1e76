import { dispose } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { ACTIVATIONS } from '../../experiment/experiment.ts';
import { key, normal } from '../../math/rng.ts';
import { policyParameterCount } from '../../models/gaussian-policy.ts';
import { openBackend } from '../open-backend.ts';
import { randomPolicyRequest } from '../random-policy.testing.ts';
import { uploadBatch } from './batch-tensors.ts';
import { forward } from './mlp-passes.ts';
import { createPolicyLayout, packedSize, unpackVectors, uploadVectors } from './policy-layout.ts';

const shape = { sizes: [3, 5, 7, 2], activation: 'tanh' } as const;
const layout = createPolicyLayout(shape);

beforeAll(async () => {
  await openBackend('cpu', {});
});

describe('the layout of policies on tensors', () => {
  it('gives back the vectors of every task that went up, and zeros in all the rest', async () => {
    const size = policyParameterCount(shape);
    const values = normal(key(1), 2 * size);
    const blocks = uploadVectors(layout, values, 'direction');
    const packed = Float32Array.from(
      (await Promise.all(blocks.map(async (block) => [...(await block.data())]))).flat(),
    );
    expect(packed).toHaveLength(packedSize(layout, 2));
    expect(unpackVectors(layout, packed, 2)).toEqual(Float64Array.from(values, Math.fround));
    expect(packed.filter((value) => value !== 0)).toHaveLength(2 * size);
    dispose(blocks);
  });

  it.each(ACTIVATIONS)('has a unit of ones in every hidden level (%s)', async (activation) => {
    const policy = createPolicyLayout({ ...shape, activation });
    const blocks = uploadVectors(policy, normal(key(2), policyParameterCount(shape)), 'policy');
    const batch = uploadBatch(randomPolicyRequest({ counts: [5] }).query, { first: 0, count: 1 });
    const { inputs } = forward(activation, blocks.slice(0, -1), batch.inputs);
    for (const [level, units] of [
      [1, 5],
      [2, 7],
    ] as const) {
      const values = await inputs[level]!.data();
      const width = inputs[level]!.shape[2]!;
      for (let row = 0; row < 5; row++) expect(values[row * width + units]).toBeCloseTo(1, 6);
    }
    dispose([...blocks, ...inputs, ...Object.values(batch)]);
  });
});
