// sin and cos of two angles at once, without branches. Method and coefficients: Sun's fdlibm (k_sin.c, k_cos.c), as in
// src/math/elementary.ts; here without the tail of the reduced angle, so within 2 ulp. Meant for |x| < 2²⁰.
import { add, both, less, mul, plus, put, sub } from './lanes';

const TWO_OVER_PI: f64 = 0.6366197723675814;
/** π/2 in a part of 33 bits, so that n times it is exact, and the rest. */
const HALF_PI_1: f64 = 1.5707963267341256;
const HALF_PI_2: f64 = 6.077100506506192e-11;
/** Adding it leaves the nearest integer in the low bits of the mantissa. */
const ROUNDER: f64 = 6755399441055744;

/** Writes cos x to `field` and sin x to the one after it. */
export function putCosSin(x: v128, field: usize): void {
  const shifted = plus(both(ROUNDER), x, both(TWO_OVER_PI));
  const n = sub(shifted, both(ROUNDER));
  const r = less(less(x, n, both(HALF_PI_1)), n, both(HALF_PI_2));
  const z = mul(r, r);
  const sin = plus(r, mul(r, z), sinSeries(z));
  const cos = add(less(both(1), z, both(0.5)), mul(mul(z, z), cosSeries(z)));
  // In odd quadrants they change places; in the third and fourth the sine is negative, in the second and third the cosine.
  const one = i64x2.splat(1);
  const two = i64x2.splat(2);
  const odd = i64x2.neg(v128.and(shifted, one));
  const sinSign = i64x2.shl(v128.and(shifted, two), 62);
  const cosSign = i64x2.shl(v128.and(i64x2.add(shifted, one), two), 62);
  put(field, v128.xor(v128.bitselect(sin, cos, odd), cosSign));
  put(field + 16, v128.xor(v128.bitselect(cos, sin, odd), sinSign));
}

function sinSeries(z: v128): v128 {
  let sum = plus(both(-2.5050760253406863e-8), z, both(1.58969099521155e-10));
  sum = plus(both(0.0000027557313707070068), z, sum);
  sum = plus(both(-0.0001984126982985795), z, sum);
  sum = plus(both(0.00833333333332249), z, sum);
  return plus(both(-0.16666666666666632), z, sum);
}

function cosSeries(z: v128): v128 {
  let sum = plus(both(2.087572321298175e-9), z, both(-1.1359647557788195e-11));
  sum = plus(both(-2.7557314351390663e-7), z, sum);
  sum = plus(both(0.00002480158728947673), z, sum);
  sum = plus(both(-0.001388888888887411), z, sum);
  return plus(both(0.0416666666666666), z, sum);
}
