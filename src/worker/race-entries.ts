// The engines that a browser's worker can offer, in the order in which they race: quick to open first.

import type { BackendResources } from '../gradients/backend-resources.ts';
import { openEngine } from '../gradients/create-engine.ts';
import type { EngineId, MetaGradientEngine } from '../gradients/meta-gradient.ts';
import { engineWords } from '../words/engines.ts';
import { available, probeGpu } from './engine-probes.ts';
import type { Probe, RaceEntry } from './engine-race.ts';

/** Entries whose engines are opened with `resources`. */
export function createRaceEntries(resources: BackendResources): RaceEntry<MetaGradientEngine>[] {
  const entry = (
    id: EngineId,
    probe: () => Probe | Promise<Probe>,
    beatenBy: readonly EngineId[] = [],
  ): RaceEntry<MetaGradientEngine> => ({
    id,
    beatenBy,
    probe: async () => probe(),
    open: async () => (await openEngine(id, resources)).engine,
  });
  let gpu: Promise<Probe> | undefined;
  const probeOnce = (): Promise<Probe> => {
    gpu ??= probeGpu(resources.gpu);
    return gpu;
  };
  return [
    entry('fused-wasm', () => available(engineWords.oneThread)),
    entry('reference', () => available(''), ['fused-wasm']),
    entry('fused-webgpu', probeOnce),
    entry('composed-wasm', () => available(engineWords.oneThread), ['fused-wasm']),
    entry('composed-webgpu', probeOnce, ['fused-webgpu']),
    entry('composed-cpu', () => available(''), ['fused-wasm', 'reference', 'composed-wasm']),
  ];
}
