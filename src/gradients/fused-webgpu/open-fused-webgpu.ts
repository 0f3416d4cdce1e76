// Opens the engine 'fused-webgpu' on tfjs's WebGPU backend and device.
import type { BackendResources } from '../backend-resources.ts';
import { BackendUnavailableError } from '../backend-unavailable-error.ts';
import type { AdapterDescription } from '../describe-adapter.ts';
import type { MetaGradientEngine } from '../meta-gradient.ts';

/** Throws a BackendUnavailableError where there is no WebGPU adapter. */
export async function openFusedWebGpu(
  _resources: BackendResources,
): Promise<{ readonly engine: MetaGradientEngine; readonly adapter: AdapterDescription }> {
  throw new BackendUnavailableError('fused-webgpu: its kernels are not written yet. Use another engine.');
}
