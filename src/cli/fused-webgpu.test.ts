// fused-webgpu against the golden cases and the float64 reference. In cli/ because Dawn, the WebGPU of Node, may only be
// loaded here. A software adapter takes seconds to compile a kernel: cases are chosen to share them.
import { afterAll, describe, expect, it, vi } from 'vitest';
import { ACTIVATIONS, ALPHA_MODES } from '../experiment/experiment.ts';
import { loadFixtures } from '../gradients/fixtures/load-fixtures.ts';
import { createFusedWebGpuEngine } from '../gradients/fused-webgpu/fused-webgpu-engine.ts';
import { compareGolden, isWithin, runGoldenCase } from '../gradients/golden-case.ts';
import type { MetaGradientEngine, MetaGradientRequest } from '../gradients/meta-gradient.ts';
import { type OpenBackend, openBackend } from '../gradients/open-backend.ts';
import { type RequestOptions, randomRequest, relativeError } from '../gradients/random-request.testing.ts';
import { createReferenceEngine } from '../gradients/reference/reference-engine.ts';
import { gpuInNode, nodeResources } from './node-backends.ts';

// For machines whose only GPU is software.
vi.setConfig({ testTimeout: 240_000 });
const TOLERANCE = 1e-4;
const gpu = await gpuInNode();
if (!gpu) console.warn('fused-webgpu is not tested: Dawn finds no WebGPU adapter on this machine.');
const reference = createReferenceEngine();

let opened: OpenBackend;
let engine: MetaGradientEngine;
/** On a software adapter one point per thread: slower, but its kernels compile in half the time. */
let narrow: MetaGradientEngine;
const errors: string[] = [];
if (gpu) {
  opened = await openBackend('webgpu', await nodeResources('fused-webgpu'));
  opened.device?.addEventListener('uncapturederror', ({ error }) => errors.push(error.message));
  engine = createFusedWebGpuEngine(opened);
  const tuning = { threads: 4, workgroupBytes: 0, rows: 1 };
  narrow = opened.adapter?.isSoftware ? createFusedWebGpuEngine(opened, { tuning }) : engine;
}

async function expectAgreement(on: MetaGradientEngine, request: MetaGradientRequest, where: string) {
  const got = await on.metaGradient({ ...request, wantAdaptedParams: true });
  const expected = await reference.metaGradient({ ...request, wantAdaptedParams: true });
  for (const name of ['metaGradient', 'supportLosses', 'queryLosses', 'adaptedParams'] as const) {
    expect(relativeError(got[name]!, expected[name]!), `${name}, ${where}`).toBeLessThan(TOLERANCE);
  }
  expect(got.alphaGradient === undefined).toBe(!request.wantAlphaGradient);
  if (request.wantAlphaGradient) {
    const error = relativeError(got.alphaGradient!, expected.alphaGradient!);
    expect(error, `alphaGradient, ${where}`).toBeLessThan(TOLERANCE);
  }
  expect(got.innerGradientNorm, where).toBeCloseTo(expected.innerGradientNorm, 3);
}

