import { describe, expect, it } from 'vitest';
import { ACTIVATIONS, ALPHA_MODES } from '../../experiment/experiment.ts';
import type { MetaGradientEngine, MetaGradientRequest } from '../meta-gradient.ts';
import { randomRequest, relativeError } from '../random-request.testing.ts';
import { createReferenceEngine } from '../reference/reference-engine.ts';
import { openEngine } from './compiled.testing.ts';

const KINDS = ['second', 'first', 'reptile'] as const;
const ARRAYS = ['metaGradient', 'alphaGradient', 'supportLosses', 'queryLosses', 'adaptedParams'] as const;
const TOLERANCE = 1e-4;
const reference = createReferenceEngine();

/** Every result of metaGradient against the float64 loops. */
async function expectAgreement(engine: MetaGradientEngine, request: MetaGradientRequest, where: string) {
  const asked = { ...request, wantAdaptedParams: true };
  const got = await engine.metaGradient(asked);
  const expected = await reference.metaGradient(asked);
  for (const name of ARRAYS) {
    expect(relativeError(got[name]!, expected[name]!), `${name}, ${where}`).toBeLessThan(TOLERANCE);
  }
  const scale = Math.max(1, expected.innerGradientNorm);
  expect(Math.abs(got.innerGradientNorm - expected.innerGradientNorm) / scale, where).toBeLessThan(TOLERANCE);
}

describe('fused-wasm against the reference', () => {
  // Depth 0 to 3; widths below, at and above every block of the kernels; more points than one mask word holds.
  const shapes = [
    [2, 3],
    [1, 1],
    [2, 9, 1],
    [1, 40, 40, 1],
    [3, 33, 8, 50, 2],
    [1, 100, 1],
  ];
  describe.each(ACTIVATIONS)('%s', (activation) => {
    it.each(shapes.map((sizes) => [sizes.join('-'), sizes] as const))('%s', async (name, sizes) => {
      const { engine } = await openEngine();
      // Small enough for large nets to converge, whose curvature grows with their size.
      const alpha = 0.5 / sizes.reduce((sum, size) => sum + size, 0) ** 2;
      for (const kind of KINDS) {
        for (const alphaMode of ALPHA_MODES) {
          for (const [innerSteps, supportSize] of [
            [0, 5],
            [1, 33],
            [3, 4],
          ] as const) {
            const options = { sizes, activation, kind, alphaMode, innerSteps, supportSize };
            const request = randomRequest({ ...options, supportSets: 2, querySize: 7, alpha });
            await expectAgreement(engine, request, `${name} ${kind} ${alphaMode} k = ${innerSteps}`);
          }
        }
      }
    });
  });

  it('adapts like it', async () => {
    const { engine } = await openEngine();
    for (const innerSteps of [0, 1, 4]) {
      const options = { innerSteps, supportSets: 3, sizes: [2, 13, 7, 2], activation: 'softplus' } as const;
      const request = { ...randomRequest(options), wantAdaptedParams: true };
      const got = await engine.adapt(request);
      const expected = await reference.adapt(request);
      for (const name of ['supportLosses', 'queryLosses', 'adaptedParams'] as const) {
        expect(relativeError(got[name]!, expected[name]!), name).toBeLessThan(TOLERANCE);
      }
    }
  });

  it('agrees where no unit is active', async () => {
    const { engine } = await openEngine();
    const request = randomRequest({ sizes: [1, 12, 9, 1], activation: 'relu', alphaMode: 'parameter' });
    // Biases far below 0: the output is the last bias alone.
    const metaParams = request.metaParams.map((value, at) => (at >= 12 && at < 24 ? value - 50 : value));
    const dead = metaParams.map((value, at) => (at >= 132 && at < 141 ? value - 50 : value));
    await expectAgreement(engine, { ...request, metaParams: dead }, 'dead');
    const { metaGradient } = await engine.metaGradient({ ...request, metaParams: dead });
    expect(metaGradient.filter((value) => value !== 0)).toHaveLength(1);
  });
});

describe('activations', () => {
  /** f of a 1-1-1 net whose weights are 1 and biases 0: its loss against 0 is f(x)². */
  async function activationAt(activation: (typeof ACTIVATIONS)[number], points: Float64Array) {
    const { engine } = await openEngine();
    const request = randomRequest({ sizes: [1, 1, 1], activation, taskCount: points.length, innerSteps: 0 });
    const zeros = new Float64Array(points.length);
    const { queryLosses } = await engine.adapt({
      ...request,
      metaParams: Float64Array.of(1, 0, 1, 0),
      tasks: { ...request.tasks, querySize: 1, queryX: points, queryY: zeros },
    });
    return Array.from(queryLosses, Math.sqrt);
  }
  const points = Float64Array.from(
    Float32Array.from({ length: 4001 }, (_, i) => (i - 2000) / 60 + (i - 2000) ** 3 * 1e-12),
  );

  it.each([
    ['tanh', Math.tanh],
    ['sigmoid', (z: number) => 1 / (1 + Math.exp(-z))],
    ['softplus', (z: number) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)))],
  ] as const)('%s is exact to float32', async (activation, exact) => {
    const got = await activationAt(activation, points);
    points.forEach((z, i) => {
      const expected = Math.abs(exact(z));
      expect(Math.abs(got[i]! - expected), `${activation}(${z})`).toBeLessThanOrEqual(4e-7 * expected);
    });
  });
});

