// One read-back for many tensors: on a GPU every read is a stall (and 100 ms in Firefox), so results are laid end
// to end on the device and cut apart here.
import { concat, reshape, type Tensor } from '@tensorflow/tfjs-core';

/** All tensors flattened into one, in order. */
export function packTensors(tensors: readonly Tensor[]): Tensor {
  const flat = tensors.map((tensor) => reshape(tensor, [tensor.size]));
  return flat.length === 1 ? flat[0]! : concat(flat, 0);
}

/** The numbers of a packed tensor, which is disposed of. */
export async function readOnce(packed: Tensor): Promise<Float32Array> {
  try {
    return await packed.data<'float32'>();
  } finally {
    packed.dispose();
  }
}

/** Takes the numbers of a packed read back out, in the order in which they were packed. */
export interface PackedReader {
  /** The next `count` numbers as an array of their own. */
  take(count: number): Float32Array;
}

export function createPackedReader(values: Float32Array): PackedReader {
  let at = 0;
  return {
    take(count) {
      const taken = values.slice(at, at + count);
      at += count;
      return taken;
    },
  };
}
