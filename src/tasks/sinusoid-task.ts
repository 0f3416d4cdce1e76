// What a sinusoid task is: y = A sin(x − φ). Sampling lives in sinusoid.ts.

export interface SinusoidTask {
  readonly amplitude: number;
  /** φ in radians. */
  readonly phase: number;
  /** True when drawn from the second ("noise") range; shown in the buffer view. */
  readonly isNoise: boolean;
}
