// One row of weights W_i on the way back, together with one, two or four points n that have unit i active:
// adds Σ_n a_n · delta_n to the row's gradient and returns the sums W_i · delta_n, which are ∂loss/∂a_i at those points.
// Both need the deltas, so that they are read once. Rows are `bytes` long, a multiple of 32.
import { sumLanes, sumLanesOfFour, sumLanesOfTwo } from './dot';

/** g = init + a δ; returns w · δ. `init` may be `g`. */
export function backRow(w: usize, g: usize, init: usize, bytes: usize, a: v128, d: usize): f32 {
  let even = f32x4.splat(0);
  let odd = f32x4.splat(0);
  for (let at: usize = 0; at < bytes; at += 32) {
    const d0 = v128.load(d + at);
    const d1 = v128.load(d + at, 16);
    v128.store(g + at, f32x4.add(v128.load(init + at), f32x4.mul(a, d0)));
    v128.store(g + at, f32x4.add(v128.load(init + at, 16), f32x4.mul(a, d1)), 16);
    even = f32x4.add(even, f32x4.mul(v128.load(w + at), d0));
    odd = f32x4.add(odd, f32x4.mul(v128.load(w + at, 16), d1));
  }
  return sumLanes(f32x4.add(even, odd));
}

/** backRow for two points; the first two lanes of the result add up to the first one's sum. */
export function backRowOfTwo(
  w: usize,
  g: usize,
  init: usize,
  bytes: usize,
  a0: v128,
  a1: v128,
  d0: usize,
  d1: usize,
): v128 {
  let s0 = f32x4.splat(0);
  let s1 = f32x4.splat(0);
  for (let at: usize = 0; at < bytes; at += 32) {
    let weights = v128.load(w + at);
    let gradient = v128.load(init + at);
    let delta = v128.load(d0 + at);
    gradient = f32x4.add(gradient, f32x4.mul(a0, delta));
    s0 = f32x4.add(s0, f32x4.mul(weights, delta));
    delta = v128.load(d1 + at);
    gradient = f32x4.add(gradient, f32x4.mul(a1, delta));
    s1 = f32x4.add(s1, f32x4.mul(weights, delta));
    v128.store(g + at, gradient);
    weights = v128.load(w + at, 16);
    gradient = v128.load(init + at, 16);
    delta = v128.load(d0 + at, 16);
    gradient = f32x4.add(gradient, f32x4.mul(a0, delta));
    s0 = f32x4.add(s0, f32x4.mul(weights, delta));
    delta = v128.load(d1 + at, 16);
    gradient = f32x4.add(gradient, f32x4.mul(a1, delta));
    s1 = f32x4.add(s1, f32x4.mul(weights, delta));
    v128.store(g + at, gradient, 16);
  }
  return sumLanesOfTwo(s0, s1);
}

/** backRow for four points; lane i of the result belongs to the i-th. */
export function backRowOfFour(
  w: usize,
  g: usize,
  init: usize,
  bytes: usize,
  a0: v128,
  a1: v128,
  a2: v128,
  a3: v128,
  d0: usize,
  d1: usize,
  d2: usize,
  d3: usize,
): v128 {
  let s0 = f32x4.splat(0);
  let s1 = f32x4.splat(0);
  let s2 = f32x4.splat(0);
  let s3 = f32x4.splat(0);
  for (let at: usize = 0; at < bytes; at += 32) {
    let weights = v128.load(w + at);
    let gradient = v128.load(init + at);
    let delta = v128.load(d0 + at);
    gradient = f32x4.add(gradient, f32x4.mul(a0, delta));
    s0 = f32x4.add(s0, f32x4.mul(weights, delta));
    delta = v128.load(d1 + at);
    gradient = f32x4.add(gradient, f32x4.mul(a1, delta));
    s1 = f32x4.add(s1, f32x4.mul(weights, delta));
    delta = v128.load(d2 + at);
    gradient = f32x4.add(gradient, f32x4.mul(a2, delta));
    s2 = f32x4.add(s2, f32x4.mul(weights, delta));
    delta = v128.load(d3 + at);
    gradient = f32x4.add(gradient, f32x4.mul(a3, delta));
    s3 = f32x4.add(s3, f32x4.mul(weights, delta));
    v128.store(g + at, gradient);
    weights = v128.load(w + at, 16);
    gradient = v128.load(init + at, 16);
    delta = v128.load(d0 + at, 16);
    gradient = f32x4.add(gradient, f32x4.mul(a0, delta));
    s0 = f32x4.add(s0, f32x4.mul(weights, delta));
    delta = v128.load(d1 + at, 16);
    gradient = f32x4.add(gradient, f32x4.mul(a1, delta));
    s1 = f32x4.add(s1, f32x4.mul(weights, delta));
    delta = v128.load(d2 + at, 16);
    gradient = f32x4.add(gradient, f32x4.mul(a2, delta));
    s2 = f32x4.add(s2, f32x4.mul(weights, delta));
    delta = v128.load(d3 + at, 16);
    gradient = f32x4.add(gradient, f32x4.mul(a3, delta));
    s3 = f32x4.add(s3, f32x4.mul(weights, delta));
    v128.store(g + at, gradient, 16);
  }
  return sumLanesOfFour(s0, s1, s2, s3);
}
