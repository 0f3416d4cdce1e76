import { describe, expect, it } from 'vitest';
import { foldIn, key, normal } from '../../math/rng.ts';
import { sliceTasks } from '../../tasks/policy-batch.ts';
import { readFixture } from '../fixtures/load-fixtures.ts';
import { compareGolden } from '../golden-case.ts';
import type { PolicyKernels, PolicyRows } from '../policy-kernels.ts';
import { createKernelPolicyEngine } from '../policy-objective.ts';
import { randomPolicyRequest } from '../random-policy.testing.ts';
import { relativeError } from '../random-request.testing.ts';
import { createReferenceKernels } from '../reference-policy/rows-kernels.ts';
import { parseRlGoldenCase, runRlGoldenCase } from '../rl-golden-case.ts';
import { openKernels } from './compiled.testing.ts';
import { createFusedPolicyKernels } from './open-fused-policy.ts';

async function openPolicyKernels() {
  const module = await openKernels();
  return { module, kernels: createFusedPolicyKernels(module) };
}

const vectorOf = (seed: number, size: number) => Float64Array.from(normal(key(seed), size));

describe('the golden cases', () => {
  const LIMITS: Readonly<Record<string, number>> = {
    klAtOther: 2e-3,
    klHessianVector: 2e-3,
    trpoDirection: 2e-3,
    trpoStep: 2e-3,
  };

  it.each(['rl-maml-1', 'rl-maml-2'])('%s', async (name) => {
    const { kernels } = await openPolicyKernels();
    const golden = parseRlGoldenCase(readFixture(name));
    const computed = await runRlGoldenCase(createKernelPolicyEngine(kernels), golden);
    for (const { entry, relative } of compareGolden(computed, golden.expected)) {
      expect(relative, entry).toBeLessThan(LIMITS[entry.replace(/\[.*/, '')] ?? 1e-4);
    }
  });
});

/** Every question about the rows, in an order in which answers could be mixed up with what is kept. */
function answers(rows: PolicyRows, here: Float64Array, there: Float64Array) {
  const size = here.length;
  const [u, v] = [vectorOf(1, size), vectorOf(2, size)];
  const product = (
    kind: 'innerHessianVector' | 'fisherVector',
    params: Float64Array,
    direction: Float64Array,
  ) => {
    const into = new Float64Array(size);
    rows[kind](params, direction, into);
    return into;
  };
  const gradient = (kind: 'innerGradient' | 'surrogateGradient', params: Float64Array) => {
    const into = new Float64Array(size);
    const loss = rows[kind](params, into);
    return Float64Array.of(loss, ...into);
  };
  const values = (params: Float64Array) => Float64Array.from(Object.values(rows.evaluate(params)));
  const loss = (params: Float64Array) => Float64Array.of(rows.innerLoss(params));
  rows.rememberOld(here);
  return {
    surrogateAtOld: gradient('surrogateGradient', here),
    hessianAfterSurrogate: product('innerHessianVector', here, u),
    fisherAfterHessian: product('fisherVector', here, v),
    hessianAfterFisher: product('innerHessianVector', here, v),
    fisherElsewhere: product('fisherVector', there, v),
    surrogateElsewhere: gradient('surrogateGradient', there),
    valuesElsewhere: values(there),
    lossElsewhere: loss(there),
    gradientBack: gradient('innerGradient', here),
    hessianAfterGradient: product('innerHessianVector', here, u),
    lossAfterHessian: loss(here),
    hessianAfterLoss: product('innerHessianVector', here, v),
    fisherFirst: product('fisherVector', here, u),
    hessianElsewhere: product('innerHessianVector', there, v),
    valuesAtOld: values(here),
  };
}

describe('a task', () => {
  it.each([1, 63, 64, 65, 200])('of %i timesteps is answered as by the float64 loops', async (count) => {
    const { kernels } = await openPolicyKernels();
    const request = randomPolicyRequest({ counts: [count], sizes: [3, 17, 6, 2] });
    const here = Float64Array.from(request.metaParams);
    const there = here.map((value) => 0.9 * value);
    const got = answers(kernels.load(request.shape, request.query, 0), here, there);
    const expected = answers(createReferenceKernels().load(request.shape, request.query, 0), here, there);
    for (const [name, numbers] of Object.entries(expected)) {
      if (name === 'valuesAtOld') continue;
      expect(relativeError(got[name as keyof typeof got], numbers), name).toBeLessThan(1e-4);
    }
    // The ratio is exactly 1 and KL exactly 0 there.
    expect(got.valuesAtOld[1]).toBe(0);
    expect(got.valuesAtOld[0]).toBeCloseTo(expected.valuesAtOld[0]!, 6);
  });

  it('gives the same bits whether its passes were kept or not, and whatever other tasks do in between', async () => {
    const { kernels } = await openPolicyKernels();
    const request = randomPolicyRequest({ counts: [150, 70], sizes: [3, 17, 6, 2] });
    const here = Float64Array.from(request.metaParams);
    const there = here.map((value) => 0.9 * value);
    const task = kernels.load(request.shape, request.query, 0);
    const other = kernels.load(request.shape, request.query, 1);
    const disturbed: PolicyRows = { ...task };
    for (const name of Object.keys(task) as (keyof PolicyRows)[]) {
      const method = task[name];
      if (typeof method !== 'function' || name === 'release') continue;
      Object.assign(disturbed, {
        // Another array of the same numbers: nothing kept may be used.
        [name]: (params: Float64Array, ...rest: [Float64Array, Float64Array]) => {
          other.innerHessianVector(there, here, new Float64Array(here.length));
          return (method as (...all: Float64Array[]) => unknown)(params.slice(), ...rest);
        },
      });
    }
    const kept = answers(kernels.load(request.shape, request.query, 0), here, there);
    expect(answers(disturbed, here, there)).toEqual(kept);
  });

  it('without timesteps has losses of 0 and no derivatives', async () => {
    const { kernels } = await openPolicyKernels();
    const { shape, query, metaParams } = randomPolicyRequest({ counts: [0, 5] });
    const rows = kernels.load(shape, query, 0);
    const here = Float64Array.from(metaParams);
    for (const numbers of Object.values(answers(rows, here, here)))
      expect(numbers.every((v) => v === 0)).toBe(true);
    expect(rows.count).toBe(0);
    rows.release();
  });

  it('gives logStd below its floor no gradient and no curvature, and lets it act as the floor', async () => {
    const { kernels } = await openPolicyKernels();
    const request = randomPolicyRequest({ minLogStd: 0.1, innerSteps: 1 });
    const here = Float64Array.from(request.metaParams);
    here[here.length - 1] = 0.4;
    const there = here.map((value) => 0.9 * value);
    const got = answers(kernels.load(request.shape, request.query, 0), here, there);
    const expected = answers(createReferenceKernels().load(request.shape, request.query, 0), here, there);
    for (const name of [
      'gradientBack',
      'hessianAfterGradient',
      'fisherFirst',
      'surrogateElsewhere',
    ] as const) {
      expect(relativeError(got[name], expected[name]), name).toBeLessThan(1e-5);
      expect(got[name].at(-2), name).toBe(0);
      expect(got[name].at(-1), name).not.toBe(0);
    }
  });

  it('passes NaN and infinity on, and is sound for the next task', async () => {
    const { kernels } = await openPolicyKernels();
    const { shape, query, metaParams } = randomPolicyRequest({ counts: [70] });
    const rows = kernels.load(shape, query, 0);
    const broken = Float64Array.from(metaParams);
    broken[0] = Number.NaN;
    const gradient = new Float64Array(broken.length);
    expect(rows.innerGradient(broken, gradient)).toBeNaN();
    expect(gradient[0]).toBeNaN();
    rows.release();
    const next = kernels.load(shape, query, 0);
    next.innerGradient(Float64Array.from(metaParams), gradient);
    expect(gradient.every(Number.isFinite)).toBe(true);
  });

  it('is not asked once it is released', async () => {
    const { kernels } = await openPolicyKernels();
    const { shape, query, metaParams } = randomPolicyRequest();
    const rows = kernels.load(shape, query, 0);
    rows.release();
    rows.release();
    expect(() => rows.innerLoss(Float64Array.from(metaParams))).toThrow(/were released/);
  });

  it('compares with no policy that it was not told of', async () => {
    const { kernels } = await openPolicyKernels();
    const { shape, query, metaParams } = randomPolicyRequest();
    const rows = kernels.load(shape, query, 0);
    expect(() => rows.evaluate(Float64Array.from(metaParams))).toThrow(/Call rememberOld/);
  });
});

describe('many tasks', () => {
  it('add up to the same bits from one objective per task', async () => {
    const counts = [200, 0, 64, 1, 3];
    const request = randomPolicyRequest({ counts, innerSteps: 1 });
    const { kernels } = await openPolicyKernels();
    const engine = createKernelPolicyEngine(kernels);
    const whole = await (await engine.open(request)).gradient();
    const sum = new Float64Array(whole.metaGradient.length);
    for (let task = 0; task < counts.length; task++) {
      const elsewhere = createKernelPolicyEngine((await openPolicyKernels()).kernels);
      const alone = await elsewhere.open({
        ...request,
        support: request.support.map((batch) => sliceTasks(batch, task, task + 1)),
        query: sliceTasks(request.query, task, task + 1),
      });
      (await alone.gradient()).metaGradient.forEach((value, at) => {
        sum[at]! += value;
      });
    }
    expect(sum.map((value) => value * (1 / counts.length))).toEqual(whole.metaGradient);
  });

  it('take no more memory after hundreds of meta-iterations than after the first few', async () => {
    const { module, kernels } = await openPolicyKernels();
    const engine = createKernelPolicyEngine(kernels);
    let settled = 0;
    for (let iteration = 0; iteration < 300; iteration++) {
      // Episodes end early: tasks are of other lengths every time, here for 30 iterations and then again.
      const lengths = normal(foldIn(key(8), iteration % 30), 6);
      const counts = Array.from(lengths, (value) => Math.round(50 + 40 * Math.tanh(value)));
      const request = randomPolicyRequest({ counts, sizes: [2, 12, 2], innerSteps: 1, seed: iteration });
      const objective = await engine.open(request);
      const { metaGradient } = await objective.gradient();
      await objective.klHessianVector(metaGradient);
      kernels.openActor(request.shape, request.metaParams, 20).means(new Float32Array(40));
      objective.release();
      objective.release();
      if (iteration === 29) settled = module.memory.buffer.byteLength;
    }
    expect(module.memory.buffer.byteLength).toBe(settled);
  }, 30_000);

  it('do not take for kept what was computed before there was room', async () => {
    const request = randomPolicyRequest({ counts: [90, 90], sizes: [3, 17, 6, 2] });
    const here = Float64Array.from(request.metaParams);
    const v = vectorOf(3, here.length);
    const kernels = createFusedPolicyKernels(await openKernels(), 15_000);
    const [first, second] = [0, 1].map((task) => kernels.load(request.shape, request.query, task));
    const product = () => {
      const into = new Float64Array(here.length);
      second!.innerHessianVector(here, v, into);
      return into;
    };
    first!.innerGradient(here, new Float64Array(here.length));
    const without = product();
    first!.release();
    expect(product()).toEqual(without);
    expect(product()).toEqual(without);
  });

  it('keep only some of their passes when all would not fit, with the same bits', async () => {
    const request = randomPolicyRequest({ counts: [90, 600, 90, 90], sizes: [3, 17, 6, 2] });
    const here = Float64Array.from(request.metaParams);
    const there = here.map((value) => 0.9 * value);
    const [roomy, tight] = [createFusedPolicyKernels(await openKernels(), 2 ** 20), await openKernels()];
    const before = tight.memory.buffer.byteLength;
    // Room for the values of the first task alone, and of one more that has few timesteps.
    const narrow = createFusedPolicyKernels(tight, 15_000);
    const load = (kernels: PolicyKernels) =>
      [0, 1, 2, 3].map((task) => kernels.load(request.shape, request.query, task));
    const [rowsWithRoom, rowsWithout] = [load(roomy), load(narrow)];
    for (const task of [0, 1, 2, 3]) {
      expect(answers(rowsWithout[task]!, here, there)).toEqual(answers(rowsWithRoom[task]!, here, there));
    }
    // The kept passes of all four would take 200 kB.
    expect(tight.memory.buffer.byteLength - before).toBeLessThan(2 * 65_536);
  });
});
