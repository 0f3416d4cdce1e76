// What an outer optimiser carries from meta-step to meta-step. The optimisers themselves are in algorithms/.

/** Moments are [P], in the layout of the parameters. */
export type OptimizerState =
  | { readonly kind: 'sgd' }
  | {
      readonly kind: 'adam';
      /** Number of steps taken. */
      readonly count: number;
      readonly firstMoment: Float32Array;
      readonly secondMoment: Float32Array;
      /** What the learning rate is multiplied by, where something adapts it (meta-RL's KL target); absent: 1. */
      readonly rateFactor?: number;
    };

/** Adam's constants, those of tfjs and JAX. */
export const ADAM = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
