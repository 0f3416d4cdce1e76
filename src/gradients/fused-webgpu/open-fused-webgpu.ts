// Opens the engine 'fused-webgpu' on tfjs's WebGPU backend and device.
import type { BackendResources } from '../backend-resources.ts';
import type { AdapterDescription } from '../describe-adapter.ts';
import type { MetaGradientEngine } from '../meta-gradient.ts';
import { openBackend } from '../open-backend.ts';
import { createFusedWebGpuEngine } from './fused-webgpu-engine.ts';

/** Throws a BackendUnavailableError where there is no WebGPU adapter. */
export async function openFusedWebGpu(
  resources: BackendResources,
): Promise<{ readonly engine: MetaGradientEngine; readonly adapter: AdapterDescription }> {
  const opened = await openBackend('webgpu', resources);
  return {
    engine: createFusedWebGpuEngine(opened),
    adapter: opened.adapter ?? { detail: 'unnamed adapter', isSoftware: false },
  };
}
