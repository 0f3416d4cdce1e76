// What the engines need in Node: tfjs's .wasm files out of node_modules, and Dawn (the npm package `webgpu`) with a
// real GPU or, without one, Chromium's SwiftShader.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { BackendResources, WasmFiles } from '../gradients/backend-resources.ts';
import type { EngineId } from '../gradients/meta-gradient.ts';

/** Where distributions and browsers put the Vulkan driver description of SwiftShader. */
const SWIFTSHADER_PLACES = [
  '/usr/lib/chromium/vk_swiftshader_icd.json',
  '/usr/lib/chromium-browser/vk_swiftshader_icd.json',
  '/opt/google/chrome/vk_swiftshader_icd.json',
  '/opt/chromium/vk_swiftshader_icd.json',
  '/snap/chromium/current/usr/lib/chromium-browser/vk_swiftshader_icd.json',
];

/** The .wasm files of the installed tfjs. */
export function wasmFilesInNode(): WasmFiles {
  const folder = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'));
  return {
    plain: join(folder, 'tfjs-backend-wasm.wasm'),
    simd: join(folder, 'tfjs-backend-wasm-simd.wasm'),
  };
}

const FUSED_WASM = new URL('../gradients/fused-wasm/generated/fused.wasm', import.meta.url);

/** The compiled kernels of fused-wasm; scripts/build-kernels.mjs makes the file. */
export async function fusedWasmInNode(): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await readFile(FUSED_WASM));
}

let dawn: Promise<GPU | undefined> | undefined;

/**
 * A GPU object for Node, or undefined where Dawn cannot be loaded or finds no adapter. Also sets what tfjs looks for:
 * WebGPU's globals (GPUBufferUsage, …) and navigator.gpu. Tries the machine's own drivers first, then SwiftShader.
 */
export function gpuInNode(): Promise<GPU | undefined> {
  dawn ??= openDawn().then((gpu) => {
    if (gpu) installNavigatorGpu(gpu);
    return gpu;
  });
  return dawn;
}

function installNavigatorGpu(gpu: GPU): void {
  // Node has a navigator of its own only since version 21.
  if (!('navigator' in globalThis)) Object.defineProperty(globalThis, 'navigator', { value: {} });
  Object.defineProperty(globalThis.navigator, 'gpu', { value: gpu, configurable: true });
}

async function openDawn(): Promise<GPU | undefined> {
  try {
    const { create, globals } = await import('webgpu');
    Object.assign(globalThis, globals);
    const own = create([]);
    if (await own.requestAdapter()) return own;
    const driver = SWIFTSHADER_PLACES.find((place) => existsSync(place));
    if (!driver || process.env.VK_DRIVER_FILES) return undefined;
    process.env.VK_DRIVER_FILES = driver;
    const software = create([]);
    return (await software.requestAdapter()) ? software : undefined;
  } catch {
    // No build of Dawn for this platform or no Vulkan loader: the same as having no GPU.
    return undefined;
  }
}

/** What `createEngine(id, …)` needs in Node; Dawn is only started when `id` needs it. */
export async function nodeResources(id: EngineId): Promise<BackendResources> {
  const gpu = id.endsWith('webgpu') ? await gpuInNode() : undefined;
  const fusedWasm = id === 'fused-wasm' ? await fusedWasmInNode() : undefined;
  return { wasmFiles: wasmFilesInNode(), ...(gpu && { gpu }), ...(fusedWasm && { fusedWasm }) };
}
