// Trust region policy optimisation (Schulman et al. 2015) as the outer optimiser of meta-RL: the direction −H⁻¹g by
// conjugate gradients, scaled to the largest KL allowed, then a line search. What H, g and the values are is the
// objective's business; θ goes in and θ comes out.

import type { PolicyObjective, PolicyValues } from '../gradients/policy-gradient.ts';
import type { FloatArray } from '../math/arrays.ts';
import { conjugateGradient } from '../math/conjugate-gradient.ts';
import { dot } from '../math/linear-algebra.ts';

export interface TrpoSettings {
  /** Mean KL(old ‖ new) of the adapted policies, at most. */
  readonly maxKl: number;
  readonly conjugateGradientIterations: number;
  /** Added to H's diagonal. */
  readonly damping: number;
  readonly lineSearchTries: number;
  /** Each try is this much shorter than the one before. */
  readonly backtrack: number;
}

/** REFERENCE section 5. */
export const TRPO_DEFAULTS: TrpoSettings = {
  maxKl: 0.01,
  conjugateGradientIterations: 10,
  damping: 1e-5,
  lineSearchTries: 15,
  backtrack: 0.8,
};

/** One try of the line search. */
export interface LineSearchTry extends PolicyValues {
  /** Share of the full step. */
  readonly scale: number;
  readonly accepted: boolean;
}

/** Why θ stays as it is. */
export type TrpoRefusal =
  /** The gradient is 0: no task taught anything. */
  | 'zero-gradient'
  /** The gradient has entries that are not finite. */
  | 'non-finite-gradient'
  /** d·Hd is not above 0 or the direction is not finite: the curvature products are broken or all 0. */
  | 'no-curvature'
  /** No try improved the surrogate within maxKl. */
  | 'line-search-failed';

/** What happened, for the screen. */
export interface TrpoTrace {
  readonly gradientNorm: number;
  /** Conjugate-gradient iterations taken, and ‖−g − (H + damping) d‖ after them. */
  readonly conjugateGradientIterations: number;
  readonly residualNorm: number;
  /** d·Hd, and the factor √(2 maxKl / d·Hd) of the full step; 0 when it came to no direction. */
  readonly curvature: number;
  readonly stepScale: number;
  /** The surrogate at θ_old. */
  readonly surrogateBefore: number;
  readonly tries: readonly LineSearchTry[];
}

export type TrpoResult =
  | {
      readonly accepted: true;
      /** New θ [P]. */
      readonly metaParams: Float64Array;
      readonly surrogateLoss: number;
      readonly kl: number;
      readonly trace: TrpoTrace;
    }
  | { readonly accepted: false; readonly reason: TrpoRefusal; readonly trace: TrpoTrace };

/** θ and what is known about the objective there. */
export interface TrpoPoint {
  /** θ_old [P] */
  readonly metaParams: FloatArray;
  /** The surrogate's gradient [P] and value at θ_old. */
  readonly metaGradient: FloatArray;
  readonly surrogateLoss: number;
}

/** One TRPO step from θ_old; on refusal keep θ and say why. */
export async function trpoStep(
  objective: Pick<PolicyObjective, 'evaluate' | 'klHessianVector'>,
  point: TrpoPoint,
  settings: TrpoSettings = TRPO_DEFAULTS,
): Promise<TrpoResult> {
  const { metaGradient, surrogateLoss } = point;
  const gradientNorm = Math.sqrt(dot(metaGradient, metaGradient));
  const empty: TrpoTrace = {
    gradientNorm,
    conjugateGradientIterations: 0,
    residualNorm: 0,
    curvature: 0,
    stepScale: 0,
    surrogateBefore: surrogateLoss,
    tries: [],
  };
  if (!Number.isFinite(gradientNorm)) return { accepted: false, reason: 'non-finite-gradient', trace: empty };
  if (gradientNorm === 0) return { accepted: false, reason: 'zero-gradient', trace: empty };
  const found = await trpoDirection(objective, metaGradient, settings);
  const trace = { ...empty, ...found.trace };
  if (found.step === null) return { accepted: false, reason: 'no-curvature', trace };
  return searchLine(objective, point, { step: found.step, trace }, settings);
}

/** The full step √(2 maxKl / d·Hd) · d with d ≈ −(H + damping·I)⁻¹ g; null where the curvature allows none. */
export async function trpoDirection(
  objective: Pick<PolicyObjective, 'klHessianVector'>,
  metaGradient: FloatArray,
  { conjugateGradientIterations, damping, maxKl }: TrpoSettings,
): Promise<{
  readonly step: Float64Array | null;
  readonly direction: Float64Array;
  readonly trace: Pick<TrpoTrace, 'conjugateGradientIterations' | 'residualNorm' | 'curvature' | 'stepScale'>;
}> {
  const product = async (vector: Float64Array) => {
    const image = await objective.klHessianVector(vector);
    return image.map((value, at) => value + damping * vector[at]!);
  };
  const downhill = Float64Array.from(metaGradient, (value) => -value);
  const solved = await conjugateGradient(product, downhill, { iterations: conjugateGradientIterations });
  const direction = solved.x;
  const curvature = dot(direction, await objective.klHessianVector(direction));
  const stepScale = curvature > 0 ? Math.sqrt((2 * maxKl) / curvature) : 0;
  const usable = stepScale > 0 && Number.isFinite(stepScale) && direction.every(Number.isFinite);
  return {
    step: usable ? direction.map((value) => stepScale * value) : null,
    direction,
    trace: {
      conjugateGradientIterations: solved.iterations,
      residualNorm: solved.residualNorm,
      curvature,
      stepScale: usable ? stepScale : 0,
    },
  };
}

async function searchLine(
  objective: Pick<PolicyObjective, 'evaluate'>,
  { metaParams, surrogateLoss: before }: TrpoPoint,
  { step, trace }: { readonly step: Float64Array; readonly trace: TrpoTrace },
  { lineSearchTries, backtrack, maxKl }: TrpoSettings,
): Promise<TrpoResult> {
  const tries: LineSearchTry[] = [];
  let scale = 1;
  for (let attempt = 0; attempt < lineSearchTries; attempt++) {
    const candidate = step.map((value, at) => metaParams[at]! + scale * value);
    const { surrogateLoss, kl } = await objective.evaluate(candidate);
    // Comparisons with NaN are false, so a broken policy is never accepted.
    const accepted = surrogateLoss < before && kl <= maxKl;
    tries.push({ scale, surrogateLoss, kl, accepted });
    if (accepted) return { accepted, metaParams: candidate, surrogateLoss, kl, trace: { ...trace, tries } };
    scale *= backtrack;
  }
  return { accepted: false, reason: 'line-search-failed', trace: { ...trace, tries } };
}
