// 1,000 random shapes against tfjs autodiff: two programs that share nothing but the interface.
import { describe, expect, it } from 'vitest';
import { ACTIVATIONS, ALPHA_MODES } from '../../experiment/experiment.ts';
import { foldIn, key, uniform } from '../../math/rng.ts';
import { createEngine } from '../create-engine.ts';
import { randomRequest, relativeError } from '../random-request.testing.ts';
import { openEngine } from './compiled.testing.ts';

const SHAPES = 1000;
const BLOCK = 100;
const TOLERANCE = 1e-3;
const KINDS = ['second', 'first', 'reptile'] as const;

/** A request of random sizes: 0 to 4 hidden layers of 1 to 70 units, 1 to 3 inputs and outputs. */
function requestOf(seed: number) {
  const draws = uniform(foldIn(key(20260501), seed), 20, 0, 1);
  let next = 0;
  const below = (bound: number) => Math.floor(draws[next++]! * bound);
  const depth = below(5);
  // Few wide ones: the slower of the two programs decides how long this takes.
  const widths = Array.from({ length: depth }, () => 1 + below(below(3) === 0 ? 70 : 12));
  const sizes = [1 + below(3), ...widths, 1 + below(3)];
  const activation = ACTIVATIONS[below(4)]!;
  const saturates = activation === 'sigmoid' || activation === 'tanh';
  return randomRequest({
    seed,
    sizes,
    activation,
    kind: KINDS[below(3)]!,
    alphaMode: ALPHA_MODES[below(3)]!,
    innerSteps: below(6),
    supportSets: 1 + below(3),
    supportSize: 1 + below(6),
    querySize: 1 + below(6),
    taskCount: 1 + below(3),
    // Small enough for large nets to converge; saturating ones need more, or the float32 difference θ − θ_k with
    // which the composed engine answers Reptile keeps too few digits to compare with.
    alpha: (saturates ? 4 : 0.5) / sizes.reduce((sum, size) => sum + size, 0) ** 2,
  });
}

describe('fused-wasm agrees with composed-cpu', () => {
  it.each(Array.from({ length: SHAPES / BLOCK }, (_, block) => block * BLOCK))(
    `on ${BLOCK} random shapes from %i on`,
    async (first) => {
      const composed = await createEngine('composed-cpu', {});
      const { engine } = await openEngine();
      for (let seed = first; seed < first + BLOCK; seed++) {
        const request = requestOf(seed);
        const { shape, kind, innerSteps } = request;
        const got = await engine.metaGradient(request);
        const expected = await composed.metaGradient(request);
        const where = `seed ${seed}: ${shape.sizes.join('-')} ${shape.activation} ${kind} k = ${innerSteps}`;
        for (const name of ['metaGradient', 'alphaGradient', 'supportLosses', 'queryLosses'] as const) {
          expect(relativeError(got[name]!, expected[name]!), `${name}, ${where}`).toBeLessThan(TOLERANCE);
        }
      }
    },
    120_000,
  );
});
