// The hidden layers' activations on float64 arrays: value, slope f′ and curvature f″. The list of names lives in
// experiment/; the same functions on tensors live in mlp-tensors.ts.
import type { Activation } from '../experiment/experiment.ts';

/**
 * Replaces the pre-activations z in `values` by f(z) and writes f′(z) to `slopes`, same positions. ReLU, which mostly
 * drops units rather than changing them, is mlp-pass.ts's own; its slope at 0 is 0, as in tfjs.
 */
export function activate(
  activation: Exclude<Activation, 'relu'>,
  values: Float64Array,
  slopes: Float64Array,
): void {
  const end = values.length;
  if (activation === 'tanh') {
    for (let at = 0; at < end; at++) {
      const value = Math.tanh(values[at]!);
      values[at] = value;
      slopes[at] = 1 - value * value;
    }
  } else if (activation === 'sigmoid') {
    for (let at = 0; at < end; at++) {
      const value = 1 / (1 + Math.exp(-values[at]!));
      values[at] = value;
      slopes[at] = value * (1 - value);
    }
  } else {
    for (let at = 0; at < end; at++) {
      const z = values[at]!;
      // log(1 + e^z) without overflow for large z.
      values[at] = Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
      slopes[at] = 1 / (1 + Math.exp(-z));
    }
  }
}

/** f″ from the value f(z) and the slope f′(z) of a unit. */
export function curvature(activation: Activation, value: number, slope: number): number {
  switch (activation) {
    case 'relu':
      return 0;
    case 'tanh':
      return -2 * value * slope;
    case 'sigmoid':
      return slope * (1 - 2 * value);
    case 'softplus':
      return slope * (1 - slope);
  }
}
