// What would compute, as far as it can be known before an engine is opened.
import { describeAdapter } from '../gradients/describe-adapter.ts';
import { engineWords } from '../words/engines.ts';
import type { Probe } from './engine-race.ts';

/** An engine that runs wherever this script does. */
export function available(detail: string): Probe {
  return { kind: 'available', detail, isSoftware: false };
}

/** The graphics adapter behind WebGPU; `gpu` is absent where the browser has none. */
export async function probeGpu(gpu: GPU | undefined): Promise<Probe> {
  if (gpu === undefined) return { kind: 'unavailable', reason: engineWords.noWebGpu };
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (adapter === null) return { kind: 'unavailable', reason: engineWords.noAdapter };
  return { kind: 'available', ...describeAdapter(adapter) };
}
