// One row of weights W_i on the way back, as in back-rows.ts, from sums over the points that have unit i active
// (running-sums.ts). Rows are `bytes` long, a multiple of 32.
import { sumLanesOfTwo } from './dot';

/**
 * g = w Σ xδ + b Σ δ. Lanes 0 and 1 of the result add up to W_i · Σ xδ = ∂loss/∂w, lanes 2 and 3 to
 * W_i · Σ δ = ∂loss/∂b.
 */
export function hingeBackRow(row: usize, g: usize, bytes: usize, w: v128, b: v128, slot: usize): v128 {
  let ofW = f32x4.splat(0);
  let ofB = f32x4.splat(0);
  let ofOddW = f32x4.splat(0);
  let ofOddB = f32x4.splat(0);
  for (let at: usize = 0; at < bytes; at += 32) {
    let deltas = v128.load(slot);
    let xDeltas = v128.load(slot, 16);
    let weights = v128.load(row + at);
    v128.store(g + at, f32x4.add(f32x4.mul(w, xDeltas), f32x4.mul(b, deltas)));
    ofW = f32x4.add(ofW, f32x4.mul(weights, xDeltas));
    ofB = f32x4.add(ofB, f32x4.mul(weights, deltas));
    deltas = v128.load(slot, 64);
    xDeltas = v128.load(slot, 80);
    weights = v128.load(row + at, 16);
    v128.store(g + at, f32x4.add(f32x4.mul(w, xDeltas), f32x4.mul(b, deltas)), 16);
    ofOddW = f32x4.add(ofOddW, f32x4.mul(weights, xDeltas));
    ofOddB = f32x4.add(ofOddB, f32x4.mul(weights, deltas));
    slot += 128;
  }
  return sumLanesOfTwo(f32x4.add(ofW, ofOddW), f32x4.add(ofB, ofOddB));
}

/** The same under the R-operator, by the product rule: g += R{w Σ xδ + b Σ δ}, and R{} of both sums. */
export function hingeTangentBackRow(
  row: usize,
  vector: usize,
  g: usize,
  bytes: usize,
  w: v128,
  b: v128,
  rw: v128,
  rb: v128,
  slot: usize,
): v128 {
  let ofW = f32x4.splat(0);
  let ofB = f32x4.splat(0);
  let ofV = f32x4.splat(0);
  let ofC = f32x4.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    const weights = v128.load(row + at);
    const tangents = v128.load(vector + at);
    const deltas = v128.load(slot);
    const xDeltas = v128.load(slot, 16);
    const rDeltas = v128.load(slot, 32);
    const rxDeltas = v128.load(slot, 48);
    const first = f32x4.add(f32x4.mul(rw, xDeltas), f32x4.mul(rb, deltas));
    const second = f32x4.add(f32x4.mul(w, rxDeltas), f32x4.mul(b, rDeltas));
    v128.store(g + at, f32x4.add(v128.load(g + at), f32x4.add(first, second)));
    ofW = f32x4.add(ofW, f32x4.mul(weights, rxDeltas));
    ofB = f32x4.add(ofB, f32x4.mul(weights, rDeltas));
    ofV = f32x4.add(ofV, f32x4.mul(tangents, xDeltas));
    ofC = f32x4.add(ofC, f32x4.mul(tangents, deltas));
    slot += 64;
  }
  return sumLanesOfTwo(f32x4.add(ofW, ofV), f32x4.add(ofB, ofC));
}
