// fused-webgpu's random draws against math/rng.ts, and its sine and normal numbers against float64, in a kernel of their
// own. In cli/ for Dawn's sake.
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { SAMPLING_SOURCE } from '../gradients/fused-webgpu/sampling-source.ts';
import { openBackend } from '../gradients/open-backend.ts';
import { bits, foldIn, type Key, key, normal, uniform } from '../math/rng.ts';
import { gpuInNode, nodeResources } from './node-backends.ts';

vi.setConfig({ testTimeout: 60_000 });
const gpu = await gpuInNode();
const COUNT = 4096;
const SOURCE_KEY = foldIn(key(7), 11);
const ABOVE_MINUS_ONE = -1 + 2 ** -24;

let device: GPUDevice;

/** `numbers` [COUNT] as a kernel computes them: `expression` in WGSL of index `i` and the key `source`. */
async function computed(expression: string, source: Key = SOURCE_KEY): Promise<Uint32Array> {
  const code = `
struct Training { zero : u32, key0 : u32, key1 : u32, unused : u32 }
@group(0) @binding(0) var<uniform> training : Training;
@group(0) @binding(1) var<storage, read_write> numbers : array<u32>;
${SAMPLING_SOURCE}
@compute @workgroup_size(32)
fn main(@builtin(global_invocation_id) id : vec3u) {
  let i = id.x;
  let source = vec2u(training.key0, training.key1);
  numbers[i] = bitcast<u32>(${expression});
}`;
  const module = device.createShaderModule({ code });
  const pipeline = device.createComputePipeline({ layout: 'auto', compute: { module, entryPoint: 'main' } });
  const uniforms = device.createBuffer({ size: 16, usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST });
  device.queue.writeBuffer(uniforms, 0, Uint32Array.of(0, source[0], source[1], 0));
  const storage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC;
  const numbers = device.createBuffer({ size: 4 * COUNT, usage: storage });
  const usage = GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST;
  const readBack = device.createBuffer({ size: 4 * COUNT, usage });
  const entries = [uniforms, numbers].map((buffer, binding) => ({ binding, resource: { buffer } }));
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries }));
  pass.dispatchWorkgroups(COUNT / 32);
  pass.end();
  encoder.copyBufferToBuffer(numbers, 0, readBack, 0, 4 * COUNT);
  device.queue.submit([encoder.finish()]);
  await readBack.mapAsync(GPUMapMode.READ);
  const words = new Uint32Array(readBack.getMappedRange().slice(0));
  for (const buffer of [uniforms, numbers, readBack]) buffer.destroy();
  return words;
}

const floats = (words: Uint32Array) => new Float32Array(words.buffer);
const largestError = (got: Float32Array, expected: (i: number) => number) =>
  got.reduce((worst, value, i) => Math.max(worst, Math.abs(value - expected(i))), 0);
const expression = (value: number) => `f32(${value})`;

describe.skipIf(!gpu)('draws on webgpu', () => {
  beforeAll(async () => {
    device = (await openBackend('webgpu', await nodeResources('fused-webgpu'))).device!;
  });

  it('fold keys and draw words as math/rng.ts, bit for bit', async () => {
    const words = await computed('threefry(source, i).x ^ threefry(source, i).y');
    expect(words).toEqual(bits(SOURCE_KEY, COUNT));
    const folded = await computed('foldKey(source, i).x + 3u * foldKey(source, i).y');
    const expected = Uint32Array.from({ length: COUNT }, (_, i) => {
      const [first, second] = foldIn(SOURCE_KEY, i);
      return first + 3 * second;
    });
    expect(folded).toEqual(expected);
  });

  it.each([
    [0, 1],
    [-5, 5],
    [0.1, 4.9],
    [-3.3, 7.7],
  ])('draw uniform numbers in [%f, %f) bit for bit', async (min, max) => {
    const span = Math.fround(Math.fround(max) - Math.fround(min));
    const low = expression(Math.fround(min));
    const words = await computed(`uniformIn(unitUniform(source, i), ${low}, ${expression(span)})`);
    expect(words).toEqual(new Uint32Array(uniform(SOURCE_KEY, COUNT, min, max).buffer));
  });

  it('draw normal numbers to 1e-6', async () => {
    const span = Math.fround(1 - ABOVE_MINUS_ONE);
    const unit = `uniformIn(unitUniform(source, i), ${expression(ABOVE_MINUS_ONE)}, ${expression(span)})`;
    const expected = normal(SOURCE_KEY, COUNT);
    expect(largestError(floats(await computed(`normalOf(${unit})`)), (i) => expected[i]!)).toBeLessThan(1e-6);
  });

  it('evaluate sin(x − φ) to 4e-7 for |x| ≤ 20, 0 ≤ φ ≤ 7', async () => {
    const x = uniform(SOURCE_KEY, COUNT, -20, 20);
    const phase = uniform(foldIn(SOURCE_KEY, 1), COUNT, 0, 7);
    const got = await computed(
      'sineOfDifference(uniformIn(unitUniform(source, i), -20.0, 40.0), uniformIn(unitUniform(foldKey(source, 1u), i), 0.0, 7.0))',
    );
    expect(largestError(floats(got), (i) => Math.sin(x[i]! - phase[i]!))).toBeLessThan(4e-7);
    const sine = await computed('sineOfDifference(uniformIn(unitUniform(source, i), -20.0, 40.0), 0.0)');
    expect(largestError(floats(sine), (i) => Math.sin(x[i]!))).toBeLessThan(2e-7);
  });
});
