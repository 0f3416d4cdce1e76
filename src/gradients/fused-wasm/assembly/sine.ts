// sin of two float64 numbers at once: the same operations in the same order as math/elementary.ts, and so the same bits.
// Method and coefficients: Sun's fdlibm (k_sin.c, k_cos.c, e_rem_pio2.c).

const HALF_PI_1: f64 = 1.5707963267341256;
const HALF_PI_2: f64 = 6.077100506303966e-11;
const HALF_PI_3: f64 = 2.0222662487959506e-21;
const TWO_OVER_PI: f64 = 0.6366197723675814;
/** Adding and subtracting 1.5 · 2⁵² rounds to the nearest integer. */
const ROUNDER: f64 = 6755399441055744;

/** For |x| < 2²⁰. Where x needs no reduction, n is 0 and nothing changes. */
export function sine(x: v128): v128 {
  const rounder = f64x2.splat(ROUNDER);
  const n = f64x2.sub(f64x2.add(f64x2.mul(x, f64x2.splat(TWO_OVER_PI)), rounder), rounder);
  const first = f64x2.sub(x, f64x2.mul(n, f64x2.splat(HALF_PI_1)));
  const second = f64x2.mul(n, f64x2.splat(HALF_PI_2));
  const difference = f64x2.sub(first, second);
  const lost = f64x2.sub(f64x2.sub(first, difference), second);
  const third = f64x2.sub(f64x2.mul(n, f64x2.splat(HALF_PI_3)), lost);
  const high = f64x2.sub(difference, third);
  const low = f64x2.sub(f64x2.sub(difference, high), third);
  const quadrant = i64x2.extend_low_i32x4_s(i32x4.trunc_sat_f64x2_s_zero(n));
  const isOdd = i64x2.neg(v128.and(quadrant, i64x2.splat(1)));
  const value = v128.bitselect(cosKernel(high, low), sinKernel(high, low), isOdd);
  const sign = i64x2.shl(v128.and(quadrant, i64x2.splat(2)), 62);
  return v128.xor(value, sign);
}

/** sin(x + tail) for |x| ≤ π/4. */
function sinKernel(x: v128, tail: v128): v128 {
  const z = f64x2.mul(x, x);
  const v = f64x2.mul(z, x);
  let r = f64x2.add(f64x2.splat(-2.5050760253406863e-8), f64x2.mul(z, f64x2.splat(1.58969099521155e-10)));
  r = f64x2.add(f64x2.splat(0.0000027557313707070068), f64x2.mul(z, r));
  r = f64x2.add(f64x2.splat(-0.0001984126982985795), f64x2.mul(z, r));
  r = f64x2.add(f64x2.splat(0.00833333333332249), f64x2.mul(z, r));
  const bent = f64x2.mul(z, f64x2.sub(f64x2.mul(f64x2.splat(0.5), tail), f64x2.mul(v, r)));
  const cubic = f64x2.mul(v, f64x2.splat(-0.16666666666666632));
  return f64x2.sub(x, f64x2.sub(f64x2.sub(bent, tail), cubic));
}

/** cos(x + tail) for |x| ≤ π/4. */
function cosKernel(x: v128, tail: v128): v128 {
  const z = f64x2.mul(x, x);
  let r = f64x2.add(f64x2.splat(2.087572321298175e-9), f64x2.mul(z, f64x2.splat(-1.1359647557788195e-11)));
  r = f64x2.add(f64x2.splat(-2.7557314351390663e-7), f64x2.mul(z, r));
  r = f64x2.add(f64x2.splat(0.00002480158728947673), f64x2.mul(z, r));
  r = f64x2.add(f64x2.splat(-0.001388888888887411), f64x2.mul(z, r));
  r = f64x2.mul(z, f64x2.add(f64x2.splat(0.0416666666666666), f64x2.mul(z, r)));
  const half = f64x2.mul(f64x2.splat(0.5), z);
  const one = f64x2.splat(1);
  const w = f64x2.sub(one, half);
  const rest = f64x2.sub(f64x2.mul(z, r), f64x2.mul(x, tail));
  return f64x2.add(w, f64x2.add(f64x2.sub(f64x2.sub(one, w), half), rest));
}
