// The engines that a browser's worker can offer, in the order in which they race: quick to open first.

import type { BackendResources } from '../gradients/backend-resources.ts';
import { openEngine } from '../gradients/create-engine.ts';
import { describeAdapter } from '../gradients/describe-adapter.ts';
import type { EngineId } from '../gradients/meta-gradient.ts';
import type { Probe, RaceEntry } from './engine-race.ts';

/** Entries whose engines are opened with `resources`. */
export function createRaceEntries(resources: BackendResources): RaceEntry[] {
  const entry = (
    id: EngineId,
    probe: () => Promise<Probe>,
    skipAtStart: string | null = null,
  ): RaceEntry => ({
    id,
    skipAtStart,
    probe,
    open: async () => (await openEngine(id, resources)).engine,
  });
  return [
    entry('reference', async () => available('plain JavaScript, float64')),
    entry('composed-wasm', async () => available('WebAssembly')),
    entry('composed-webgpu', () => probeGpu(resources.gpu)),
    entry(
      'composed-cpu',
      async () => available('plain JavaScript'),
      'not raced at start: it computes as composed-wasm does, two to three times slower',
    ),
  ];
}

function available(detail: string): Probe {
  return { kind: 'available', detail, isSoftware: false };
}

async function probeGpu(gpu: GPU | undefined): Promise<Probe> {
  if (gpu === undefined) return { kind: 'unavailable', reason: 'this browser has no WebGPU' };
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (adapter === null) return { kind: 'unavailable', reason: 'WebGPU finds no graphics adapter here' };
  return { kind: 'available', ...describeAdapter(adapter) };
}
