// Opens the engine 'fused-wasm': fetches and instantiates its compiled kernels. Loads no tfjs.
import type { BackendResources } from '../backend-resources.ts';
import type { MetaGradientEngine } from '../meta-gradient.ts';
import { createFusedWasmEngine } from './fused-wasm-engine.ts';
import { kernelSource, loadKernels } from './kernels.ts';

/** Throws a BackendUnavailableError where WebAssembly has no SIMD or the kernels cannot be had. */
export async function openFusedWasm(resources: BackendResources): Promise<MetaGradientEngine> {
  return createFusedWasmEngine(await loadKernels(kernelSource(resources)));
}
