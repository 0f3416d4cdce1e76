// 300 random policies and objectives against the float64 loops.
import { describe, expect, it } from 'vitest';
import { ACTIVATIONS, ALPHA_MODES } from '../../experiment/experiment.ts';
import { foldIn, key, normal, uniform } from '../../math/rng.ts';
import { createKernelPolicyEngine } from '../policy-objective.ts';
import { randomPolicyRequest } from '../random-policy.testing.ts';
import { relativeError } from '../random-request.testing.ts';
import { createReferencePolicyEngine } from '../reference-policy/reference-policy-engine.ts';
import { openKernels } from './compiled.testing.ts';
import { createFusedPolicyKernels } from './open-fused-policy.ts';

const SHAPES = 300;
const BLOCK = 50;
const TOLERANCE = 1e-3;
const KINDS = ['second', 'first', 'reptile'] as const;

/** 0 to 3 hidden layers of 1 to 70 units, 1 to 8 observations, 1 to 6 actions, 0 to 150 timesteps, k = 0 … 3. */
function requestOf(seed: number) {
  const draws = uniform(foldIn(key(20260601), seed), 20, 0, 1);
  let next = 0;
  const below = (bound: number) => Math.floor(draws[next++]! * bound);
  const widths = Array.from({ length: below(4) }, () => 1 + below(below(3) === 0 ? 70 : 12));
  const sizes = [1 + below(8), ...widths, 1 + below(6)];
  const counts = Array.from({ length: 1 + below(3) }, () => below(below(4) === 0 ? 150 : 20));
  const request = randomPolicyRequest({
    seed,
    sizes,
    counts,
    activation: ACTIVATIONS[below(4)]!,
    alphaMode: ALPHA_MODES[below(3)]!,
    innerSteps: below(4),
    kind: KINDS[below(3)]!,
    // logStd is −0.2 everywhere.
    ...(below(3) === 0 && { minLogStd: -0.1 }),
    alpha: 0.5 / sizes.reduce((sum, size) => sum + size, 0) ** 2,
  });
  const ratioClip = [0.05, 0.2, 1][below(6)];
  // Wide nets keep outputs of about 1 only with smaller weights.
  const scale = 2 / Math.sqrt(Math.max(4, ...widths));
  return {
    ...request,
    metaParams: Float64Array.from(request.metaParams, (value) => scale * value),
    ...(ratioClip !== undefined && { ratioClip }),
  };
}

describe('fused-wasm agrees with the reference', () => {
  it.each(Array.from({ length: SHAPES / BLOCK }, (_, block) => block * BLOCK))(
    `on ${BLOCK} random policies from %i on`,
    async (first) => {
      const reference = createReferencePolicyEngine();
      const engine = createKernelPolicyEngine(createFusedPolicyKernels(await openKernels()));
      for (let seed = first; seed < first + BLOCK; seed++) {
        const request = requestOf(seed);
        const { shape, kind, support, metaParams } = request;
        const where = `seed ${seed}: ${shape.sizes.join('-')} ${shape.activation} ${kind} k = ${support.length}`;
        const noise = normal(key(seed), metaParams.length);
        const elsewhere = metaParams.map((value, at) => value + 0.03 * noise[at]!);
        const [got, expected] = [await engine.open(request), await reference.open(request)];
        const compare = (name: string, a: ArrayLike<number>, b: ArrayLike<number>) =>
          expect(relativeError(Float64Array.from(a), Float64Array.from(b)), `${name}, ${where}`).toBeLessThan(
            TOLERANCE,
          );
        compare('adaptedParams', await got.adaptedParams(), await expected.adaptedParams());
        if (support.length > 0) compare('innerLosses', await got.innerLosses(), await expected.innerLosses());
        for (const at of [metaParams, elsewhere]) {
          const asked = { metaParams: at, wantAlphaGradient: true };
          const [a, b] = [await got.gradient(asked), await expected.gradient(asked)];
          compare('metaGradient', a.metaGradient, b.metaGradient);
          compare('alphaGradient', a.alphaGradient!, b.alphaGradient!);
        }
        const [a, b] = [await got.evaluate(elsewhere), await expected.evaluate(elsewhere)];
        compare('kl', [a.kl], [b.kl]);
        if (kind !== 'reptile') {
          compare('klHessianVector', await got.klHessianVector(noise), await expected.klHessianVector(noise));
        }
        got.release();
        expected.release();
      }
    },
    60_000,
  );
});
