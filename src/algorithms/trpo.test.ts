import { describe, expect, it } from 'vitest';
import { readFixture } from '../gradients/fixtures/load-fixtures.ts';
import type { PolicyObjective } from '../gradients/policy-gradient.ts';
import { relativeError } from '../gradients/random-request.testing.ts';
import { createReferencePolicyEngine } from '../gradients/reference-policy/reference-policy-engine.ts';
import { parseRlGoldenCase } from '../gradients/rl-golden-case.ts';
import { TRPO_DEFAULTS, trpoDirection, trpoStep } from './trpo.ts';

/** KL = ½ (θ − 1)ᵀ diag(1, 4) (θ − 1) around θ_old = (1, 1), and a surrogate of the caller's. */
function quadratic(
  surrogate: (x: number, y: number) => number,
): Pick<PolicyObjective, 'evaluate' | 'klHessianVector'> {
  return {
    klHessianVector: async (v) => Float64Array.of(v[0]!, 4 * v[1]!),
    evaluate: async (at) => {
      const [dx, dy] = [at[0]! - 1, at[1]! - 1];
      return { surrogateLoss: surrogate(at[0]!, at[1]!), kl: 0.5 * (dx * dx + 4 * dy * dy) };
    },
  };
}

const metaParams = Float64Array.of(1, 1);
const exact = { ...TRPO_DEFAULTS, damping: 0 };

describe('trpoStep', () => {
  it('goes as far as the trust region lets it, along −H⁻¹g', async () => {
    const objective = quadratic((x, y) => x + 2 * y);
    const point = { metaParams, metaGradient: Float64Array.of(1, 2), surrogateLoss: 3 };
    const result = await trpoStep(objective, point, { ...exact, maxKl: 0.02 });
    // d = −(1, 0.5), d·Hd = 2; the full step is d · √(0.04 / 2).
    const scale = Math.sqrt(0.02);
    if (!result.accepted) throw new Error(result.reason);
    expect(result.metaParams[0]).toBeCloseTo(1 - scale, 12);
    expect(result.metaParams[1]).toBeCloseTo(1 - scale / 2, 12);
    expect(result.trace.tries.at(-1)).toMatchObject({ accepted: true, kl: result.kl });
    expect(result.trace).toMatchObject({ conjugateGradientIterations: 2, surrogateBefore: 3 });
    expect(result.trace.stepScale).toBeCloseTo(scale, 12);
    expect(result.kl).toBeLessThanOrEqual(0.02);
  });

  it('shortens the step until the surrogate improves', async () => {
    // Past 0.05 to the left it gets steeply worse.
    const objective = quadratic((x) => x + 100 * Math.max(0, 0.95 - x));
    const point = { metaParams, metaGradient: Float64Array.of(1, 0), surrogateLoss: 1 };
    const { accepted, trace } = await trpoStep(objective, point, exact);
    expect(accepted).toBe(true);
    const scales = trace.tries.map((attempt) => attempt.scale);
    expect(scales.length).toBeGreaterThan(2);
    scales.forEach((scale, at) => {
      expect(scale).toBeCloseTo(0.8 ** at, 12);
    });
    expect(trace.tries.map((attempt) => attempt.accepted).lastIndexOf(false)).toBe(trace.tries.length - 2);
  });

  it.each<[string, () => number, number[]]>([
    ['line-search-failed', () => 5, [1, 0]],
    ['line-search-failed', () => Number.NaN, [1, 0]],
    ['zero-gradient', () => 0, [0, 0]],
    ['non-finite-gradient', () => 0, [Number.NaN, 0]],
  ])('keeps θ and says %s', async (reason, surrogate, gradient) => {
    const point = { metaParams, metaGradient: Float64Array.from(gradient), surrogateLoss: 1 };
    const result = await trpoStep(quadratic(surrogate), point, exact);
    expect(result).toMatchObject({ accepted: false, reason });
    expect(result.trace.tries).toHaveLength(reason === 'line-search-failed' ? 15 : 0);
  });

  it('refuses a step whose KL is too large, however good it looks', async () => {
    const objective = { ...quadratic((x) => x), evaluate: async () => ({ surrogateLoss: -9, kl: 1 }) };
    const point = { metaParams, metaGradient: Float64Array.of(1, 0), surrogateLoss: 1 };
    expect(await trpoStep(objective, point, exact)).toMatchObject({
      accepted: false,
      reason: 'line-search-failed',
    });
  });

  it('refuses broken curvature', async () => {
    for (const factor of [0, -1, Number.NaN]) {
      const broken = {
        ...quadratic((x) => x),
        klHessianVector: async (v: ArrayLike<number>) => Float64Array.from(v, (value) => factor * value),
      };
      const point = { metaParams, metaGradient: Float64Array.of(1, 0), surrogateLoss: 1 };
      expect(await trpoStep(broken, point, exact)).toMatchObject({ accepted: false, reason: 'no-curvature' });
    }
  });
});

describe('on the golden cases', () => {
  it.each(['rl-maml-1', 'rl-maml-2'])(
    'conjugate gradients come to the exact direction and step (%s)',
    async (name) => {
      const golden = parseRlGoldenCase(readFixture(name));
      const objective = await createReferencePolicyEngine().open(golden.request);
      const { metaGradient } = await objective.gradient();
      const settings = { ...TRPO_DEFAULTS, damping: golden.damping, maxKl: golden.maxKl };
      const found = await trpoDirection(objective, metaGradient, {
        ...settings,
        conjugateGradientIterations: 200,
      });
      expect(relativeError(found.direction, golden.expected.trpoDirection as number[])).toBeLessThan(2e-3);
      expect(relativeError(found.step!, golden.expected.trpoStep as number[])).toBeLessThan(2e-3);
    },
  );
});
