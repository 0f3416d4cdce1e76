// The activations in WGSL, on quads: value from z, slope f′ and bend f″/f′ from the value. Own tanh and log1p, because
// WGSL's may be wrong from the fourth decimal on; the formulas of slope and bend are those of models/activation.ts.
import type { Activation } from '../../experiment/experiment.ts';

/** Defines activate(z), slopeOf(value) and, except for relu, bendOf(value). */
export function activationSource(activation: Activation): string {
  return SOURCES[activation];
}

const SOURCES: Readonly<Record<Activation, string>> = {
  // Written so that NaN passes where the hardware has it: a diverged run is judged by its numbers.
  relu: `
fn activate(z : vec4f) -> vec4f { return select(z, vec4f(), z <= vec4f()); }
fn slopeOf(value : vec4f) -> vec4f { return select(vec4f(1.0), vec4f(), value <= vec4f()); }
`,
  // Near 0 the quotient would lose its digits: there a series (the first term left out is below 1e-8 of the value).
  tanh: `
fn activate(z : vec4f) -> vec4f {
  let size = min(abs(z), vec4f(10.0));
  let far = 1.0 - 2.0 / (exp(2.0 * size) + 1.0);
  let s = size * size;
  let near = size * (1.0 + s * (-0.333333333 + s * (0.133333333 + s * (-0.0539682540 + s * (0.0218694885
    + s * (-0.00886323553 + s * 0.00359212803))))));
  return sign(z) * select(far, near, size < vec4f(0.35));
}
fn slopeOf(value : vec4f) -> vec4f { return 1.0 - value * value; }
fn bendOf(value : vec4f) -> vec4f { return -2.0 * value; }
`,
  sigmoid: `
fn activate(z : vec4f) -> vec4f { return 1.0 / (1.0 + exp(min(-z, vec4f(87.0)))); }
fn slopeOf(value : vec4f) -> vec4f { return value * (1.0 - value); }
fn bendOf(value : vec4f) -> vec4f { return 1.0 - 2.0 * value; }
`,
  // log(1 + e) = 2 artanh(e/(2 + e)); the argument is at most 1/3, the first term left out below 1e-8.
  softplus: `
fn activate(z : vec4f) -> vec4f {
  let e = exp(-abs(z));
  let t = e / (2.0 + e);
  let s = t * t;
  let series = 1.0 + s * (0.333333333 + s * (0.2 + s * (0.142857143 + s * (0.111111111
    + s * (0.0909090909 + s * (0.0769230769 + s * 0.0666666667))))));
  return max(z, vec4f()) + 2.0 * t * series;
}
fn slopeOf(value : vec4f) -> vec4f { return 1.0 - exp(-value); }
fn bendOf(value : vec4f) -> vec4f { return exp(-value); }
`,
};
