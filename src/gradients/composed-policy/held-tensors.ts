// The tensors that an objective holds on the device between calls, and how many more it may hold for speed alone.
import { dispose, keep, type Tensor } from '@tensorflow/tfjs-core';

export interface HeldTensors {
  /** Keeps the tensors beyond their tidy, until release. */
  hold(tensors: readonly Tensor[]): void;
  /** The same where they still fit in what may be kept for speed; returns whether they do. */
  holdIfRoom(tensors: readonly Tensor[]): boolean;
  has(tensor: Tensor): boolean;
  /** Frees all but what `heir` holds too. */
  release(heir?: HeldTensors): void;
}

/** `roomBytes`: what holdIfRoom may take up altogether. */
export function createHeldTensors(roomBytes: number): HeldTensors {
  const held = new Set<Tensor>();
  let room = roomBytes;
  const hold = (tensors: readonly Tensor[]) => {
    for (const tensor of tensors) held.add(keep(tensor));
  };
  return {
    hold,
    holdIfRoom(tensors) {
      const bytes = tensors.reduce((sum, tensor) => sum + (held.has(tensor) ? 0 : 4 * tensor.size), 0);
      if (bytes > room) return false;
      room -= bytes;
      hold(tensors);
      return true;
    },
    has: (tensor) => held.has(tensor),
    release(heir) {
      dispose([...held].filter((tensor) => heir?.has(tensor) !== true));
      held.clear();
    },
  };
}
