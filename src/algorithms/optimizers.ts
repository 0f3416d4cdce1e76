// Outer optimisers on flat parameter vectors.

/** What an optimiser carries from step to step. */
export type OptimizerState =
  | { readonly kind: 'sgd' }
  | {
      readonly kind: 'adam';
      /** Number of steps taken. */
      readonly count: number;
      readonly firstMoment: Float32Array;
      readonly secondMoment: Float32Array;
    };
