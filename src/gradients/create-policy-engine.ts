// Makes the policy-gradient engine of an id and says who acts in roll-outs beside it. Which one suits this machine is
// measured elsewhere; this only opens what is asked.
import type { FloatArray } from '../math/arrays.ts';
import { createActor, type GaussianPolicyShape } from '../models/gaussian-policy.ts';
import type { RowActor } from '../tasks/trajectories.ts';
import type { BackendResources } from './backend-resources.ts';
import type { ComposedPolicyId } from './composed-policy/composed-policy-engine.ts';
import type { BackendName } from './open-backend.ts';
import type { PolicyGradientEngine } from './policy-gradient.ts';

export const POLICY_ENGINE_IDS = [
  'fused-wasm',
  'reference',
  'composed-wasm',
  'composed-webgpu',
  'composed-cpu',
] as const;
export type PolicyEngineId = (typeof POLICY_ENGINE_IDS)[number];

const BACKENDS: Readonly<Record<ComposedPolicyId, BackendName>> = {
  'composed-cpu': 'cpu',
  'composed-wasm': 'wasm',
  'composed-webgpu': 'webgpu',
};

/** The policy `params` [P] for exactly `rows` observations at a time; params are copied. */
export type OpenPolicyActor = (shape: GaussianPolicyShape, params: FloatArray, rows: number) => RowActor;

/** A policy-gradient engine, what computes behind it in words for the user, and actors as fast as it can offer. */
export interface CreatedPolicyEngine {
  readonly engine: PolicyGradientEngine;
  /** Such as "SIMD, one thread". */
  readonly detail: string;
  /** True for WebGPU on a software adapter, which must never be chosen for speed. */
  readonly isSoftware: boolean;
  /** Roll-outs by different engines' actors differ in their last digits, and so, in time, in what they see. */
  readonly openActor: OpenPolicyActor;
}

/** Opens engine `id`. Throws a BackendUnavailableError with the remedy when this environment cannot run it. */
export async function openPolicyEngine(
  id: PolicyEngineId,
  resources: BackendResources,
): Promise<CreatedPolicyEngine> {
  if (id === 'fused-wasm') {
    const { openFusedPolicyKernels } = await import('./fused-wasm/open-fused-policy.ts');
    const { kernelSource } = await import('./fused-wasm/kernels.ts');
    const { createKernelPolicyEngine } = await import('./policy-objective.ts');
    const kernels = await openFusedPolicyKernels(kernelSource(resources));
    return {
      engine: createKernelPolicyEngine(kernels),
      detail: 'SIMD, one thread',
      isSoftware: false,
      openActor: kernels.openActor,
    };
  }
  if (id === 'reference') {
    const { createReferencePolicyEngine } = await import('./reference-policy/reference-policy-engine.ts');
    return {
      engine: createReferencePolicyEngine(),
      detail: 'float64 loops',
      isSoftware: false,
      openActor: createActor,
    };
  }
  return openComposed(id, resources);
}

/** Fetched on demand, so that tfjs is not loaded for the others. */
async function openComposed(id: ComposedPolicyId, resources: BackendResources): Promise<CreatedPolicyEngine> {
  const { openBackend } = await import('./open-backend.ts');
  const { createComposedPolicyEngine } = await import('./composed-policy/composed-policy-engine.ts');
  const opened = await openBackend(BACKENDS[id], resources);
  // A roll-out asks for twenty rows at a time, which tensors are too slow for.
  const acting = await openPolicyEngine('fused-wasm', resources).catch(() => null);
  return {
    engine: createComposedPolicyEngine(id, opened),
    detail: opened.adapter?.detail ?? '',
    isSoftware: opened.adapter?.isSoftware ?? false,
    openActor: acting?.openActor ?? createActor,
  };
}

/** openPolicyEngine's engine alone. */
export async function createPolicyEngine(
  id: PolicyEngineId,
  resources: BackendResources,
): Promise<PolicyGradientEngine> {
  return (await openPolicyEngine(id, resources)).engine;
}

/** openPolicyEngine's actors alone: SIMD where it can be had, float64 loops for 'reference'. */
export async function openPolicyActor(
  id: PolicyEngineId,
  resources: BackendResources,
): Promise<OpenPolicyActor> {
  return (await openPolicyEngine(id, resources)).openActor;
}
