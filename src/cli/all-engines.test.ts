// Every engine that this machine can run, against the golden cases and against the float64 reference. It lives in
// cli/ because Dawn, the WebGPU of Node, may only be loaded here.
import { memory } from '@tensorflow/tfjs-core';
import { describe, expect, it, vi } from 'vitest';
import { ACTIVATIONS, ALPHA_MODES } from '../experiment/experiment.ts';
import { createEngine } from '../gradients/create-engine.ts';
import { loadFixtures } from '../gradients/fixtures/load-fixtures.ts';
import { compareGolden, isWithin, runGoldenCase } from '../gradients/golden-case.ts';
import type { EngineId } from '../gradients/meta-gradient.ts';
import { randomRequest, relativeError } from '../gradients/random-request.testing.ts';
import { createReferenceEngine } from '../gradients/reference/reference-engine.ts';
import { gpuInNode, nodeResources } from './node-backends.ts';

const ENGINES: readonly EngineId[] = ['fused-wasm', 'composed-cpu', 'composed-wasm', 'composed-webgpu'];
const TOLERANCE = 1e-4;
// For machines whose only GPU is software.
vi.setConfig({ testTimeout: 240_000 });

const gpu = await gpuInNode();
if (!gpu) console.warn('composed-webgpu is not tested: Dawn finds no WebGPU adapter on this machine.');
const reference = createReferenceEngine();

describe.each(ENGINES)('%s', (id) => {
  const isGpu = id === 'composed-webgpu';
  const test = it.skipIf(isGpu && !gpu);
  const open = async () => createEngine(id, await nodeResources(id));

  test.each(loadFixtures().map((golden) => [golden.name, golden] as const))(
    'meets golden case %s',
    async (_, golden) => {
      const computed = await runGoldenCase(await open(), golden);
      for (const difference of compareGolden(computed, golden.expected)) {
        expect(difference, difference.entry).toSatisfy(() => isWithin(difference, TOLERANCE));
      }
    },
  );

  // A software GPU takes seconds per request: one mixture of settings per kind there, all of them elsewhere.
  const mixtures = (['second', 'first', 'reptile'] as const).flatMap((kind, first) =>
    ALPHA_MODES.flatMap((alphaMode, second) =>
      [1, 0, 3].map((innerSteps, third) => ({ kind, alphaMode, innerSteps, first, second, third })),
    ),
  );
  const tested = mixtures.filter(
    ({ first, second, third }) => !isGpu || (second === first && third === (first + 1) % 3),
  );
  test.each(isGpu ? (['softplus'] as const) : ACTIVATIONS)(
    'agrees with the reference on every kind of request (%s)',
    async (activation) => {
      const engine = await open();
      for (const { kind, alphaMode, innerSteps, second } of tested) {
        const base = {
          activation,
          kind,
          alphaMode,
          innerSteps,
          sizes: [2, 6, 5, 2],
          supportSets: 1 + second,
        };
        const request = { ...randomRequest(base), wantAdaptedParams: true };
        const got = await engine.metaGradient(request);
        const expected = await reference.metaGradient(request);
        const where = `${kind} ${alphaMode} k = ${innerSteps}`;
        for (const name of [
          'metaGradient',
          'alphaGradient',
          'supportLosses',
          'queryLosses',
          'adaptedParams',
        ] as const) {
          expect(relativeError(got[name]!, expected[name]!), `${name}, ${where}`).toBeLessThan(TOLERANCE);
        }
        expect(got.innerGradientNorm, where).toBeCloseTo(expected.innerGradientNorm, 3);
      }
    },
  );

  test('adapts like the reference', async () => {
    const engine = await open();
    for (const innerSteps of isGpu ? [2] : [0, 1, 4]) {
      const request = { ...randomRequest({ innerSteps, supportSets: 3 }), wantAdaptedParams: true };
      const got = await engine.adapt(request);
      const expected = await reference.adapt(request);
      expect(got.supportLosses).toHaveLength((innerSteps + 1) * 3);
      expect(relativeError(got.supportLosses, expected.supportLosses)).toBeLessThan(TOLERANCE);
      expect(relativeError(got.queryLosses, expected.queryLosses)).toBeLessThan(TOLERANCE);
      expect(relativeError(got.adaptedParams!, expected.adaptedParams!)).toBeLessThan(TOLERANCE);
    }
  });

  test('gives the same numbers bit for bit for the same request', async () => {
    const request = randomRequest({ sizes: [1, 20, 20, 1], activation: 'relu' });
    const first = await (await open()).metaGradient(request);
    expect(await (await open()).metaGradient(request)).toEqual(first);
  });

  test('passes on non-finite numbers', async () => {
    const request = randomRequest({ activation: 'relu', alpha: 1e30, innerSteps: 3 });
    const { queryLosses } = await (await open()).metaGradient(request);
    // WGSL may assume that NaN does not exist, but an overflow must still not look like a usable loss.
    expect(queryLosses.every((loss) => Number.isFinite(loss) && loss < 1e6)).toBe(false);
  });

  // The issue asks for 500 steps; on cpu and on a software GPU fewer show the same in bearable time.
  const steps = id === 'composed-wasm' ? 500 : isGpu ? 6 : 100;
  // fused-wasm has no tensors; its own tests watch its memory.
  it.skipIf(id === 'fused-wasm' || (isGpu && !gpu))(`leaves no tensor behind in ${steps} steps`, async () => {
    const engine = await open();
    const size = { sizes: [1, 3, 1], taskCount: 2 };
    const requests = (['second', 'first', 'reptile'] as const).flatMap((kind) =>
      [0, 1].map((innerSteps) => randomRequest({ ...size, kind, innerSteps, wantAlphaGradient: true })),
    );
    await engine.metaGradient(requests[0]!);
    const { numTensors, numDataBuffers } = memory();
    for (let step = 0; step < steps; step++) {
      await engine.metaGradient(requests[step % requests.length]!);
      if (step % 10 === 0) await engine.adapt(requests[step % requests.length]!);
      expect(memory().numTensors).toBe(numTensors);
    }
    expect(memory().numDataBuffers).toBe(numDataBuffers);
  });
});

describe('engines side by side', () => {
  it('may be asked at the same time', async () => {
    const ids: readonly EngineId[] = gpu
      ? [...ENGINES, 'fused-webgpu']
      : ['fused-wasm', 'composed-cpu', 'composed-wasm'];
    const engines = await Promise.all(ids.map(async (id) => createEngine(id, await nodeResources(id))));
    const request = randomRequest();
    const expected = await reference.metaGradient(request);
    const asked = [...engines, ...engines].map((engine) => engine.metaGradient(request));
    for (const result of await Promise.all(asked)) {
      expect(relativeError(result.metaGradient, expected.metaGradient)).toBeLessThan(TOLERANCE);
    }
  });
});
