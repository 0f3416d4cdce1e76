import { describe, expect, it } from 'vitest';
import { ACTIVATIONS, ALPHA_MODES } from '../../experiment/experiment.ts';
import { dot } from '../../math/linear-algebra.ts';
import { key, normal } from '../../math/rng.ts';
import { sliceTasks, subsampleRows } from '../../tasks/policy-batch.ts';
import { readFixture } from '../fixtures/load-fixtures.ts';
import { compareGolden } from '../golden-case.ts';
import type { PolicyObjectiveRequest } from '../policy-gradient.ts';
import { randomPolicyRequest } from '../random-policy.testing.ts';
import { relativeError } from '../random-request.testing.ts';
import { parseRlGoldenCase, runRlGoldenCase } from '../rl-golden-case.ts';
import { createReferencePolicyEngine } from './reference-policy-engine.ts';

const engine = createReferencePolicyEngine();

describe('the golden cases', () => {
  // What these cases' own program reaches: values to rounding, its gradients (and the TRPO step, made of them) less.
  const LIMITS: Readonly<Record<string, number>> = {
    metaGradient: 1e-7,
    trpoDirection: 1e-6,
    trpoStep: 1e-6,
  };

  it.each(['rl-maml-1', 'rl-maml-2'])('%s', async (name) => {
    const golden = parseRlGoldenCase(readFixture(name));
    const computed = await runRlGoldenCase(engine, golden);
    for (const { entry, relative } of compareGolden(computed, golden.expected)) {
      expect(relative, entry).toBeLessThan(LIMITS[entry.replace(/\[.*/, '')] ?? 1e-9);
    }
  });
});

/** The slopes of a function of one array, by central differences of fourth order. */
async function slopes(
  at: Float64Array,
  value: (at: Float64Array) => Promise<number>,
  h = 1e-3,
): Promise<number[]> {
  const shifted = (entry: number, offset: number) => {
    const moved = at.slice();
    moved[entry]! += offset;
    return value(moved);
  };
  const result: number[] = [];
  for (let entry = 0; entry < at.length; entry++) {
    const near = (await shifted(entry, h)) - (await shifted(entry, -h));
    const far = (await shifted(entry, 2 * h)) - (await shifted(entry, -2 * h));
    result.push((8 * near - far) / (12 * h));
  }
  return result;
}

const otherThan = (params: ArrayLike<number>) => {
  const noise = normal(key(77), params.length);
  return Float64Array.from(params, (value, at) => value + 0.05 * noise[at]!);
};

describe('the gradient through the inner steps', () => {
  it.each(ACTIVATIONS)(
    'is that of the values, at θ_old and elsewhere, every α mode (%s)',
    async (activation) => {
      for (const alphaMode of ALPHA_MODES) {
        const request = randomPolicyRequest({ activation, alphaMode, innerSteps: 2, seed: 4 });
        const objective = await engine.open(request);
        for (const metaParams of [Float64Array.from(request.metaParams), otherThan(request.metaParams)]) {
          const { metaGradient, surrogateLoss } = await objective.gradient({ metaParams });
          const value = async (at: Float64Array) => (await objective.evaluate(at)).surrogateLoss;
          expect(await value(metaParams)).toBeCloseTo(surrogateLoss, 13);
          // With ReLU a step that reaches a kink measures nothing, so it is short and costs digits.
          const [h, tolerance] = activation === 'relu' ? [1e-6, 1e-6] : [1e-3, 1e-7];
          expect(relativeError(metaGradient, await slopes(metaParams, value, h))).toBeLessThan(tolerance);
        }
        objective.release();
      }
    },
  );

  it.each(ALPHA_MODES)('has ∂/∂α of the values (%s)', async (mode) => {
    const request = randomPolicyRequest({ alphaMode: mode, innerSteps: 3 });
    const objective = await engine.open(request);
    const { alphaGradient } = await objective.gradient({ wantAlphaGradient: true });
    // The ratio's denominator is the policy adapted by the old α: kept by changing α at θ_old through the gradient
    // path only, which the mean of exp(logProb − old logProb) · advantage over fixed old log-probabilities is.
    const value = async (values: Float64Array) => {
      const moved = await engine.open({ ...request, alpha: { mode, values } });
      const adapted = await moved.adaptedParams();
      return surrogateOf(request, await objective.adaptedParams(), adapted);
    };
    expect(
      relativeError(alphaGradient!, await slopes(Float64Array.from(request.alpha.values), value)),
    ).toBeLessThan(1e-6);
  });

  it("drops the path for 'first' and points from θ_k to θ for 'reptile'", async () => {
    const request = randomPolicyRequest();
    const second = await engine.open(request);
    const adapted = await second.adaptedParams();
    const size = second.parameterCount;
    const first = await (await engine.open({ ...request, kind: 'first' })).gradient();
    const atAdapted = new Float64Array(size);
    for (let task = 0; task < 3; task++) {
      const alone = await engine.open({
        ...request,
        metaParams: adapted.subarray(task * size, (task + 1) * size),
        support: [],
        query: sliceTasks(request.query, task, task + 1),
      });
      (await alone.gradient()).metaGradient.forEach((value, at) => {
        atAdapted[at]! += value / 3;
      });
    }
    expect(relativeError(first.metaGradient, atAdapted)).toBeLessThan(1e-13);
    const reptile = await (await engine.open({ ...request, kind: 'reptile' })).gradient();
    const expected = Float64Array.from(request.metaParams, (value, at) => {
      let sum = 0;
      for (let task = 0; task < 3; task++) sum += value - adapted[task * size + at]!;
      return sum / 3;
    });
    expect(relativeError(reptile.metaGradient, expected)).toBeLessThan(1e-13);
  });
});

/** The surrogate of the query set between two sets of adapted parameters [M, P], straight from its definition. */
async function surrogateOf(
  request: PolicyObjectiveRequest,
  old: Float64Array,
  next: Float64Array,
): Promise<number> {
  const tasks = request.query.taskCount;
  const size = old.length / tasks;
  let sum = 0;
  for (let task = 0; task < tasks; task++) {
    const part = (from: Float64Array) => from.subarray(task * size, (task + 1) * size);
    const alone = await engine.open({
      ...request,
      metaParams: part(old),
      support: [],
      query: sliceTasks(request.query, task, task + 1),
    });
    sum += (await alone.evaluate(part(next))).surrogateLoss;
  }
  return sum / tasks;
}

describe("KL's Hessian at θ_old", () => {
  it.each([0, 1, 3])('is the curvature of the KL values through %i inner steps', async (innerSteps) => {
    const request = randomPolicyRequest({ innerSteps, alphaMode: 'parameter', alpha: 0.2 });
    const objective = await engine.open(request);
    const size = objective.parameterCount;
    const [u, v] = [5, 6].map((seed) => Float64Array.from(normal(key(seed), size))) as [
      Float64Array,
      Float64Array,
    ];
    const kl = async (direction: Float64Array, h: number) => {
      const at = Float64Array.from(request.metaParams, (value, i) => value + h * direction[i]!);
      return (await objective.evaluate(at)).kl;
    };
    // KL and its gradient vanish at θ_old, so KL(h d) + KL(−h d) = h² dᵀHd + O(h⁴); extrapolated to O(h⁶).
    const curvature = async (d: Float64Array) => {
      const at = async (h: number) => ((await kl(d, h)) + (await kl(d, -h))) / (h * h);
      return (4 * (await at(5e-4)) - (await at(1e-3))) / 3;
    };
    const image = await objective.klHessianVector(v);
    const sum = u.map((value, i) => value + v[i]!);
    const difference = u.map((value, i) => value - v[i]!);
    const expected = ((await curvature(sum)) - (await curvature(difference))) / 4;
    expect(dot(v, image) / (await curvature(v))).toBeCloseTo(1, 5);
    const scale = Math.sqrt((await curvature(u)) * (await curvature(v)));
    expect(Math.abs(dot(u, image) - expected) / scale).toBeLessThan(1e-5);
    // Symmetric, to rounding.
    expect(Math.abs(dot(u, image) - dot(v, await objective.klHessianVector(u))) / scale).toBeLessThan(1e-12);
  });

  it('can be taken on fewer timesteps, which change nothing else', async () => {
    const request = randomPolicyRequest({ counts: [200, 150], innerSteps: 1 });
    const full = await engine.open(request);
    const everything = { query: request.query, support: request.support };
    const same = await engine.open({ ...request, curvature: everything });
    const query = subsampleRows(request.query, 50, key(1));
    const support = [subsampleRows(request.support[0]!, 50, key(2))];
    const fewer = await engine.open({ ...request, curvature: { query, support } });
    const v = Float64Array.from(normal(key(3), full.parameterCount));
    const exact = await full.klHessianVector(v);
    expect(await same.klHessianVector(v)).toEqual(exact);
    expect(await fewer.gradient()).toEqual(await full.gradient());
    const rough = relativeError(await fewer.klHessianVector(v), exact);
    expect(rough).toBeGreaterThan(0);
    expect(rough).toBeLessThan(1);
  });
});

describe('whatever the data', () => {
  it('takes tasks of any number of timesteps, and adds up to the same bits from one objective per task', async () => {
    const counts = [200, 0, 64, 1, 3];
    const request = randomPolicyRequest({ counts, innerSteps: 1 });
    const whole = await (await engine.open(request)).gradient();
    const sum = new Float64Array(whole.metaGradient.length);
    for (let task = 0; task < counts.length; task++) {
      const alone = await engine.open({
        ...request,
        support: request.support.map((batch) => sliceTasks(batch, task, task + 1)),
        query: sliceTasks(request.query, task, task + 1),
      });
      (await alone.gradient()).metaGradient.forEach((value, at) => {
        sum[at]! += value;
      });
    }
    expect(whole.metaGradient.every(Number.isFinite)).toBe(true);
    expect(sum.map((value) => value * (1 / counts.length))).toEqual(whole.metaGradient);
  });

  it('gives logStd below its floor no gradient and no curvature', async () => {
    const request = randomPolicyRequest({ minLogStd: 0.1, innerSteps: 1 });
    const objective = await engine.open(request);
    const { metaGradient } = await objective.gradient();
    const value = async (at: Float64Array) => (await objective.evaluate(at)).surrogateLoss;
    expect(
      relativeError(metaGradient, await slopes(Float64Array.from(request.metaParams), value)),
    ).toBeLessThan(1e-7);
    expect([...metaGradient.subarray(-2)]).toEqual([0, 0]);
    const image = await objective.klHessianVector(new Float64Array(objective.parameterCount).fill(1));
    expect([...image.subarray(-2)]).toEqual([0, 0]);
  });

  it('adapts step by step to what the objective reaches at once', async () => {
    const request = randomPolicyRequest({ innerSteps: 2 });
    const objective = await engine.open(request);
    const { shape, alpha } = request;
    const once = await engine.adapt({
      shape,
      params: request.metaParams,
      alpha,
      support: request.support[0]!,
    });
    const twice = await engine.adapt({
      shape,
      params: once.adaptedParams,
      alpha,
      support: request.support[1]!,
    });
    expect(twice.adaptedParams).toEqual(await objective.adaptedParams());
    const losses = await objective.innerLosses();
    expect([...losses.subarray(0, 6)]).toEqual([...once.innerLosses, ...twice.innerLosses]);
  });

  it('refuses what does not fit', async () => {
    const request = randomPolicyRequest();
    const short = { ...request.query, advantages: request.query.advantages.subarray(1) };
    await expect(engine.open({ ...request, query: short })).rejects.toThrow(
      /query\.advantages\.length: got 18, expected 19/,
    );
    const fewer = sliceTasks(request.support[0]!, 0, 2);
    await expect(engine.open({ ...request, support: [fewer] })).rejects.toThrow(
      /support\[0\]: got 2 tasks, expected 3/,
    );
    const reptile = await engine.open({ ...request, kind: 'reptile' });
    await expect(reptile.klHessianVector(request.metaParams)).rejects.toThrow(/no trust region/);
  });
});
