// Opens the engine 'fused-wasm': fetches and instantiates its compiled kernels.
import type { BackendResources } from '../backend-resources.ts';
import { BackendUnavailableError } from '../backend-unavailable-error.ts';
import type { MetaGradientEngine } from '../meta-gradient.ts';

/** Throws a BackendUnavailableError where WebAssembly has no SIMD or the kernels cannot be fetched. */
export async function openFusedWasm(_resources: BackendResources): Promise<MetaGradientEngine> {
  throw new BackendUnavailableError('fused-wasm: its kernels are not written yet. Use another engine.');
}
