// exp, log1p and tanh of four numbers at once, to about 1e-7 relative: built from +, ×, ÷ alone, so that every browser
// gives the same bits. NaN stays NaN. Range reduction and series as in any textbook (Cody and Waite, 1980).

const LOG2_E: f32 = <f32>Math.LOG2E;
const LN2_HIGH: f32 = 0.693359375;
const LN2_LOW: f32 = -2.1219444e-4;
/** e^−87 is near the smallest normal float: what lies beyond is 0 for every use here. */
const LOWEST: f32 = -87;

/** e^x for x ≤ 0. */
export function expOfNegative(x: v128): v128 {
  // pmax(a, b) is a < b ? b : a, so that NaN passes.
  const clamped = f32x4.pmax(x, f32x4.splat(LOWEST));
  const n = f32x4.nearest(f32x4.mul(clamped, f32x4.splat(LOG2_E)));
  const high = f32x4.sub(clamped, f32x4.mul(n, f32x4.splat(LN2_HIGH)));
  const r = f32x4.sub(high, f32x4.mul(n, f32x4.splat(LN2_LOW)));
  // e^r = 1 + r + r²(1/2 + r/6 + …) for |r| ≤ ln 2 / 2.
  let sum = f32x4.add(f32x4.mul(r, f32x4.splat(1.0 / 5040)), f32x4.splat(1.0 / 720));
  sum = f32x4.add(f32x4.mul(r, sum), f32x4.splat(1.0 / 120));
  sum = f32x4.add(f32x4.mul(r, sum), f32x4.splat(1.0 / 24));
  sum = f32x4.add(f32x4.mul(r, sum), f32x4.splat(1.0 / 6));
  sum = f32x4.add(f32x4.mul(r, sum), f32x4.splat(0.5));
  sum = f32x4.add(f32x4.mul(f32x4.mul(r, r), sum), r);
  sum = f32x4.add(sum, f32x4.splat(1));
  const power = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23);
  return f32x4.mul(sum, power);
}

/** log(1 + x) for 0 ≤ x ≤ 1, as 2 artanh(x / (2 + x)). */
export function log1pOfUnit(x: v128): v128 {
  const s = f32x4.div(x, f32x4.add(x, f32x4.splat(2)));
  const q = f32x4.mul(s, s);
  let sum = f32x4.add(f32x4.mul(q, f32x4.splat(2.0 / 15)), f32x4.splat(2.0 / 13));
  sum = f32x4.add(f32x4.mul(q, sum), f32x4.splat(2.0 / 11));
  sum = f32x4.add(f32x4.mul(q, sum), f32x4.splat(2.0 / 9));
  sum = f32x4.add(f32x4.mul(q, sum), f32x4.splat(2.0 / 7));
  sum = f32x4.add(f32x4.mul(q, sum), f32x4.splat(2.0 / 5));
  sum = f32x4.add(f32x4.mul(q, sum), f32x4.splat(2.0 / 3));
  const rest = f32x4.mul(f32x4.mul(s, q), sum);
  return f32x4.add(f32x4.add(s, s), rest);
}

/** tanh z. Near 0, where 1 − e^−2|z| would lose digits, by its own series. */
export function tanh(z: v128): v128 {
  const size = f32x4.abs(z);
  const e = expOfNegative(f32x4.mul(size, f32x4.splat(-2)));
  const one = f32x4.splat(1);
  const far = f32x4.div(f32x4.sub(one, e), f32x4.add(one, e));
  const q = f32x4.mul(z, z);
  // Coefficients after Cephes's tanhf (least maximum error below 0.625).
  let sum = f32x4.add(f32x4.mul(q, f32x4.splat(-5.70498872745e-3)), f32x4.splat(2.06390887954e-2));
  sum = f32x4.add(f32x4.mul(q, sum), f32x4.splat(-5.37397155531e-2));
  sum = f32x4.add(f32x4.mul(q, sum), f32x4.splat(1.33314422036e-1));
  sum = f32x4.add(f32x4.mul(q, sum), f32x4.splat(-3.3333281919e-1));
  const near = f32x4.add(z, f32x4.mul(f32x4.mul(q, z), sum));
  const sign = v128.and(z, i32x4.splat(<i32>0x80000000));
  return v128.bitselect(near, v128.or(far, sign), f32x4.lt(size, f32x4.splat(0.625)));
}

/** 1 / (1 + e^−z), exact digits on both sides. */
export function sigmoid(z: v128): v128 {
  const e = expOfNegative(f32x4.neg(f32x4.abs(z)));
  const one = f32x4.splat(1);
  const numerator = v128.bitselect(e, one, f32x4.lt(z, f32x4.splat(0)));
  return f32x4.div(numerator, f32x4.add(one, e));
}

/** log(1 + e^z) without overflow. */
export function softplus(z: v128): v128 {
  const e = expOfNegative(f32x4.neg(f32x4.abs(z)));
  return f32x4.add(f32x4.pmax(z, f32x4.splat(0)), log1pOfUnit(e));
}
