// The compiled kernels for tests, which run in Node.
import { readFileSync } from 'node:fs';
import type { MetaGradientEngine } from '../meta-gradient.ts';
import { createFusedWasmEngine } from './fused-wasm-engine.ts';
import { type Kernels, loadKernels, type PolicyModule } from './kernels.ts';

/** A module of its own each time. */
export function openKernels(): Promise<Kernels & PolicyModule> {
  return loadKernels(readFileSync(new URL('./generated/fused.wasm', import.meta.url)));
}

/** An engine of its own each time, and the kernels it runs on. */
export async function openEngine(): Promise<{ engine: MetaGradientEngine; kernels: Kernels }> {
  const kernels = await openKernels();
  return { engine: createFusedWasmEngine(kernels), kernels };
}
