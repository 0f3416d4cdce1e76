// One session of meta-RL under the clock, a meta-iteration at a time; also in a browser's worker. Who takes turns with
// whom is the caller's affair.
import type { PolicyCrew } from '../algorithms/meta-rl/crew.ts';
import { median } from '../math/statistics.ts';
import { createPolicySession } from '../training/policy-session.ts';
import type { PolicyMetrics, TrainablePolicyExperiment } from '../training/policy-session-events.ts';

/** One meta-iteration. */
export interface SessionSample {
  /** Wall time. */
  readonly ms: number;
  readonly metrics: PolicyMetrics;
}

/** Medians over the samples. */
export interface SessionTimes {
  readonly msPerStep: number;
  readonly rollOutMs: number;
  readonly innerMs: number;
  readonly outerMs: number;
  readonly rounds: number;
}

/** Does and times one meta-iteration per call. The experiment needs one algorithm, and more iterations than are asked for. */
export function startTimedSession(
  crew: PolicyCrew,
  experiment: TrainablePolicyExperiment,
  clock: () => number,
): () => Promise<SessionSample> {
  const { events } = createPolicySession(experiment, crew, { clock, evaluationTasks: 0 });
  return async () => {
    const startedAt = clock();
    let metrics: PolicyMetrics | null = null;
    for (;;) {
      const next = await events.next();
      if (next.done === true) {
        throw new Error(
          `The session of ${experiment.preset} ended while it was timed. Give it more iterations.`,
        );
      }
      if (next.value.kind === 'metrics') metrics = next.value.metrics;
      if (next.value.kind === 'iteration' && metrics !== null) return { ms: clock() - startedAt, metrics };
    }
  };
}

/** What is typical of at least one sample. */
export function typicalTimes(samples: readonly SessionSample[]): SessionTimes {
  const typical = (pick: (sample: SessionSample) => number) => median(samples.map(pick));
  return {
    msPerStep: typical(({ ms }) => ms),
    rollOutMs: typical(({ metrics }) => 1000 * metrics.rollOutSeconds),
    innerMs: typical(({ metrics }) => 1000 * metrics.innerSeconds),
    outerMs: typical(({ metrics }) => 1000 * metrics.outerSeconds),
    rounds: samples.length,
  };
}
