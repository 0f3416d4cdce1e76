// Opens the engine 'fused-wasm': fetches and instantiates its compiled kernels. Loads no tfjs.
import type { BackendResources } from '../backend-resources.ts';
import { BackendUnavailableError } from '../backend-unavailable-error.ts';
import type { MetaGradientEngine } from '../meta-gradient.ts';
import { createFusedWasmEngine } from './fused-wasm-engine.ts';
import { loadKernels } from './kernels.ts';

/** Throws a BackendUnavailableError where WebAssembly has no SIMD or the kernels cannot be had. */
export async function openFusedWasm(resources: BackendResources): Promise<MetaGradientEngine> {
  const { fusedWasm } = resources;
  if (fusedWasm === undefined) {
    throw new BackendUnavailableError(
      'fused-wasm: resources.fusedWasm is missing; expected the address or the bytes of its compiled kernels. ' +
        'Name them where the engine is opened, or use another engine.',
    );
  }
  return createFusedWasmEngine(await loadKernels(fusedWasm));
}
