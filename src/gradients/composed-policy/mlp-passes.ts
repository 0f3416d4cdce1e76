// Forward and backward passes of an MLP over all timesteps of a group of tasks, and their R-counterparts (Pearlmutter's
// R-operator, as in reference/hessian-vector.ts), on tensors: a few large products, no tape.
import {
  add,
  exp,
  getBackend,
  mul,
  neg,
  relu,
  sigmoid,
  softplus,
  square,
  step,
  sub,
  type Tensor,
  tanh,
  tidy,
} from '@tensorflow/tfjs-core';
import type { Activation } from '../../experiment/experiment.ts';
import { times, timesTransposed, transposedTimes } from './products.ts';

/** A forward pass. Layer l reads `inputs[l]` [G, N, in + 1 or more]: the timesteps, then the hidden levels. */
export interface ForwardPass {
  readonly inputs: readonly Tensor[];
  /** [G, N, out] */
  readonly outputs: Tensor;
}

/** A forward pass that can be gone back: f′ at hidden level l is `slopes[l]`, so `slopes[0]`, of the input, is null. */
export interface LinearisedPass extends ForwardPass {
  readonly slopes: readonly (Tensor | null)[];
}

/** ∂loss/∂(what layer l puts out), before the activation, and the gradient of the loss in each layer's matrix. */
export interface BackwardPass {
  readonly deltas: readonly Tensor[];
  /** [G, rows, columns] each; what fills the blocks up holds numbers without meaning. */
  readonly gradients: readonly Tensor[];
}

/** R{…} of a forward pass: of what the layers read (null for the timesteps) and of z before the hidden activations. */
export interface TangentPass {
  readonly inputs: readonly (Tensor | null)[];
  readonly preActivations: readonly (Tensor | null)[];
  readonly outputs: Tensor;
}

const HIDDEN: Readonly<Record<Activation, (z: Tensor) => Tensor>> = {
  relu,
  // tfjs-wasm's tanh is a loop over the C library's, ten times slower than its sigmoid. What is lost is absolute, an
  // ulp of 1: no more than the products before it lose.
  tanh: (z) => (getBackend() === 'wasm' ? sub(mul(sigmoid(add(z, z)), 2), 1) : tanh(z)),
  sigmoid,
  softplus,
};

/** f′(z) from f(z). */
const SLOPES: Readonly<Record<Activation, (value: Tensor) => Tensor>> = {
  relu: step,
  tanh: (value) => sub(1, square(value)),
  sigmoid: (value) => sub(value, square(value)),
  softplus: (value) => sub(1, exp(neg(value))),
};

/** f″(z) ÷ f′(z) from f(z) and f′(z); null for 0. */
const CURVATURES: Readonly<Record<Activation, (value: Tensor, slope: Tensor) => Tensor | null>> = {
  relu: () => null,
  tanh: (value) => mul(value, -2),
  sigmoid: (value) => sub(1, add(value, value)),
  softplus: (_, slope) => sub(1, slope),
};

/** Runs the timesteps through the layers `params` [G or 1, in, out]; the caller's tidy owns the result. */
export function forward(activation: Activation, params: readonly Tensor[], timesteps: Tensor): ForwardPass {
  const inputs = [timesteps];
  for (const layer of params.slice(0, -1)) {
    const level = inputs[inputs.length - 1]!;
    inputs.push(tidy(() => HIDDEN[activation](times(level, layer))));
  }
  return { inputs, outputs: times(inputs[inputs.length - 1]!, params[params.length - 1]!) };
}

export function linearise(activation: Activation, pass: ForwardPass): LinearisedPass {
  const slopes = pass.inputs.map((level, at) => (at === 0 ? null : tidy(() => SLOPES[activation](level))));
  return { ...pass, slopes };
}

/** Back from ∂loss/∂outputs. */
export function backward(
  { inputs, slopes }: LinearisedPass,
  params: readonly Tensor[],
  outputDeltas: Tensor,
): BackwardPass {
  const deltas = [outputDeltas];
  for (let l = inputs.length - 1; l > 0; l--) {
    deltas.unshift(tidy(() => mul(timesTransposed(deltas[0]!, params[l]!), slopes[l]!)));
  }
  return { deltas, gradients: inputs.map((level, l) => tidy(() => transposedTimes(level, deltas[l]!))) };
}

/** R{forward} in the direction `vector`, one block per layer like `params`. */
export function tangentForward(
  { inputs, slopes }: LinearisedPass,
  params: readonly Tensor[],
  vector: readonly Tensor[],
): TangentPass {
  const tangents: (Tensor | null)[] = [null];
  const preActivations: (Tensor | null)[] = [null];
  let z = times(inputs[0]!, vector[0]!);
  for (let l = 1; l < inputs.length; l++) {
    preActivations.push(z);
    const tangent = mul(slopes[l]!, z);
    tangents.push(tangent);
    z = tidy(() => add(times(inputs[l]!, vector[l]!), times(tangent, params[l]!)));
  }
  return { inputs: tangents, preActivations, outputs: z };
}

export interface TangentRequest {
  readonly activation: Activation;
  readonly params: readonly Tensor[];
  readonly vector: readonly Tensor[];
  readonly pass: LinearisedPass;
  readonly deltas: readonly Tensor[];
  readonly tangent: TangentPass;
}

/** R{gradient in each layer's matrix} from R{∂loss/∂outputs}: the loss's second derivative times the direction. */
export function tangentBackward(request: TangentRequest, outputDeltas: Tensor): Tensor[] {
  const { params, vector, pass, deltas, tangent } = request;
  const products: Tensor[] = [];
  let rDelta = outputDeltas;
  for (let l = pass.inputs.length - 1; l > 0; l--) {
    const above = rDelta;
    products.unshift(
      tidy(() =>
        add(transposedTimes(pass.inputs[l]!, above), transposedTimes(tangent.inputs[l]!, deltas[l]!)),
      ),
    );
    rDelta = tidy(() => {
      const rValues = add(timesTransposed(above, params[l]!), timesTransposed(deltas[l]!, vector[l]!));
      return bend(request, l, mul(pass.slopes[l]!, rValues));
    });
  }
  products.unshift(transposedTimes(pass.inputs[0]!, rDelta));
  return products;
}

/** Adds what the activation's curvature contributes to R{∂loss/∂z} of level l: f″(z) R{z} ∂loss/∂a. */
function bend({ activation, pass, deltas, tangent }: TangentRequest, l: number, straight: Tensor): Tensor {
  const curvature = CURVATURES[activation](pass.inputs[l]!, pass.slopes[l]!);
  if (curvature === null) return straight;
  // deltas[l − 1] = f′ ∂loss/∂a of level l.
  return add(straight, mul(mul(curvature, tangent.preActivations[l]!), deltas[l - 1]!));
}