describe.skipIf(!gpu)('fused-webgpu', () => {
  afterAll(() => expect(errors).toEqual([]));

  it.each(loadFixtures().map((golden) => [golden.name, golden] as const))(
    'meets golden case %s',
    async (_, golden) => {
      const isLarge = golden.name === 'maml-paper-size';
      const computed = await runGoldenCase(isLarge ? engine : narrow, golden);
      for (const difference of compareGolden(computed, golden.expected)) {
        expect(difference, difference.entry).toSatisfy(() => isWithin(difference, TOLERANCE));
      }
    },
  );

  it.each(ACTIVATIONS)('agrees with the reference on every kind of request (%s)', async (activation) => {
    const kinds = ['second', 'first', 'reptile'] as const;
    // A kernel each takes a while to compile: relu meets all of them, the others those with a way back.
    const kept = activation === 'relu' ? kinds : kinds.slice(0, 1);
    for (const kind of kept) {
      for (const alphaMode of activation === 'relu' ? ALPHA_MODES : (['parameter'] as const)) {
        for (const innerSteps of activation === 'relu' && alphaMode === 'layer' ? [0, 1, 3] : [1, 3]) {
          const options: RequestOptions = {
            activation,
            kind,
            alphaMode,
            innerSteps,
            sizes: [2, 6, 5, 2],
            supportSets: 1 + (innerSteps % 2),
          };
          await expectAgreement(narrow, randomRequest(options), `${kind} ${alphaMode} k = ${innerSteps}`);
        }
      }
    }
  });

  it.each([[[1, 1]], [[3, 7]], [[1, 1, 1]], [[2, 3, 1]], [[1, 33, 1]], [[5, 70, 33, 2]], [[1, 3, 70, 5, 6]]])(
    'handles widths %j',
    async (sizes) => {
      for (const points of [
        { supportSize: 1, querySize: 7 },
        { supportSize: 13, querySize: 2 },
      ]) {
        const alphaMode = 'layer';
        const request = randomRequest({ sizes, activation: 'relu', alphaMode, alpha: 0.01, ...points });
        await expectAgreement(engine, request, `${sizes.join('-')}, ${points.supportSize} points`);
      }
    },
  );

  it('computes the same with many threads and workgroup memory, as for hardware', async () => {
    const tuning = { threads: 32, workgroupBytes: 8192, rows: 4, fitsRows: true };
    const many = createFusedWebGpuEngine(opened, { tuning });
    for (const sizes of [
      [1, 20, 20, 1],
      [2, 6, 5, 2],
    ]) {
      const request = randomRequest({ sizes, activation: 'relu', alphaMode: 'layer', innerSteps: 2 });
      await expectAgreement(many, request, sizes.join('-'));
    }
    many.dispose();
  });

  it('adapts like the reference', async () => {
    for (const innerSteps of [0, 1, 4]) {
      const options: RequestOptions = { innerSteps, supportSets: 3, activation: 'relu', alphaMode: 'layer' };
      const request = { ...randomRequest(options), wantAdaptedParams: true };
      const got = await narrow.adapt(request);
      const expected = await reference.adapt(request);
      for (const name of ['supportLosses', 'queryLosses', 'adaptedParams'] as const) {
        expect(relativeError(got[name]!, expected[name]!), name).toBeLessThan(TOLERANCE);
      }
    }
  });

  it('gives the same numbers for the same request, also when asked twice at a time', async () => {
    const request = randomRequest({ sizes: [1, 20, 20, 1], activation: 'relu', alphaMode: 'layer' });
    const other = randomRequest({ sizes: [1, 4, 1], activation: 'relu', alphaMode: 'layer', taskCount: 5 });
    const [first, between, second] = await Promise.all(
      [request, other, request].map((asked) => narrow.metaGradient(asked)),
    );
    expect(second).toEqual(first);
    expect(between!.queryLosses).toHaveLength(5);
  });

  it('passes on non-finite numbers', async () => {
    const request = randomRequest({ activation: 'relu', alphaMode: 'layer', alpha: 1e30, innerSteps: 3 });
    const { queryLosses } = await narrow.metaGradient(request);
    expect(queryLosses.every((loss) => Number.isFinite(loss) && loss < 1e6)).toBe(false);
  });

  it('makes no new buffers for the same kind of request', async () => {
    const request = randomRequest({ activation: 'relu', alphaMode: 'layer', innerSteps: 2 });
    await narrow.metaGradient(request);
    const made = vi.spyOn(opened.device!, 'createBuffer');
    const compiled = vi.spyOn(opened.device!, 'createComputePipelineAsync');
    for (let i = 0; i < 100; i++) await narrow.metaGradient(request);
    expect(made).not.toHaveBeenCalled();
    expect(compiled).not.toHaveBeenCalled();
    made.mockRestore();
    compiled.mockRestore();
  });

  it('says what is too big', () => {
    const limits = { shape: randomRequest().shape, innerSteps: 1, taskCount: 25, points: 10 };
    expect(engine.unsupported?.(limits)).toBeNull();
    expect(engine.unsupported?.({ ...limits, taskCount: 1e6 })).toMatch(
      /holds up to 65535 tasks.*got 1000000/,
    );
    const wide = { sizes: [1, 4000, 4000, 1], activation: 'relu' as const };
    expect(engine.unsupported?.({ ...limits, shape: wide })).toMatch(/holds up to \d+ MiB.*need \d+ MiB/);
    const deep = { sizes: Array.from({ length: 20 }, () => 2), activation: 'relu' as const };
    expect(engine.unsupported?.({ ...limits, shape: deep })).toMatch(/holds up to 16 layers; got 19/);
  });
});
