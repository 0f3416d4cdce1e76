// back-rows.ts under the R-operator: adds R{a} · delta + a · R{delta} to the row's gradient and returns the sums
// W_i · R{delta} + V_i · delta. Rows are `bytes` long, a multiple of 32.
import { sumLanes, sumLanesOfTwo } from './dot';

/** One point. */
export function tangentBackRow(
  w: usize,
  v: usize,
  g: usize,
  bytes: usize,
  a: v128,
  ra: v128,
  d: usize,
  rd: usize,
): f32 {
  let fromW = f32x4.splat(0);
  let fromV = f32x4.splat(0);
  for (let at: usize = 0; at < bytes; at += 32) {
    const d0 = v128.load(d + at);
    const rd0 = v128.load(rd + at);
    const g0 = f32x4.add(v128.load(g + at), f32x4.mul(ra, d0));
    v128.store(g + at, f32x4.add(g0, f32x4.mul(a, rd0)));
    fromV = f32x4.add(fromV, f32x4.mul(v128.load(v + at), d0));
    fromW = f32x4.add(fromW, f32x4.mul(v128.load(w + at), rd0));
    const d1 = v128.load(d + at, 16);
    const rd1 = v128.load(rd + at, 16);
    const g1 = f32x4.add(v128.load(g + at, 16), f32x4.mul(ra, d1));
    v128.store(g + at, f32x4.add(g1, f32x4.mul(a, rd1)), 16);
    fromV = f32x4.add(fromV, f32x4.mul(v128.load(v + at, 16), d1));
    fromW = f32x4.add(fromW, f32x4.mul(v128.load(w + at, 16), rd1));
  }
  return sumLanes(f32x4.add(fromW, fromV));
}

/** Two points; the first two lanes of the result add up to the first one's sum. */
export function tangentBackRowOfTwo(
  w: usize,
  v: usize,
  g: usize,
  bytes: usize,
  a0: v128,
  ra0: v128,
  a1: v128,
  ra1: v128,
  d0: usize,
  rd0: usize,
  d1: usize,
  rd1: usize,
): v128 {
  let s0 = f32x4.splat(0);
  let t0 = f32x4.splat(0);
  let s1 = f32x4.splat(0);
  let t1 = f32x4.splat(0);
  for (let at: usize = 0; at < bytes; at += 32) {
    let weights = v128.load(w + at);
    let vector = v128.load(v + at);
    let gradient = v128.load(g + at);
    let delta = v128.load(d0 + at);
    let rDelta = v128.load(rd0 + at);
    gradient = f32x4.add(gradient, f32x4.mul(ra0, delta));
    gradient = f32x4.add(gradient, f32x4.mul(a0, rDelta));
    s0 = f32x4.add(s0, f32x4.mul(weights, rDelta));
    t0 = f32x4.add(t0, f32x4.mul(vector, delta));
    delta = v128.load(d1 + at);
    rDelta = v128.load(rd1 + at);
    gradient = f32x4.add(gradient, f32x4.mul(ra1, delta));
    gradient = f32x4.add(gradient, f32x4.mul(a1, rDelta));
    s1 = f32x4.add(s1, f32x4.mul(weights, rDelta));
    t1 = f32x4.add(t1, f32x4.mul(vector, delta));
    v128.store(g + at, gradient);
    weights = v128.load(w + at, 16);
    vector = v128.load(v + at, 16);
    gradient = v128.load(g + at, 16);
    delta = v128.load(d0 + at, 16);
    rDelta = v128.load(rd0 + at, 16);
    gradient = f32x4.add(gradient, f32x4.mul(ra0, delta));
    gradient = f32x4.add(gradient, f32x4.mul(a0, rDelta));
    s0 = f32x4.add(s0, f32x4.mul(weights, rDelta));
    t0 = f32x4.add(t0, f32x4.mul(vector, delta));
    delta = v128.load(d1 + at, 16);
    rDelta = v128.load(rd1 + at, 16);
    gradient = f32x4.add(gradient, f32x4.mul(ra1, delta));
    gradient = f32x4.add(gradient, f32x4.mul(a1, rDelta));
    s1 = f32x4.add(s1, f32x4.mul(weights, rDelta));
    t1 = f32x4.add(t1, f32x4.mul(vector, delta));
    v128.store(g + at, gradient, 16);
  }
  return sumLanesOfTwo(f32x4.add(s0, t0), f32x4.add(s1, t1));
}
