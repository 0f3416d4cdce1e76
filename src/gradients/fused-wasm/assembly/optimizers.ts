// Outer updates of padded parameter vectors, in float64 between float32 numbers: the same operations in the same order as
// algorithms/optimizers.ts, and so the same bits. Padding stays 0. `bytes` is a multiple of 16.

/** params ← params − step · scale · direction. scale · direction is rounded to float32 before. */
export function descendBy(params: usize, direction: usize, scale: f64, step: f64, bytes: usize): void {
  const steps = f64x2.splat(step);
  for (let at: usize = 0; at < bytes; at += 8) {
    const g = scaled(v128.load64_zero(direction + at), scale);
    const next = f64x2.sub(f64x2.promote_low_f32x4(v128.load64_zero(params + at)), f64x2.mul(steps, g));
    v128.store64_lane(params + at, f32x4.demote_f64x2_zero(next), 0);
  }
}

/**
 * Adam's step along scale · gradient. rate = learning rate / (1 − β1^t) and rootScale = 1 / √(1 − β2^t) are the bias
 * corrections.
 */
export function adam(
  params: usize,
  gradient: usize,
  firstMoment: usize,
  secondMoment: usize,
  scale: f64,
  beta1: f64,
  beta2: f64,
  epsilon: f64,
  rate: f64,
  rootScale: f64,
  bytes: usize,
): void {
  const keep1 = f64x2.splat(beta1);
  const take1 = f64x2.splat(1 - beta1);
  const keep2 = f64x2.splat(beta2);
  const take2 = f64x2.splat(1 - beta2);
  const rates = f64x2.splat(rate);
  const rootScales = f64x2.splat(rootScale);
  const epsilons = f64x2.splat(epsilon);
  for (let at: usize = 0; at < bytes; at += 8) {
    const g = scaled(v128.load64_zero(gradient + at), scale);
    const m0 = f64x2.promote_low_f32x4(v128.load64_zero(firstMoment + at));
    const v0 = f64x2.promote_low_f32x4(v128.load64_zero(secondMoment + at));
    const m = f64x2.add(f64x2.mul(keep1, m0), f64x2.mul(take1, g));
    const v = f64x2.add(f64x2.mul(keep2, v0), f64x2.mul(f64x2.mul(take2, g), g));
    v128.store64_lane(firstMoment + at, f32x4.demote_f64x2_zero(m), 0);
    v128.store64_lane(secondMoment + at, f32x4.demote_f64x2_zero(v), 0);
    const root = f64x2.add(f64x2.mul(f64x2.sqrt(v), rootScales), epsilons);
    const step = f64x2.div(f64x2.mul(rates, m), root);
    const next = f64x2.sub(f64x2.promote_low_f32x4(v128.load64_zero(params + at)), step);
    v128.store64_lane(params + at, f32x4.demote_f64x2_zero(next), 0);
  }
}

/** Two float32 numbers times `scale`, rounded to float32, as float64. */
function scaled(g: v128, scale: f64): v128 {
  const product = f64x2.mul(f64x2.promote_low_f32x4(g), f64x2.splat(scale));
  return f64x2.promote_low_f32x4(f32x4.demote_f64x2_zero(product));
}
