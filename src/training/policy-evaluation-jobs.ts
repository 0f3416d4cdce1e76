// The evaluations of a running session of meta-RL as jobs for its queue, in slices. Jobs hold references to immutable
// states, so training may go on while they run.
import type { PolicyCrew } from '../algorithms/meta-rl/crew.ts';
import { policyParameterCount } from '../models/gaussian-policy.ts';
import type { EvaluationJob } from './evaluation-queue.ts';
import { policyShapeFor } from './policy-domain.ts';
import { evaluatePolicy, type PolicySubject, probePolicy } from './policy-evaluation.ts';
import type { PolicyRun } from './policy-run.ts';
import type {
  PolicySessionEvent,
  ProbeOrigin,
  ProbeRequest,
  TrainablePolicyExperiment,
} from './policy-session-events.ts';

/** past: kept moments anew, after the test-time settings changed. */
export type PolicyEvaluationKind = 'probe' | 'adaptation' | 'past';

/**
 * Largest share of the time that each kind may take: see EvaluationQueue. A curve of 20 tasks takes as long as some three
 * updates of the live velocities, so one comes every five seconds.
 */
export const POLICY_TIME_SHARES: Readonly<Record<PolicyEvaluationKind, number>> = {
  probe: 0.06,
  adaptation: 0.1,
  past: 0.04,
};

type Job = EvaluationJob<PolicySessionEvent, PolicyEvaluationKind>;

/** The runs that are still training, as they are now. */
export function policySubjects(runs: readonly PolicyRun[]): PolicySubject[] {
  return runs
    .filter((run) => run.divergedAt === null)
    .map(({ algorithm, state, iteration, environmentSteps, seconds }) => ({
      algorithm,
      metaParams: state.metaParams,
      alpha: state.alpha,
      iteration,
      environmentSteps,
      seconds,
    }));
}

/** The policies that a request brings along, as far as they are of this experiment. */
export function originSubjects(
  experiment: TrainablePolicyExperiment,
  { iteration, runs }: ProbeOrigin,
): PolicySubject[] {
  return runs
    .filter(
      ({ algorithm, metaParams }) =>
        experiment.algorithms.includes(algorithm) &&
        metaParams.length === policyParameterCount(policyShapeFor(experiment, algorithm)),
    )
    .map((run) => ({ ...run, iteration, environmentSteps: 0, seconds: 0 }));
}

interface Given {
  readonly crew: PolicyCrew;
  readonly experiment: TrainablePolicyExperiment;
}

/**
 * An 'adaptation' event per subject, in this order. Each is looked at when its turn comes, which for the last of several
 * runs may be many meta-iterations later: `subjects` gives it as it then is, or null where there is nothing to evaluate.
 */
export function curvesJob(
  kind: 'adaptation' | 'past',
  { crew, experiment, taskCount }: Given & { readonly taskCount: number },
  subjects: readonly (() => PolicySubject | null)[],
): Job {
  async function* run() {
    for (const subjectNow of subjects) {
      const subject = subjectNow();
      if (subject === null) continue;
      const point = yield* evaluatePolicy(crew, experiment, subject, taskCount);
      yield { kind: 'adaptation', point } satisfies PolicySessionEvent;
    }
  }
  return { kind, run: run() };
}

/** A 'probe' event per subject; `urgent` when the user has just asked. */
export function probeJob(
  { crew, experiment, request, urgent }: Given & { readonly request: ProbeRequest; readonly urgent: boolean },
  subjects: readonly PolicySubject[],
): Job {
  async function* run() {
    for (const subject of subjects) {
      const point = await probePolicy(crew, experiment, subject, request);
      yield { kind: 'probe', point } satisfies PolicySessionEvent;
    }
  }
  return { kind: 'probe', run: run(), urgent };
}
