// Opens the policy kernels 'fused-wasm': fetches and instantiates the compiled module. Loads no tfjs.
import type { FloatArray } from '../../math/arrays.ts';
import type { GaussianPolicyShape } from '../../models/gaussian-policy.ts';
import type { RowActor } from '../../tasks/trajectories.ts';
import type { PolicyKernels } from '../policy-kernels.ts';
import { loadKernels, type PolicyModule } from './kernels.ts';
import { createActorOpener } from './policy-actor.ts';
import { createPolicyMemory } from './policy-memory.ts';
import { openPolicyNet, type PolicyNet } from './policy-net.ts';
import { loadPolicyRows } from './policy-rows.ts';

/** Kernels on one module's memory, which a task's timesteps take part of until they are released. */
export interface FusedPolicyKernels extends PolicyKernels {
  /** The policy `params` [P] for exactly `rows` observations at a time; params are copied, actors need no release. */
  openActor(shape: GaussianPolicyShape, params: FloatArray, rows: number): RowActor;
}

/**
 * Tasks that are loaded together keep passes up to this size, first come, first served; the others compute them anew for
 * every call. 20 tasks of 2,000 timesteps, before and after, keep theirs in 63 MB for a 64-64 net, which saves a
 * quarter of the meta-gradient's time.
 */
const MOST_KEPT_BYTES = 2 ** 26;
/** Nets kept while no timesteps of theirs are loaded. */
const MOST_IDLE_NETS = 8;

/** Throws a BackendUnavailableError where WebAssembly has no SIMD or the kernels cannot be had. */
export async function openFusedPolicyKernels(source: string | BufferSource): Promise<FusedPolicyKernels> {
  return createFusedPolicyKernels(await loadKernels(source));
}

/** The kernels of an instantiated module, which they then own. float32, one thread, the same bits everywhere. */
export function createFusedPolicyKernels(
  kernels: PolicyModule,
  mostKeptBytes = MOST_KEPT_BYTES,
): FusedPolicyKernels {
  const memory = createPolicyMemory(kernels.memory, kernels.arenaStart());
  const workspace = { kernels, memory, keptBytes: 0, mostKeptBytes };
  const nets = new Map<string, { readonly net: PolicyNet; users: number }>();
  const netFor = (shape: GaussianPolicyShape) => {
    const name = `${shape.sizes.join('-')} ${shape.activation} ${shape.minLogStd}`;
    const found = nets.get(name);
    if (found !== undefined) return found;
    if (nets.size >= MOST_IDLE_NETS) {
      for (const [other, { net, users }] of nets) {
        if (users > 0) continue;
        memory.free(net.record);
        nets.delete(other);
      }
    }
    const made = { net: openPolicyNet(memory, shape), users: 0 };
    nets.set(name, made);
    return made;
  };
  return {
    id: 'fused-wasm',
    load(shape, batch, at) {
      const used = netFor(shape);
      const rows = loadPolicyRows(workspace, used.net, { batch, at }, () => {
        used.users--;
      });
      used.users++;
      return rows;
    },
    openActor: createActorOpener(kernels, memory),
    dispose: () => nets.clear(),
  };
}
