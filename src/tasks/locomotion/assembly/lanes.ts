// Arithmetic on pairs of doubles: lane 0 belongs to the back leg, lane 1 to the front leg. The optimiser inlines all of
// this. No fused multiply-add anywhere: each operation rounds once, so the bits are the same on every processor.

export function get(field: usize): v128 {
  return v128.load(field);
}

export function put(field: usize, pair: v128): void {
  v128.store(field, pair);
}

/** Copies and clears whole fields. Not memory.copy and memory.fill: those leave the module, which costs more than this. */
export function copy(to: usize, from: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) v128.store(to + at, v128.load(from + at));
}

export function clear(fields: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) v128.store(fields + at, f64x2.splat(0));
}

/** The same number for both legs. */
export function both(x: f64): v128 {
  return f64x2.splat(x);
}

export function add(a: v128, b: v128): v128 {
  return f64x2.add(a, b);
}

export function sub(a: v128, b: v128): v128 {
  return f64x2.sub(a, b);
}

export function mul(a: v128, b: v128): v128 {
  return f64x2.mul(a, b);
}

export function div(a: v128, b: v128): v128 {
  return f64x2.div(a, b);
}

export function neg(a: v128): v128 {
  return f64x2.neg(a);
}

/** sum + a·b */
export function plus(sum: v128, a: v128, b: v128): v128 {
  return f64x2.add(sum, f64x2.mul(a, b));
}

/** sum − a·b */
export function less(sum: v128, a: v128, b: v128): v128 {
  return f64x2.sub(sum, f64x2.mul(a, b));
}

/** a·b of two vectors (x, z). */
export function dot(ax: v128, az: v128, bx: v128, bz: v128): v128 {
  return f64x2.add(f64x2.mul(ax, bx), f64x2.mul(az, bz));
}

/** (a turned by 90°)·b = az·bx − ax·bz: a turning about +y moves a point at r with (rz, −rx). */
export function cross(ax: v128, az: v128, bx: v128, bz: v128): v128 {
  return f64x2.sub(f64x2.mul(az, bx), f64x2.mul(ax, bz));
}

/** The two legs together. */
export function total(pair: v128): f64 {
  return f64x2.extract_lane(pair, 0) + f64x2.extract_lane(pair, 1);
}

/** All bits set in the lanes below zero; none where NaN. */
export function isNegative(pair: v128): v128 {
  return f64x2.lt(pair, f64x2.splat(0));
}

/** The pair in the lanes of the mask, 0 in the others. */
export function only(mask: v128, pair: v128): v128 {
  return v128.and(mask, pair);
}
