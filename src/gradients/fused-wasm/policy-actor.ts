// A Gaussian policy in roll-outs, on the policy kernels: forward passes alone, for the same few rows again and again.
// Actors share one net per shape in the kernels' memory and put their parameters there when another has acted since, so
// any number of them may be alive and none needs to be released.
import type { FloatArray } from '../../math/arrays.ts';
import { exp } from '../../math/elementary.ts';
import { actingLogStd, assertPolicyParams, type GaussianPolicyShape } from '../../models/gaussian-policy.ts';
import type { RowActor } from '../../tasks/trajectories.ts';
import type { PolicyModule } from './kernels.ts';
import type { PolicyMemory } from './policy-memory.ts';
import { openPolicyNet, type PolicyNet } from './policy-net.ts';

/** A net for actors, with room for the rows of the widest of them. */
interface Stage {
  readonly net: PolicyNet;
  readonly room: number;
  readonly rows: number;
  actor: RowActor | null;
}

/** Stages kept side by side; beyond, all give way to the next one. */
const MOST_STAGES = 8;

/** Opens actors on the kernels' memory; params are copied, means are overwritten by the actor's next call. */
export function createActorOpener(kernels: PolicyModule, memory: PolicyMemory) {
  const stages = new Map<string, Stage>();
  const close = (stage: Stage) => {
    memory.free(stage.net.record);
    memory.free(stage.room);
  };
  const stageFor = (name: string, shape: GaussianPolicyShape, rows: number): Stage => {
    const found = stages.get(name);
    if (found !== undefined && found.rows >= rows) return found;
    if (found !== undefined) close(found);
    if (stages.size >= MOST_STAGES) {
      stages.forEach(close);
      stages.clear();
    }
    const net = openPolicyNet(memory, shape);
    const width = shape.sizes[0]! + net.actions;
    const stage = { net, room: memory.allocate(4 * rows * width), rows, actor: null };
    stages.set(name, stage);
    return stage;
  };
  return (shape: GaussianPolicyShape, params: FloatArray, rows: number): RowActor => {
    assertPolicyParams(shape, params);
    const name = `${shape.sizes.join('-')} ${shape.activation}`;
    const own = Float64Array.from(params);
    const width = shape.sizes[0]!;
    const std = actingLogStd(shape, params).map((value) => exp(value));
    const means = new Float32Array(rows * std.length);
    const actor: RowActor = {
      std,
      means(observations) {
        const stage = stageFor(name, shape, rows);
        const { net, room } = stage;
        const { floats, doubles } = memory.views();
        if (stage.actor !== actor) {
          doubles.set(own.subarray(0, net.netParameters), net.flat / 8);
          kernels.policyPack(net.record, net.flat, net.params);
          stage.actor = actor;
        }
        floats.set(observations, room / 4);
        const to = room + 4 * rows * width;
        kernels.policyMeans(net.record, room, rows, to);
        means.set(floats.subarray(to / 4, to / 4 + means.length));
        return means;
      },
    };
    return actor;
  };
}
