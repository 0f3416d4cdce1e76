// The hidden units' activations for the policy kernels. Slopes and curvatures are worked out again from the value a,
// which costs less than to store them: only values and ∂loss/∂a are kept from one product to the next.
import { expOfNegative, sigmoid, softplus } from './exponentials';
import { RELU, SIGMOID, TANH } from './fields';
import { tanhInPlace } from './policy-tanh';

/** Replaces pre-activations by f(z). */
export function activateValues(activation: usize, values: usize, bytes: usize): void {
  if (activation === TANH) {
    tanhInPlace(values, bytes);
  } else if (activation === RELU) {
    const zero = f32x4.splat(0);
    // pmax(a, b) is a < b ? b : a, so that NaN passes.
    for (let at: usize = 0; at < bytes; at += 16) {
      v128.store(values + at, f32x4.pmax(v128.load(values + at), zero));
    }
  } else if (activation === SIGMOID) {
    for (let at: usize = 0; at < bytes; at += 16) v128.store(values + at, sigmoid(v128.load(values + at)));
  } else {
    for (let at: usize = 0; at < bytes; at += 16) v128.store(values + at, softplus(v128.load(values + at)));
  }
}

/** f′ from a = f(z). */
function slope(activation: usize, a: v128): v128 {
  const one = f32x4.splat(1);
  if (activation === TANH) return f32x4.sub(one, f32x4.mul(a, a));
  if (activation === RELU) return v128.and(one, f32x4.ne(a, f32x4.splat(0)));
  if (activation === SIGMOID) return f32x4.mul(a, f32x4.sub(one, a));
  // softplus: a = log(1 + e^z), so that e^−a = 1 − sigmoid(z).
  return f32x4.sub(one, expOfNegative(f32x4.neg(a)));
}

/** f″ from value and slope; ReLU has none. */
function curvature(activation: usize, a: v128, s: v128): v128 {
  if (activation === TANH) return f32x4.mul(f32x4.splat(-2), f32x4.mul(a, s));
  const one = f32x4.splat(1);
  if (activation === SIGMOID) return f32x4.mul(s, f32x4.sub(one, f32x4.add(a, a)));
  return f32x4.mul(s, f32x4.sub(one, s));
}

/** to = f′ ∘ from: from ∂loss/∂a to ∂loss/∂z, and from R{z} to R{a}. */
export function timesSlope(activation: usize, values: usize, from: usize, to: usize, bytes: usize): void {
  if (activation === TANH) timesSlopeOf(TANH, values, from, to, bytes);
  else if (activation === RELU) timesSlopeOf(RELU, values, from, to, bytes);
  else timesSlopeOf(activation, values, from, to, bytes);
}

function timesSlopeOf(activation: usize, values: usize, from: usize, to: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(to + at, f32x4.mul(slope(activation, v128.load(values + at)), v128.load(from + at)));
  }
}

/** From R{∂loss/∂a} to R{∂loss/∂z}, in place: f′ R{∂loss/∂a} + f″ R{z} ∂loss/∂a. */
export function bend(
  activation: usize,
  values: usize,
  gradients: usize,
  rSums: usize,
  rDeltas: usize,
  bytes: usize,
): void {
  if (activation === RELU) {
    timesSlopeOf(RELU, values, rDeltas, rDeltas, bytes);
    return;
  }
  if (activation === TANH) bendOf(TANH, values, gradients, rSums, rDeltas, bytes);
  else bendOf(activation, values, gradients, rSums, rDeltas, bytes);
}

function bendOf(
  activation: usize,
  values: usize,
  gradients: usize,
  rSums: usize,
  rDeltas: usize,
  bytes: usize,
): void {
  for (let at: usize = 0; at < bytes; at += 16) {
    const a = v128.load(values + at);
    const s = slope(activation, a);
    const second = f32x4.mul(curvature(activation, a, s), v128.load(rSums + at));
    const bent = f32x4.mul(second, v128.load(gradients + at));
    v128.store(rDeltas + at, f32x4.add(f32x4.mul(s, v128.load(rDeltas + at)), bent));
  }
}
