import { afterEach, describe, expect, it, vi } from 'vitest';
import { lossAndGradient } from '../../models/mlp-arrays.ts';
import { BackendUnavailableError } from '../backend-unavailable-error.ts';
import { createEngine } from '../create-engine.ts';
import { randomRequest, relativeError } from '../random-request.testing.ts';
import { layoutArena } from './arena.ts';
import { openKernels } from './compiled.testing.ts';
import { loadKernels } from './kernels.ts';
import { writeRecords } from './write-records.ts';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe('loading', () => {
  it('says so where WebAssembly has no SIMD', async () => {
    vi.spyOn(WebAssembly, 'validate').mockReturnValue(false);
    const loading = loadKernels('never-fetched.wasm');
    await expect(loading).rejects.toThrow(BackendUnavailableError);
    await expect(loading).rejects.toThrow(/this browser's WebAssembly has no SIMD/);
  });

  it('says so where the file is not there', async () => {
    vi.stubGlobal('fetch', async () => new Response('', { status: 404 }));
    await expect(loadKernels('gone.wasm')).rejects.toThrow(/its kernels at gone\.wasm came with status 404/);
  });

  it('says so where nobody named the kernels', async () => {
    await expect(createEngine('fused-wasm', {})).rejects.toThrow(/resources\.fusedWasm is missing/);
  });

  it('fetches from an address', async () => {
    const bytes = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0);
    const fetched = vi.fn(async () => new Response(bytes));
    vi.stubGlobal('fetch', fetched);
    await loadKernels('kernels.wasm');
    expect(fetched).toHaveBeenCalledWith('kernels.wasm');
  });
});

describe('building blocks', () => {
  const { shape, metaParams, tasks } = randomRequest({ sizes: [2, 9, 6, 2], supportSize: 40, taskCount: 1 });
  const points = { x: tasks.supportX, y: tasks.supportY };

  async function prepare() {
    const kernels = await openKernels();
    const arena = layoutArena(
      {
        shape,
        taskCount: 1,
        supportSets: 1,
        supportSize: 40,
        querySize: 1,
        innerSteps: 0,
        keepsPasses: false,
        keepsGradients: false,
        wantsAdapted: false,
        lossRows: 1,
      },
      kernels.arenaStart(),
    );
    kernels.memory.grow(Math.ceil(arena.end / 65_536));
    writeRecords(kernels.memory, arena);
    const floats = new Float32Array(kernels.memory.buffer);
    const write = (values: Float64Array, to: number) => {
      floats.set(values, arena.flat / 4);
      kernels.packParams(arena.net, arena.flat, to);
    };
    const read = (from: number) => {
      kernels.unpackParams(arena.net, from, arena.flat);
      return floats.slice(arena.flat / 4, arena.flat / 4 + arena.paramCount);
    };
    floats.set(points.x, arena.supportX / 4);
    floats.set(points.y, arena.supportY / 4);
    write(Float64Array.from(metaParams), arena.path);
    return { kernels, arena, write, read };
  }

  it('gives loss, gradient and Hessian products of N points', async () => {
    const { kernels, arena, write, read } = await prepare();
    const { net, path, supportX, supportY, gradients, cotangent, total } = arena;
    const pass = arena.passes[0]!.record;
    const loss = kernels.lossGradient(net, pass, path, supportX, supportY, gradients);
    const expected = lossAndGradient(shape, metaParams, points);
    expect(loss).toBeCloseTo(expected.loss, 5);
    expect(relativeError(read(gradients), expected.gradient)).toBeLessThan(1e-5);

    const v = Float64Array.from(metaParams, (_, at) => Math.sin(at + 1));
    write(v, cotangent);
    kernels.addHessianVectorProduct(net, pass, path, cotangent, total);
    // Central differences of the float64 gradient.
    const step = 1e-5;
    const at = (sign: number) =>
      lossAndGradient(
        shape,
        metaParams.map((value, i) => value + sign * step * v[i]!),
        points,
      ).gradient;
    const [above, below] = [at(1), at(-1)];
    const product = above.map((value, i) => (value - below[i]!) / (2 * step));
    expect(relativeError(read(total), product)).toBeLessThan(1e-5);
    expect(kernels.lossOnly(net, pass, path, supportX, supportY)).toBe(loss);
  });
});
