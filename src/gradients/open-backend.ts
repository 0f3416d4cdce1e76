// Opens a tfjs backend, in a browser's worker or in Node. Backends are fetched by dynamic import, so that a page
// without WebGPU does not download it. Choosing among them is worker/'s business, finding files in Node cli/'s.
import { env, findBackendFactory, registerBackend, removeBackend, setBackend } from '@tensorflow/tfjs-core';
import type { BackendResources } from './backend-resources.ts';
import { BackendUnavailableError } from './backend-unavailable-error.ts';
import type { AdapterDescription } from './describe-adapter.ts';
import { describeAdapter } from './describe-adapter.ts';
import { registerSmallMatMul } from './webgpu-mat-mul.ts';

export type BackendName = 'cpu' | 'wasm' | 'webgpu';

/** A backend that is ready to compute. */
export interface OpenBackend {
  readonly name: BackendName;
  /** webgpu: what computes. */
  readonly adapter?: AdapterDescription;
  /** webgpu: the device that tfjs computes on, for engines with kernels of their own. */
  readonly device?: GPUDevice;
  /** webgpu: settles with the cause when the device is gone. */
  readonly lost?: Promise<string>;
  /** webgpu, for tests only: loses the device. */
  readonly destroyDevice?: () => void;
}

const opened = new Map<BackendName, Promise<OpenBackend>>();

/**
 * Opens `name`, once per thread: later calls get the same backend, lost or not (a tfjs backend does not come back;
 * start a new worker). Throws a BackendUnavailableError when this environment has no such backend.
 */
export function openBackend(name: BackendName, resources: BackendResources): Promise<OpenBackend> {
  let opening = opened.get(name);
  if (!opening) {
    const open = { cpu: openCpu, wasm: openWasm, webgpu: openWebGpu }[name];
    opening = open(resources);
    opened.set(name, opening);
    // A failed attempt (a file that was missing, say) may be repeated with better resources.
    opening.catch(() => opened.delete(name));
  }
  return opening;
}

async function openCpu(): Promise<OpenBackend> {
  await import('@tensorflow/tfjs-backend-cpu');
  await activate('cpu');
  return { name: 'cpu' };
}

async function openWasm({ wasmFiles }: BackendResources): Promise<OpenBackend> {
  if (!wasmFiles) {
    throw new BackendUnavailableError(
      "Backend 'wasm': got no file locations, expected resources.wasmFiles. Pass the addresses of tfjs's .wasm files.",
    );
  }
  const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
  setWasmPaths({
    'tfjs-backend-wasm.wasm': wasmFiles.plain,
    'tfjs-backend-wasm-simd.wasm': wasmFiles.simd,
    // tfjs wants a path for each of its files, also for the one that the next line rules out.
    'tfjs-backend-wasm-threaded-simd.wasm': wasmFiles.simd,
  });
  // The threaded build needs blob: workers and cross-origin isolation, and gains nothing on nets this small.
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  await activate('wasm');
  return { name: 'wasm' };
}

async function openWebGpu({ gpu }: BackendResources): Promise<OpenBackend> {
  const adapter = await gpu?.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) {
    throw new BackendUnavailableError(
      `Backend 'webgpu': ${gpu ? 'this machine offers no adapter' : 'this environment has no navigator.gpu'}. ` +
        "Use 'wasm', or a browser with WebGPU switched on.",
    );
  }
  const { WebGPUBackend } = await import('@tensorflow/tfjs-backend-webgpu');
  const device = await adapter.requestDevice(deviceDescriptor(adapter));
  // tfjs's own factory would ask for a device that nobody else can watch or destroy.
  if (findBackendFactory('webgpu')) removeBackend('webgpu');
  registerBackend('webgpu', () => new WebGPUBackend(device, adapter.info));
  registerSmallMatMul(WebGPUBackend);
  await activate('webgpu');
  return {
    name: 'webgpu',
    adapter: describeAdapter(adapter),
    device,
    lost: device.lost.then(({ reason, message }) => message || reason || 'unknown reason'),
    destroyDevice: () => device.destroy(),
  };
}

/** The limits and features that tfjs 4.22 asks for itself. */
function deviceDescriptor(adapter: GPUAdapter): GPUDeviceDescriptor {
  const { limits, features } = adapter;
  return {
    requiredFeatures: features.has('timestamp-query') ? ['timestamp-query'] : [],
    requiredLimits: {
      maxComputeWorkgroupStorageSize: limits.maxComputeWorkgroupStorageSize,
      maxComputeWorkgroupsPerDimension: limits.maxComputeWorkgroupsPerDimension,
      maxStorageBufferBindingSize: limits.maxStorageBufferBindingSize,
      maxBufferSize: limits.maxBufferSize,
      maxComputeWorkgroupSizeX: limits.maxComputeWorkgroupSizeX,
      maxComputeInvocationsPerWorkgroup: limits.maxComputeInvocationsPerWorkgroup,
    },
  };
}

async function activate(name: BackendName): Promise<void> {
  if (await setBackend(name)) return;
  throw new BackendUnavailableError(
    `Backend '${name}': tfjs could not start it (its console output says more). ` +
      (name === 'wasm'
        ? 'Check that the .wasm files are where resources.wasmFiles says.'
        : 'Use another engine.'),
  );
}