describe('the engine itself', () => {
  const small = () => randomRequest({ sizes: [1, 5, 1], activation: 'sigmoid', innerSteps: 1 });
  const large = () =>
    randomRequest({ sizes: [2, 40, 23, 2], activation: 'relu', innerSteps: 4, supportSize: 40 });

  it('gives the same bits again, whatever was asked before', async () => {
    const { engine } = await openEngine();
    const fresh = await openEngine();
    for (const make of [small, large]) {
      const first = await engine.metaGradient(make());
      const adapted = await engine.adapt(make());
      await engine.metaGradient(large());
      await engine.metaGradient({ ...small(), kind: 'reptile' });
      await engine.adapt(large());
      expect(await engine.metaGradient(make())).toEqual(first);
      expect(await fresh.engine.metaGradient(make())).toEqual(first);
      expect(await engine.adapt(make())).toEqual(adapted);
    }
  });

  it('leaves nothing of a diverged request behind', async () => {
    const { engine } = await openEngine();
    const first = await engine.metaGradient(large());
    const diverged = randomRequest({
      sizes: [2, 40, 23, 2],
      activation: 'relu',
      innerSteps: 4,
      supportSize: 40,
      alpha: 1e30,
    });
    const { queryLosses } = await engine.metaGradient(diverged);
    expect(queryLosses.some((loss) => Number.isFinite(loss))).toBe(false);
    expect(await engine.metaGradient(large())).toEqual(first);
  });

  it.each(ACTIVATIONS)('passes NaN on (%s)', async (activation) => {
    const { engine } = await openEngine();
    const request = randomRequest({ activation, sizes: [1, 6, 5, 1] });
    const metaParams = request.metaParams.map((value, at) => (at === 2 ? Number.NaN : value));
    const { queryLosses, metaGradient } = await engine.metaGradient({ ...request, metaParams });
    expect(Array.from(queryLosses)).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    expect(metaGradient.some((value) => Number.isNaN(value))).toBe(true);
  });

  it('takes no more memory in 500 calls', async () => {
    const { engine, kernels } = await openEngine();
    const requests = KINDS.flatMap((kind) => [small(), large()].map((request) => ({ ...request, kind })));
    for (const request of requests) {
      await engine.metaGradient(request);
      await engine.adapt(request);
    }
    const before = kernels.memory.buffer.byteLength;
    for (let call = 0; call < 500; call++) await engine.metaGradient(requests[call % requests.length]!);
    expect(kernels.memory.buffer.byteLength).toBe(before);
  });

  it('takes no more memory, and gives the same bits, where sizes keep changing', async () => {
    const { engine, kernels } = await openEngine();
    const requests = Array.from({ length: 12 }, (_, i) =>
      randomRequest({ sizes: [1, 10 + i, 9, 1], innerSteps: i % 4 }),
    );
    const first = await Promise.all(requests.map((request) => engine.metaGradient(request)));
    // Once more: eight of the twelve arenas are kept side by side, and only now every such eight has been.
    for (const request of requests) await engine.metaGradient(request);
    const before = kernels.memory.buffer.byteLength;
    for (let round = 0; round < 3; round++) {
      for (const [i, request] of requests.entries()) {
        expect(await engine.metaGradient(request)).toEqual(first[i]);
      }
    }
    expect(kernels.memory.buffer.byteLength).toBe(before);
  });

  it('does not change the request and gives arrays of its own', async () => {
    const { engine } = await openEngine();
    const request = { ...large(), wantAdaptedParams: true };
    const copy = structuredClone(request);
    const first = await engine.metaGradient(request);
    const kept = structuredClone(first);
    await engine.metaGradient({ ...request, kind: 'first' });
    expect(request).toEqual(copy);
    expect(first).toEqual(kept);
  });

  it('names what is too big, and runs what is not', async () => {
    const { engine } = await openEngine();
    const limits = { shape: large().shape, innerSteps: 5, taskCount: 1000, points: 100 };
    expect(engine.unsupported!(limits)).toBeNull();
    const tooMany = { ...limits, shape: { sizes: [1, 4000, 4000, 1], activation: 'relu' } as const };
    expect(engine.unsupported!(tooMany)).toMatch(
      /^fused-wasm holds a whole request in 1024 MiB; this one needs \d+ MiB/,
    );
  });

  it('says which array does not fit', async () => {
    const { engine } = await openEngine();
    const request = { ...small(), metaParams: new Float32Array(3) };
    await expect(engine.metaGradient(request)).rejects.toThrow(/metaParams\.length: got 3, expected 16/);
  });
});
