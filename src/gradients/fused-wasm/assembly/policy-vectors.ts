// A policy net's parameter vectors: between the flat layout [W1, b1, W2, b2, …] and the policy kernels' padded one, in
// which rows are filled up with zeros and the weights of all layers but the first follow once more, transposed.
import {
  BIAS_AT,
  POLICY_LAYERS,
  TRANSPOSED_AT,
  TRANSPOSED_STRIDE,
  WEIGHTS_AT,
  WEIGHTS_INPUTS,
  WEIGHTS_OUTPUTS,
  WEIGHTS_STRIDE,
} from './policy-fields';
import { policyLayer } from './policy-pass';
import { field } from './records';

/** Writes the flat vector into the padded one, whose padding must be 0 already. */
export function policyPack(net: usize, flat: usize, padded: usize): void {
  const layers = field(net, POLICY_LAYERS);
  for (let l: usize = 0; l < layers; l++) {
    const layer = policyLayer(net, l);
    const inputs = field(layer, WEIGHTS_INPUTS);
    const outputs = field(layer, WEIGHTS_OUTPUTS);
    const bytes = outputs << 2;
    const stride = field(layer, WEIGHTS_STRIDE);
    if (l > 0) {
      transpose(flat, inputs, outputs, padded + field(layer, TRANSPOSED_AT), field(layer, TRANSPOSED_STRIDE));
    }
    let to = padded + field(layer, WEIGHTS_AT);
    for (let i: usize = 0; i < inputs; i++) {
      copy(flat, to, bytes);
      flat += bytes;
      to += stride;
    }
    copy(flat, padded + field(layer, BIAS_AT), bytes);
    flat += bytes;
  }
}

/** The net's part of the padded sums as a flat vector. */
export function policyUnpack(net: usize, padded: usize, flat: usize): void {
  const layers = field(net, POLICY_LAYERS);
  for (let l: usize = 0; l < layers; l++) {
    const layer = policyLayer(net, l);
    const inputs = field(layer, WEIGHTS_INPUTS);
    const bytes = field(layer, WEIGHTS_OUTPUTS) << 2;
    const stride = field(layer, WEIGHTS_STRIDE);
    let from = padded + field(layer, WEIGHTS_AT);
    for (let i: usize = 0; i < inputs; i++) {
      copy(from, flat, bytes);
      flat += bytes;
      from += stride;
    }
    copy(padded + field(layer, BIAS_AT), flat, bytes);
    flat += bytes;
  }
}

/** Rows of `outputs` floats, one after the other, to columns. */
function transpose(from: usize, inputs: usize, outputs: usize, to: usize, stride: usize): void {
  for (let i: usize = 0; i < inputs; i++) {
    let at = to + (i << 2);
    for (let o: usize = 0; o < outputs; o++) {
      store<f32>(at, load<f32>(from));
      from += 4;
      at += stride;
    }
  }
}

function copy(from: usize, to: usize, bytes: usize): void {
  const vectors = bytes & ~15;
  let at: usize = 0;
  for (; at < vectors; at += 16) v128.store(to + at, v128.load(from + at));
  for (; at < bytes; at += 4) store<f32>(to + at, load<f32>(from + at));
}
