import { describe, expect, it } from 'vitest';
import { key, normal } from '../../math/rng.ts';
import { randomPolicyRequest } from '../random-policy.testing.ts';
import { createReferenceKernels } from './rows-kernels.ts';

describe('passes kept from product to product', () => {
  // Fewer timesteps than are kept, in two chunks; and more.
  it.each([100, 700])('change no product (%i timesteps)', (count) => {
    const { shape, query, metaParams } = randomPolicyRequest({ counts: [count] });
    const kernels = createReferenceKernels();
    const here = Float64Array.from(metaParams);
    const there = here.map((value) => 0.9 * value);
    const [u, v] = [1, 2].map((seed) => Float64Array.from(normal(key(seed), here.length))) as [
      Float64Array,
      Float64Array,
    ];
    const product = (
      kind: 'innerHessianVector' | 'fisherVector',
      rows: ReturnType<typeof kernels.load>,
      at: Float64Array,
      d: Float64Array,
    ) => {
      const result = new Float64Array(d.length);
      rows[kind](at, d, result);
      return result;
    };
    const used = kernels.load(shape, query, 0);
    const calls = [
      ['innerHessianVector', here, u],
      ['innerHessianVector', here, v],
      ['fisherVector', here, v],
      ['fisherVector', here, u],
      ['innerHessianVector', here, v],
      ['innerHessianVector', there, v],
      ['innerHessianVector', here, u],
    ] as const;
    for (const [kind, at, d] of calls) {
      // Another task's work in between uses the shared buffers.
      kernels.load(shape, query, 0).innerGradient(there, new Float64Array(here.length));
      const expected = product(kind, createReferenceKernels().load(shape, query, 0), at, d);
      expect(product(kind, used, at, d)).toEqual(expected);
    }
  });
});

describe('rows without an old policy', () => {
  it('compare with nothing', () => {
    const { shape, query, metaParams } = randomPolicyRequest();
    const rows = createReferenceKernels().load(shape, query, 1);
    const params = Float64Array.from(metaParams);
    expect(() => rows.evaluate(params)).toThrow(/Call rememberOld/);
    rows.rememberOld(params);
    const { surrogateLoss, kl } = rows.evaluate(params);
    expect(kl).toBeCloseTo(0, 14);
    const advantages = Array.from(query.advantages.subarray(query.offsets[1], query.offsets[2]));
    expect(surrogateLoss).toBeCloseTo(-advantages.reduce((sum, value) => sum + value, 0) / rows.count, 13);
  });
});
