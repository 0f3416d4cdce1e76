// Engines in what the page says: their names (words/engine-names.ts) in place of their ids.
import { ENGINE_IDS, type EngineId } from '../gradients/meta-gradient.ts';
import { engineNames } from '../words/engine-names.ts';
import type { EngineFallback } from '../worker/protocol.ts';

export const ENGINE_NAMES: Readonly<Record<EngineId, string>> = engineNames;

/** A sentence in which engine ids have become names, with a capital at its start unless a name stands there. */
export function withEngineNames(text: string): string {
  let named = text;
  for (const id of ENGINE_IDS) named = named.replaceAll(id, ENGINE_NAMES[id]);
  const startsWithName = ENGINE_IDS.some((id) => named.startsWith(ENGINE_NAMES[id]));
  return startsWithName ? named : named.charAt(0).toUpperCase() + named.slice(1);
}

/** Why the engine asked for does not compute, as a sentence that names it. */
export function fallbackReason({ asked, reason }: EngineFallback): string {
  const named = withEngineNames(reason.includes(asked) ? reason : `${asked}: ${reason}`);
  return /[.!?]$/.test(named) ? named : `${named}.`;
}
