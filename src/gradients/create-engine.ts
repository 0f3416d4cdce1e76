// Makes the engine of an id. Which engine suits this machine is measured in worker/; this only opens what is asked.
import type { BackendResources } from './backend-resources.ts';
import { describeAdapter } from './describe-adapter.ts';
import type { EngineId, MetaGradientEngine } from './meta-gradient.ts';
import type { BackendName } from './open-backend.ts';

export { describeAdapter };

/** An engine and, in words for the user, what computes behind it. */
export interface CreatedEngine {
  readonly engine: MetaGradientEngine;
  /** Such as "google swiftshader (software)"; empty where there is nothing to say. */
  readonly detail: string;
  /** True for WebGPU on a software adapter, which must never be chosen for speed. */
  readonly isSoftware: boolean;
}

type ComposedId = 'composed-cpu' | 'composed-wasm' | 'composed-webgpu';

const BACKENDS: Readonly<Record<ComposedId, BackendName>> = {
  'composed-cpu': 'cpu',
  'composed-wasm': 'wasm',
  'composed-webgpu': 'webgpu',
};

/** Opens engine `id`. Throws a BackendUnavailableError with the remedy when this environment cannot run it. */
export async function openEngine(id: EngineId, resources: BackendResources): Promise<CreatedEngine> {
  if (id === 'reference') {
    const { createReferenceEngine } = await import('./reference/reference-engine.ts');
    return { engine: createReferenceEngine(), detail: 'float64 loops', isSoftware: false };
  }
  if (id === 'fused-wasm') {
    const { openFusedWasm } = await import('./fused-wasm/open-fused-wasm.ts');
    const engine = await openFusedWasm(resources);
    return { engine, detail: 'SIMD, one thread', isSoftware: false };
  }
  if (id === 'fused-webgpu') {
    const { openFusedWebGpu } = await import('./fused-webgpu/open-fused-webgpu.ts');
    const { engine, adapter } = await openFusedWebGpu(resources);
    return { engine, detail: adapter.detail, isSoftware: adapter.isSoftware };
  }
  // Fetched on demand, so that tfjs is not loaded where the reference engine is enough.
  const { openBackend } = await import('./open-backend.ts');
  const { createComposedEngine } = await import('./composed/composed-engine.ts');
  const opened = await openBackend(BACKENDS[id], resources);
  return {
    engine: createComposedEngine(id, opened),
    detail: opened.adapter?.detail ?? '',
    isSoftware: opened.adapter?.isSoftware ?? false,
  };
}

/** openEngine's engine alone. */
export async function createEngine(id: EngineId, resources: BackendResources): Promise<MetaGradientEngine> {
  return (await openEngine(id, resources)).engine;
}
