// Makes the engine of an id. Which engine suits this machine is measured in worker/; this only opens what is asked.
import { describeAdapter } from './describe-adapter.ts';
import type { EngineId, MetaGradientEngine } from './meta-gradient.ts';
import type { BackendName, BackendResources } from './open-backend.ts';

export { describeAdapter };

/** An engine and, in words for the user, what computes behind it. */
export interface CreatedEngine {
  readonly engine: MetaGradientEngine;
  /** Such as "google swiftshader (software)"; empty where there is nothing to say. */
  readonly detail: string;
  /** True for WebGPU on a software adapter, which must never be chosen for speed. */
  readonly isSoftware: boolean;
}

const BACKENDS: Readonly<Record<Exclude<EngineId, 'reference'>, BackendName>> = {
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
