// The composed engines for policies where they matter, on wasm and WebGPU: against the golden cases and the float64
// reference. In cli/ because Dawn, the WebGPU of Node, may only be loaded here.
import { memory } from '@tensorflow/tfjs-core';
import { describe, expect, it, vi } from 'vitest';
import {
  comparePolicies,
  mixedRequest,
  runIteration,
} from '../gradients/composed-policy/compare-policies.testing.ts';
import { createPolicyEngine } from '../gradients/create-policy-engine.ts';
import { readFixture } from '../gradients/fixtures/load-fixtures.ts';
import { compareGolden } from '../gradients/golden-case.ts';
import { createReferencePolicyEngine } from '../gradients/reference-policy/reference-policy-engine.ts';
import { parseRlGoldenCase, runRlGoldenCase } from '../gradients/rl-golden-case.ts';
import { gpuInNode, nodeResources } from './node-backends.ts';

// For machines whose only GPU is software.
vi.setConfig({ testTimeout: 240_000 });

const gpu = await gpuInNode();
if (!gpu) console.warn('composed-webgpu is not tested: Dawn finds no WebGPU adapter on this machine.');
const reference = createReferencePolicyEngine();

describe.each(['composed-wasm', 'composed-webgpu'] as const)('%s for policies', (id) => {
  const isGpu = id === 'composed-webgpu';
  const test = it.skipIf(isGpu && !gpu);
  const open = async () => createPolicyEngine(id, await nodeResources(id));

  test.each(['rl-maml-1', 'rl-maml-2'])('meets golden case %s', async (name) => {
    const golden = parseRlGoldenCase(readFixture(name));
    const computed = await runRlGoldenCase(await open(), golden);
    for (const { entry, relative } of compareGolden(computed, golden.expected)) {
      expect(relative, entry).toBeLessThan(1e-4);
    }
  });

  const seeds = Array.from({ length: isGpu ? 12 : 110 }, (_, at) => (isGpu ? 11 * at : at));
  test(`agrees with the reference on ${seeds.length} requests of a mixture`, async () => {
    const engine = await open();
    for (const seed of seeds) {
      const { name, request } = mixedRequest(seed);
      for (const [quantity, error] of Object.entries(await comparePolicies(engine, reference, request))) {
        expect(error, `${quantity}, ${name}`).toBeLessThan(2e-5);
      }
    }
  });

  test('gives the same numbers bit for bit for the same request', async () => {
    const { request } = mixedRequest(10);
    const engine = await open();
    const first = await engine.open(request);
    const second = await engine.open(request);
    expect(await second.gradient()).toEqual(await first.gradient());
    const vector = request.metaParams;
    expect(await second.klHessianVector(vector)).toEqual(await first.klHessianVector(vector));
    engine.dispose();
  });

  test('holds the same number of tensors over 20 meta-iterations, and none afterwards', async () => {
    const engine = await open();
    const { request } = mixedRequest(10);
    const before = memory();
    for (let iteration = 0; iteration < 20; iteration++) {
      (await runIteration(engine, request)).release();
      expect(memory().numTensors).toBe(before.numTensors);
    }
    expect(memory().numDataBuffers).toBe(before.numDataBuffers);
  });
});

describe('a WebGPU device that goes away under a policy engine', () => {
  it.skipIf(!gpu)('is reported by `lost`, and the next request rejects', async () => {
    const engine = await createPolicyEngine('composed-webgpu', await nodeResources('composed-webgpu'));
    const { request } = mixedRequest(0);
    const objective = await engine.open(request);
    engine.destroyDevice?.();
    expect(await engine.lost).toMatch(/\w/);
    await expect(objective.gradient()).rejects.toThrow();
    await expect(engine.open(request).then((opened) => opened.gradient())).rejects.toThrow();
  });
});
