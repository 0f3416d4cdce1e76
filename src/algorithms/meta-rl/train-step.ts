// One meta-iteration as every algorithm of meta-RL has it: sample, roll out, adapt, roll out again, move θ. An
// algorithm's own file says how many inner steps, which gradient and which outer step.
import type { AlgorithmId } from '../../experiment/experiment.ts';
import type { PolicyObjective } from '../../gradients/policy-gradient.ts';
import type { CrewOutcome } from './crew.ts';
import type { OuterStep } from './outer-step.ts';
import type {
  PolicyPhaseEvent,
  PolicyRunState,
  PolicyStepContext,
  PolicyStepResult,
} from './policy-algorithm.ts';
import {
  type Adaptation,
  adaptBatch,
  type DrawnTasks,
  drawTasks,
  metaUpdated,
  rolledOut,
  sampled,
  summarise,
  updateAlphaAndBuffer,
} from './policy-iteration.ts';

/** How θ moves; nothing in it may keep the objective. */
export type OuterUpdate = (
  context: PolicyStepContext,
  drawn: DrawnTasks,
  objective: PolicyObjective,
) => Promise<OuterStep>;

export interface StepPlan extends Adaptation {
  readonly algorithm: AlgorithmId;
  /** null: θ stays. */
  readonly outer: OuterUpdate | null;
}

/** Yields every phase, then returns what came of the meta-iteration. */
export async function* trainStep(
  context: PolicyStepContext,
  { algorithm, outer, ...adaptation }: StepPlan,
): AsyncGenerator<PolicyPhaseEvent, PolicyStepResult, void> {
  const drawn = drawTasks(context, algorithm, adaptation.innerSteps);
  yield sampled(drawn);

  const rolled = await adaptBatch(context, drawn, adaptation);
  const { objective } = rolled.outcome;
  try {
    yield* rolledOut(context, rolled, adaptation.innerSteps);

    const startedAt = context.clock();
    const step = outer && objective ? await outer(context, drawn, objective) : unmoved(context.state);
    const outerSeconds = (context.clock() - startedAt) / 1000;
    const state = { ...stateAfter(context, drawn, rolled.outcome, step) };
    yield metaUpdated(context, state, step);
    return summarise(state, drawn, rolled, { outer: step.outer, outerSeconds });
  } finally {
    objective?.release();
  }
}

function stateAfter(
  context: PolicyStepContext,
  drawn: DrawnTasks,
  outcome: CrewOutcome,
  { metaParams, optimizer, alphaGradient }: OuterStep,
): PolicyRunState {
  return { metaParams, optimizer, ...updateAlphaAndBuffer(context, drawn, outcome, alphaGradient) };
}

function unmoved({ metaParams, optimizer }: PolicyRunState): OuterStep {
  return { metaParams, optimizer, kl: 0, alphaGradient: undefined, outer: { kind: 'none', refusal: null } };
}
