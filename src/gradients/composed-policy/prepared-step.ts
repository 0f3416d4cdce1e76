// What adapt leaves on the device for the objective that is opened next: the first inner step of both is the same pass
// over the same timesteps. Only speed depends on it: numbers are compared before anything is used again.
import type { Tensor } from '@tensorflow/tfjs-core';
import type { FloatArray } from '../../math/arrays.ts';
import type { GaussianPolicyShape } from '../../models/gaussian-policy.ts';
import type { BatchArrays, BatchTensors, TaskGroup } from './batch-tensors.ts';
import type { HeldTensors } from './held-tensors.ts';
import { type InnerPass, tensorsOf } from './inner-step.ts';

/** A group's timesteps on the device, and the inner pass over them. */
export interface PreparedGroup {
  readonly batch: BatchTensors;
  readonly pass: InnerPass;
}

export interface PreparedStep {
  /** Keeps the group's tensors for later, if there is room. */
  add(group: TaskGroup, arrays: BatchArrays, prepared: PreparedGroup): void;
  /** The group's, if `arrays` are what was added; `heir` then holds its tensors too, for which it must have room. */
  find(group: TaskGroup, arrays: BatchArrays, heir: HeldTensors): PreparedGroup | null;
  /** Whether it was made for that policy. */
  fits(shape: GaussianPolicyShape, params: FloatArray): boolean;
  /** Frees what `heir` does not hold. */
  release(heir?: HeldTensors): void;
}

/** For inner steps from `params` [P], the same for every task. `held` is for this step alone. */
export function createPreparedStep(
  shape: GaussianPolicyShape,
  params: FloatArray,
  held: HeldTensors,
): PreparedStep {
  const theta = params.slice();
  const groups: { group: TaskGroup; arrays: BatchArrays; prepared: PreparedGroup }[] = [];
  return {
    add(group, arrays, prepared) {
      if (held.holdIfRoom(everyTensor(prepared))) groups.push({ group, arrays, prepared });
    },
    find({ first, count }, arrays, heir) {
      const found = groups.find(({ group }) => group.first === first && group.count === count);
      if (found === undefined || !areSameArrays(found.arrays, arrays)) return null;
      return heir.holdIfRoom(everyTensor(found.prepared)) ? found.prepared : null;
    },
    fits: (other, otherParams) =>
      shape.activation === other.activation &&
      shape.minLogStd === other.minLogStd &&
      areSame(shape.sizes, other.sizes) &&
      areSame(theta, otherParams),
    release: (heir) => held.release(heir),
  };
}

function everyTensor({ batch, pass }: PreparedGroup): Tensor[] {
  return [...Object.values(batch), ...tensorsOf(pass), ...pass.gradient];
}

function areSameArrays(a: BatchArrays, b: BatchArrays): boolean {
  const names = ['inputs', 'actions', 'weightedAdvantages', 'weights', 'totalWeights'] as const;
  return names.every((name) => areSame(a[name], b[name]));
}

function areSame(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return true;
}
