// The crews that a browser's worker can offer, in the order in which they race. All of them compute in helper threads,
// so that this one can answer at any moment; where there are none to be had, in this thread, a task at a time.
import type { PolicyCrew } from '../algorithms/meta-rl/crew.ts';
import type { BackendResources } from '../gradients/backend-resources.ts';
import { openPolicyEngine, type PolicyEngineId } from '../gradients/create-policy-engine.ts';
import { engineWords } from '../words/engines.ts';
import { available, probeGpu } from './engine-probes.ts';
import type { RaceEntry } from './engine-race.ts';
import { createLocalThread } from './policy-local-thread.ts';
import { createPoolCrew, type PoolCrewOptions } from './policy-pool.ts';
import type { PolicyHelperHandle } from './policy-thread.ts';

export interface PolicyEntriesOptions {
  readonly resources: BackendResources;
  /** Starts a thread that can open engines with the same resources; throws where there are none. */
  readonly createHelper: () => PolicyHelperHandle;
  /** Processor cores. */
  readonly cores: number;
  /** Milliseconds. */
  readonly clock: () => number;
  /** Resolves in a later macrotask, so that messages get in. */
  readonly yieldMacrotask: () => Promise<void>;
}

const MOST_HELPERS = 8;
/** A whole batch of tasks on a software graphics adapter takes its time, and so does fetching and opening tfjs. */
const BATCH_SILENCE_MS = 120_000;
const BATCH_OPENING_MS = 60_000;

/**
 * Threads of a pool on a machine of so many cores: one core is left to the page, but for two cores, where both pay
 * (docs/decisions/0011-rollout-pool.md).
 */
export function poolSize(cores: number): number {
  return Math.max(Math.min(cores, 2), Math.min(cores - 1, MOST_HELPERS));
}

export function createPolicyRaceEntries(options: PolicyEntriesOptions): RaceEntry<PolicyCrew>[] {
  const { cores } = options;
  const threads = poolSize(cores) === 1 ? engineWords.oneThread : engineWords.threads(poolSize(cores));
  return [
    {
      id: 'fused-wasm',
      beatenBy: [],
      probe: async () => available(engineWords.simd(threads)),
      open: () => openPool(options, 'fused-wasm'),
    },
    {
      id: 'reference',
      beatenBy: ['fused-wasm'],
      probe: async () => available(threads),
      open: () => openPool(options, 'reference'),
    },
    {
      id: 'composed-webgpu',
      beatenBy: [],
      probe: () => probeGpu(options.resources.gpu),
      open: () => openPool(options, 'composed-webgpu'),
    },
    {
      id: 'composed-wasm',
      beatenBy: ['fused-wasm'],
      probe: async () => available(engineWords.oneThread),
      open: () => openPool(options, 'composed-wasm'),
    },
  ];
}

type PoolShape = Omit<PoolCrewOptions, 'createHelper'>;
const ONE_BATCH = {
  workers: 1,
  tasksPerShare: Number.POSITIVE_INFINITY,
  silenceMs: BATCH_SILENCE_MS,
  openingMs: BATCH_OPENING_MS,
};

/** A pool in helper threads, or the same in this thread. */
async function openPool(options: PolicyEntriesOptions, engineId: PolicyEngineId): Promise<PolicyCrew> {
  const { cores, clock, createHelper } = options;
  const isBatched = engineId === 'composed-webgpu' || engineId === 'composed-wasm';
  const shape = { engineId, clock, ...(isBatched ? ONE_BATCH : { workers: poolSize(cores) }) };
  const here = () => openPoolHere(options, { ...shape, workers: 1 });
  return cores < 2 ? here() : createPoolCrew({ ...shape, createHelper }).catch(here);
}

function openPoolHere(
  { resources, clock, yieldMacrotask }: PolicyEntriesOptions,
  shape: PoolShape,
): Promise<PolicyCrew> {
  const openEngine = (id: PolicyEngineId) => openPolicyEngine(id, resources);
  const createHelper = () => createLocalThread({ openEngine, clock, rest: yieldMacrotask });
  return createPoolCrew({ ...shape, createHelper });
}
