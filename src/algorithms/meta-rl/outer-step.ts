// How θ moves once the crew has an objective: TRPO, Adam on the surrogate's gradient, or Reptile's step. Bad luck never
// throws: the step is refused, θ stays, and the trace says why.
import type { PolicyGradientResult, PolicyObjective, PolicyValues } from '../../gradients/policy-gradient.ts';
import type { FloatArray } from '../../math/arrays.ts';
import { norm } from '../../math/linear-algebra.ts';
import type { OptimizerState } from '../../models/optimizer-state.ts';
import { applyOptimizer, descend } from '../optimizers.ts';
import { trpoStep } from '../trpo.ts';
import type { OuterTrace, PolicyRunState, PolicyStepContext } from './policy-algorithm.ts';
import type { DrawnTasks } from './policy-iteration.ts';

/** What came of an outer step. */
export interface OuterStep extends Pick<PolicyRunState, 'metaParams' | 'optimizer'> {
  readonly outer: OuterTrace;
  /** KL(old ‖ new) of the adapted policies, 0 where θ stayed or nothing bounds it. */
  readonly kl: number;
  /** Mean over tasks of the surrogate's derivative in α at θ_old, where α is learned. */
  readonly alphaGradient: FloatArray | undefined;
}

/** θ ← the experiment's outer optimiser, on the objective's gradient. The objective stays the caller's. */
export async function optimiseSurrogate(
  context: PolicyStepContext,
  { learnsAlpha }: DrawnTasks,
  objective: PolicyObjective,
): Promise<OuterStep> {
  const start = await objective.gradient({ wantAlphaGradient: learnsAlpha });
  const step = context.experiment.outerOptimizer === 'trpo' ? stepByTrpo : stepByAdam;
  return { ...(await step(context, objective, start)), alphaGradient: start.alphaGradient };
}

type Stepped = Omit<OuterStep, 'alphaGradient'>;

async function stepByTrpo(
  { experiment, state }: PolicyStepContext,
  objective: PolicyObjective,
  { metaGradient, surrogateLoss }: PolicyGradientResult,
): Promise<Stepped> {
  const { maxKl, conjugateGradientIterations, damping, lineSearchTries } = experiment;
  const { metaParams, optimizer } = state;
  const result = await trpoStep(
    objective,
    { metaParams, metaGradient, surrogateLoss },
    {
      maxKl,
      conjugateGradientIterations,
      damping,
      lineSearchTries,
      backtrack: experiment.lineSearchBacktrack,
    },
  );
  const { trace } = result;
  if (!result.accepted) {
    return { metaParams, optimizer, kl: 0, outer: { kind: 'trpo', refusal: result.reason, trace } };
  }
  const moved = Float32Array.from(result.metaParams);
  return { metaParams: moved, optimizer, kl: result.kl, outer: { kind: 'trpo', refusal: null, trace } };
}

async function stepByAdam(
  { experiment, state }: PolicyStepContext,
  objective: PolicyObjective,
  start: PolicyGradientResult,
): Promise<Stepped> {
  const { metaLearningRate, outerSteps, maxKl } = experiment;
  const gradientNorm = norm(start.metaGradient);
  const unmoved = { metaParams: state.metaParams, optimizer: state.optimizer, kl: 0 };
  const trace = { kind: 'adam' as const, gradientNorm, surrogateBefore: start.surrogateLoss };
  const refusal = refusalOf(gradientNorm);
  if (refusal !== null) return { ...unmoved, outer: { ...trace, refusal, steps: [] } };
  const steps: PolicyValues[] = [];
  let now: { metaParams: Float32Array; optimizer: OptimizerState; kl: number } = unmoved;
  let gradient: FloatArray = start.metaGradient;
  for (;;) {
    const next = applyOptimizer(now.optimizer, now.metaParams, gradient, metaLearningRate);
    const values = await objective.evaluate(next.params);
    if (!Number.isFinite(values.surrogateLoss + values.kl)) break;
    steps.push(values);
    now = { metaParams: next.params, optimizer: next.state, kl: values.kl };
    // A step too far is kept, as Adam's are, but none is taken from there.
    if (steps.length >= outerSteps || values.kl > maxKl) break;
    gradient = (await objective.gradient({ metaParams: now.metaParams })).metaGradient;
    if (refusalOf(norm(gradient)) !== null) break;
  }
  return { ...now, outer: { ...trace, refusal: steps.length > 0 ? null : 'non-finite-values', steps } };
}

function refusalOf(gradientNorm: number): 'zero-gradient' | 'non-finite-gradient' | null {
  if (!Number.isFinite(gradientNorm)) return 'non-finite-gradient';
  return gradientNorm === 0 ? 'zero-gradient' : null;
}

/** θ ← θ − ε mean(θ − θ_k): a step of Reptile towards the adapted parameters. */
export async function stepTowardsAdapted(
  { experiment, state }: PolicyStepContext,
  { learnsAlpha }: DrawnTasks,
  objective: PolicyObjective,
): Promise<OuterStep> {
  const asked = { wantAlphaGradient: learnsAlpha };
  const { metaGradient, alphaGradient } = await objective.gradient(asked);
  const gradientNorm = norm(metaGradient);
  const refusal = refusalOf(gradientNorm);
  const metaParams =
    refusal === null ? descend(state.metaParams, metaGradient, experiment.reptileStepSize) : state.metaParams;
  const outer: OuterTrace = { kind: 'reptile', refusal, gradientNorm };
  return { metaParams, optimizer: state.optimizer, outer, kl: 0, alphaGradient };
}
