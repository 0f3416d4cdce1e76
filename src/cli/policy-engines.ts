// Crews for meta-RL on the command line: an engine by name, in this thread or in a pool of Node's worker threads, which
// computes the same numbers.
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { PolicyCrew } from '../algorithms/meta-rl/crew.ts';
import { createEngineCrew } from '../algorithms/meta-rl/engine-crew.ts';
import {
  type CreatedPolicyEngine,
  openPolicyEngine,
  POLICY_ENGINE_IDS,
  type PolicyEngineId,
} from '../gradients/create-policy-engine.ts';
import type { FromPolicyHelper } from '../worker/policy-helper.ts';
import { createPoolCrew } from '../worker/policy-pool.ts';
import type { PolicyHelperHandle } from '../worker/policy-thread.ts';
import { wholeNumber } from './arguments.ts';
import { nodeResources } from './node-backends.ts';
import { UsageError } from './usage-error.ts';

const clock = () => performance.now();

/** The policy-gradient engine of that id on this machine; rejects with the reason when it cannot be had. */
export async function openPolicyEngineInNode(id: PolicyEngineId): Promise<CreatedPolicyEngine> {
  return openPolicyEngine(id, await nodeResources(id === 'reference' ? 'reference' : id));
}

/** An engine's id, 'auto' or 'fused' for fused-wasm; a UsageError for anything else. */
export function parsePolicyEngine(text: string | undefined): PolicyEngineId {
  if (text === undefined || text === 'auto' || text === 'fused') return 'fused-wasm';
  const id = POLICY_ENGINE_IDS.find((candidate) => candidate === text);
  if (id !== undefined) return id;
  const known = ['auto', ...POLICY_ENGINE_IDS, 'fused'].join(', ');
  throw new UsageError(`There is no engine “${text}” for policies. Known: ${known}.`);
}

/** `--threads`: as many as the machine has cores, up to 8, unless given. */
export function parseThreads(text: string | undefined): number {
  return wholeNumber('threads', text, { min: 1, max: 64 }) ?? Math.min(8, availableParallelism());
}

/** A crew of that engine in `threads` threads; the caller disposes of it. */
export async function openCrew(id: PolicyEngineId, threads: number): Promise<PolicyCrew> {
  const tasksPerShare = id === 'fused-wasm' || id === 'reference' ? 1 : Number.POSITIVE_INFINITY;
  if (threads > 1 && tasksPerShare === 1) return openPool(id, threads);
  const { engine, openActor } = await openPolicyEngineInNode(id);
  return createEngineCrew({ engine, openActor, clock, tasksPerShare });
}

/** A pool of that many threads, also of one; the caller disposes of it. */
export function openPool(engineId: PolicyEngineId, workers: number): Promise<PolicyCrew> {
  return createPoolCrew({ createHelper: startPolicyThread, workers, engineId, clock });
}

/** Node 20 does not hand its loader of TypeScript on to worker threads: they register it themselves. */
const THREAD = `
  const { loader, entry } = require('node:worker_threads').workerData;
  import(loader).then(({ register }) => { register(); return import(entry); });
`;
const LOADER = import.meta.resolve('tsx/esm/api');

function startPolicyThread(): PolicyHelperHandle {
  const entry = new URL('./policy-thread.worker.ts', import.meta.url).href;
  const worker = new Worker(THREAD, { eval: true, workerData: { loader: LOADER, entry } });
  return {
    post: (message) => worker.postMessage(message),
    listen(onMessage) {
      worker.on('message', (message: FromPolicyHelper) => onMessage(message));
      worker.on('error', () => onMessage(null));
    },
    terminate: () => void worker.terminate(),
  };
}
