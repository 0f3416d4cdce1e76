// How θ moves once the crew has an objective: TRPO, Adam on the surrogate's gradient, or Reptile's step. Bad luck never
// throws: the step is refused, θ stays, and the trace says why.
import type { PolicyExperiment } from '../../experiment/policy-experiment.ts';
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
  const { outerSteps, klTarget } = experiment;
  const maxKl = adamKlLimit(experiment);
  const learningRate = experiment.metaLearningRate * rateFactorOf(state.optimizer);
  const gradientNorm = norm(start.metaGradient);
  const unmoved = { metaParams: state.metaParams, optimizer: state.optimizer, kl: 0 };
  const trace = { kind: 'adam' as const, gradientNorm, surrogateBefore: start.surrogateLoss };
  const refusal = refusalOf(gradientNorm);
  if (refusal !== null) return { ...unmoved, outer: { ...trace, refusal, steps: [] } };
  const steps: PolicyValues[] = [];
  let now: { metaParams: Float32Array; optimizer: OptimizerState; kl: number } = unmoved;
  let gradient: FloatArray = start.metaGradient;
  for (;;) {
    const next = applyOptimizer(now.optimizer, now.metaParams, gradient, learningRate);
    const values = await objective.evaluate(next.params);
    if (!Number.isFinite(values.surrogateLoss + values.kl)) break;
    steps.push(values);
    now = { metaParams: next.params, optimizer: next.state, kl: values.kl };
    // A step too far is kept, as Adam's are, but none is taken from there.
    if (steps.length >= outerSteps || values.kl > maxKl) break;
    gradient = (await objective.gradient({ metaParams: now.metaParams })).metaGradient;
    if (refusalOf(norm(gradient)) !== null) break;
  }
  const optimizer = klTarget === null ? now.optimizer : towardsTarget(now.optimizer, now.kl / klTarget);
  return {
    ...now,
    optimizer,
    outer: { ...trace, refusal: steps.length > 0 ? null : 'non-finite-values', steps },
  };
}

// How β follows a KL target, as rules of thumb have it: a factor of 1.5 where KL is off by more than 2, and never above
// what the experiment says.
const KL_STOP = 2;
const KL_SLACK = 2;
const RATE_CHANGE = 1.5;
const LEAST_FACTOR = 0.01;

/** KL beyond which Adam takes no further step on a batch. */
export function adamKlLimit({ klTarget, maxKl }: Pick<PolicyExperiment, 'klTarget' | 'maxKl'>): number {
  return klTarget === null ? maxKl : KL_STOP * klTarget;
}

function rateFactorOf(optimizer: OptimizerState): number {
  return optimizer.kind === 'adam' ? (optimizer.rateFactor ?? 1) : 1;
}

/** `ratio`: the KL that the steps came to ÷ the target. */
function towardsTarget(optimizer: OptimizerState, ratio: number): OptimizerState {
  if (optimizer.kind !== 'adam') return optimizer;
  const now = rateFactorOf(optimizer);
  const changed = ratio > KL_SLACK ? now / RATE_CHANGE : ratio < 1 / KL_SLACK ? now * RATE_CHANGE : now;
  return { ...optimizer, rateFactor: Math.min(1, Math.max(LEAST_FACTOR, changed)) };
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
