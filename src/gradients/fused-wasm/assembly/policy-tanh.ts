// tanh of whole levels, to 3.2 units in the last place at worst and without a branch: it takes as long as the products
// around it. With e^2|z| = 2^n 2^f, −½ ≤ f ≤ ½: tanh|z| = m / (m + 2), m = e^2|z| − 1 = 2^n (2^f − 1) + (2^n − 1),
// which for small |z| (n = 0) keeps all digits. Only +, ×, ÷: every browser gives the same bits. NaN stays NaN.

const TWO_LOG2_E: f32 = 2.8853900817779268;
/** From here on tanh is 1 in float32, and e^2|z| is far from overflow. */
const FAR: f32 = 9.1;
/** 1.5 · 2^23: adding it rounds to a whole number, which then lies in the lowest bits. */
const ROUNDER: f32 = 12582912;

/** (2^f − 1) / f for |f| ≤ ½: a polynomial of least greatest relative error, 2e-8. */
const C0: f32 = 0.6931471824645996;
const C1: f32 = 0.24022649228572845;
const C2: f32 = 0.05550357326865196;
const C3: f32 = 0.009618237614631653;
const C4: f32 = 0.0013390746898949146;
const C5: f32 = 0.00015403512225020677;

function tanhOf(z: v128): v128 {
  // pmin(a, b) is b < a ? b : a, so that NaN passes.
  const y = f32x4.mul(f32x4.pmin(f32x4.abs(z), f32x4.splat(FAR)), f32x4.splat(TWO_LOG2_E));
  const rounded = f32x4.add(y, f32x4.splat(ROUNDER));
  const f = f32x4.sub(y, f32x4.sub(rounded, f32x4.splat(ROUNDER)));
  const power = i32x4.add(i32x4.shl(rounded, 23), i32x4.splat(0x3f800000));
  let sum = f32x4.add(f32x4.mul(f, f32x4.splat(C5)), f32x4.splat(C4));
  sum = f32x4.add(f32x4.mul(f, sum), f32x4.splat(C3));
  sum = f32x4.add(f32x4.mul(f, sum), f32x4.splat(C2));
  sum = f32x4.add(f32x4.mul(f, sum), f32x4.splat(C1));
  sum = f32x4.add(f32x4.mul(f, sum), f32x4.splat(C0));
  const scaled = f32x4.mul(power, f32x4.mul(f, sum));
  const m = f32x4.add(scaled, f32x4.sub(power, f32x4.splat(1)));
  const size = f32x4.div(m, f32x4.add(m, f32x4.splat(2)));
  return v128.or(size, v128.and(z, i32x4.splat(<i32>0x80000000)));
}

/** Replaces the numbers by their tanh; `bytes` is a multiple of 16. */
export function tanhInPlace(values: usize, bytes: usize): void {
  const end = values + bytes;
  const pairs = values + (bytes & ~31);
  for (; values < pairs; values += 32) {
    // Two at a time, as each is a long chain.
    const a = tanhOf(v128.load(values));
    const b = tanhOf(v128.load(values, 16));
    v128.store(values, a);
    v128.store(values, b, 16);
  }
  if (values < end) v128.store(values, tanhOf(v128.load(values)));
}
