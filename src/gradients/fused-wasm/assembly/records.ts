// Reading the records of fields.ts.
import { LAYER_BYTES, LEVEL_BYTES, NET_LAYER_0, PASS_LEVEL_0 } from './fields';

/** The field of the record at `record`. */
export function field(record: usize, at: usize): usize {
  return <usize>load<u32>(record + at);
}

export function layerOf(net: usize, l: usize): usize {
  return net + NET_LAYER_0 + l * LAYER_BYTES;
}

/** Level 0 is the input, the last one the output. */
export function levelOf(pass: usize, l: usize): usize {
  return pass + PASS_LEVEL_0 + l * LEVEL_BYTES;
}

/** Below every pre-activation: with this floor, combine cuts nothing. */
export function noFloor(): v128 {
  return f32x4.splat(-Infinity);
}
