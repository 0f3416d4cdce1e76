import { describe, expect, it } from 'vitest';
import { ACTIVATIONS } from '../../experiment/experiment.ts';
import { key, normal } from '../../math/rng.ts';
import { createActor } from '../../models/gaussian-policy.ts';
import { randomPolicyRequest } from '../random-policy.testing.ts';
import { relativeError } from '../random-request.testing.ts';
import { openKernels } from './compiled.testing.ts';
import { createFusedPolicyKernels } from './open-fused-policy.ts';

describe('an actor', () => {
  it.each(ACTIVATIONS)('has the means and spread of the float64 one (%s)', async (activation) => {
    const { openActor } = createFusedPolicyKernels(await openKernels());
    for (const [rows, sizes] of [
      [1, [2, 3, 2]],
      [20, [20, 100, 100, 6]],
      [131, [3, 7, 5]],
      [3, [4, 1]],
    ] as const) {
      const { shape, metaParams } = randomPolicyRequest({ sizes, activation, minLogStd: -0.1 });
      const params = Float64Array.from(metaParams, (value) => 0.3 * value);
      const seen = normal(key(rows), rows * sizes[0]);
      const actor = openActor(shape, params, rows);
      const exact = createActor(shape, params, rows);
      expect(actor.std).toEqual(exact.std);
      expect(relativeError(Float64Array.from(actor.means(seen)), exact.means(seen))).toBeLessThan(2e-6);
    }
  });

  it('acts as before after others have acted, with its own parameters', async () => {
    const kernels = createFusedPolicyKernels(await openKernels());
    const { shape, metaParams, query } = randomPolicyRequest();
    const params = Float64Array.from(metaParams);
    const seen = normal(key(1), 5 * 3);
    const one = kernels.openActor(shape, params, 5);
    const first = Array.from(one.means(seen));
    params.fill(7);
    const two = kernels.openActor(shape, metaParams, 40);
    two.means(normal(key(2), 40 * 3));
    expect(Array.from(one.means(seen))).toEqual(first);
    // The widest actor's room is the same as before, and rows in between disturb nobody.
    kernels.load(shape, query, 0).innerLoss(params);
    for (let width = 1; width < 12; width++) {
      const other = randomPolicyRequest({ sizes: [3, width, 2] });
      kernels.openActor(other.shape, other.metaParams, 2).means(new Float32Array(6));
    }
    expect(Array.from(one.means(seen))).toEqual(first);
    expect(Array.from(two.means(normal(key(2), 40 * 3))).slice(0, 2)).not.toEqual(first.slice(0, 2));
  });

  it('has a tanh that is exact to 4 units in the last place, from tiny numbers to where it is 1', async () => {
    const { openActor } = createFusedPolicyKernels(await openKernels());
    // One hidden unit between weights of 1: the mean is the tanh of the observation.
    const params = Float64Array.of(1, 0, 1, 0, 0);
    const rows = 200_001;
    const seen = Float32Array.from({ length: rows }, (_, at) => {
      const sign = at % 2 === 0 ? 1 : -1;
      return sign * 1e-8 * 2e9 ** (at / rows);
    });
    const means = openActor({ sizes: [1, 1, 1], activation: 'tanh' }, params, rows).means(seen);
    let worst = 0;
    for (let at = 0; at < rows; at++) {
      const exact = Math.tanh(seen[at]!);
      const unit = 2 ** (Math.floor(Math.log2(Math.min(Math.abs(exact), 0.999))) - 23);
      worst = Math.max(worst, Math.abs(means[at]! - exact) / unit);
    }
    expect(worst).toBeLessThan(4);
    const special = Float32Array.of(
      0,
      -0,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      Number.NaN,
      1e30,
    );
    const at = openActor({ sizes: [1, 1, 1], activation: 'tanh' }, params, 6).means(special);
    expect(Array.from(at)).toEqual([0, 0, 1, -1, Number.NaN, 1]);
  });

  it('refuses parameters of another shape', async () => {
    const { openActor } = createFusedPolicyKernels(await openKernels());
    const { shape, metaParams } = randomPolicyRequest();
    expect(() => openActor(shape, metaParams.subarray(1), 1)).toThrow(/got \d+ values, expected \d+/);
  });
});
