// The meta-RL labs as the generic driving machinery needs them: how their runs are driven, and how their crews race.
import type { PolicyCrew } from '../algorithms/meta-rl/crew.ts';
import type { PolicyTask } from '../tasks/policy-environments.ts';
import { comparePolicyExperiments } from '../training/policy-domain.ts';
import {
  POLICY_METRIC_COLUMNS,
  type PolicyKinds,
  type TrainablePolicyExperiment,
} from '../training/policy-session-events.ts';
import type { SessionOf } from '../training/session-kinds.ts';
import type { DrivenLab } from './driven-lab.ts';
import type { RaceRules } from './engine-pool.ts';
import { createSwitchableCrew } from './switchable-crew.ts';

/** A pull computes one phase of one run; a pause waits as long as nobody notices. */
const PAUSE_WAIT_MS = 20;
/** Sessions of meta-RL do one meta-iteration at a time, whatever they are offered. */
const BURST_MS = 24;
/** As many as crews of eight threads have work for. */
const RACED_TASKS = 8;

/** How runs of these experiments are driven, in all meta-RL labs alike. */
export function policyDriving<E extends TrainablePolicyExperiment, T extends PolicyTask>(): DrivenLab<
  PolicyKinds<E, T>
> {
  return {
    metricColumns: POLICY_METRIC_COLUMNS,
    createStandIn: createSwitchableCrew,
    changesTests: (before, after) => comparePolicyExperiments(before, after).changesTests,
    unsupported: () => null,
    burstMs: () => BURST_MS,
    pauseWaitMs: PAUSE_WAIT_MS,
  };
}

/** `createSession`: one that only trains. */
export function policyRaceRules<E extends TrainablePolicyExperiment, T extends PolicyTask>(
  createSession: (experiment: E, crew: PolicyCrew) => SessionOf<PolicyKinds<E, T>>,
): RaceRules<PolicyKinds<E, T>> {
  return {
    unsupported: () => null,
    costKey,
    siblings: {},
    // One takes longer than a race of supervised engines.
    minSteps: 1,
    createStepper(experiment, crew, isCancelled) {
      const raced = racedExperiment(experiment);
      const { events } = createSession(raced, crew);
      return async () => {
        for (;;) {
          if (isCancelled()) throw new Error('the race was broken off');
          const next = await events.next();
          if (next.done === true) throw new Error('it trained to the end while it was timed');
          // Told as what a whole meta-iteration would take.
          if (next.value.kind === 'iteration') return raced.metaBatchSize / experiment.metaBatchSize;
        }
      };
    },
  };
}

/** One run, fewer tasks, and steps so small that it costs the same each time and cannot diverge. */
function racedExperiment<E extends TrainablePolicyExperiment>(experiment: E): E {
  const { algorithms, metaBatchSize, maxReplayedTasks } = experiment;
  const raced = algorithms.find((id) => id === 'maml') ?? algorithms.find((id) => id !== 'random') ?? 'maml';
  return {
    ...experiment,
    algorithms: [raced],
    metaBatchSize: Math.min(metaBatchSize, RACED_TASKS),
    maxReplayedTasks: Math.min(maxReplayedTasks, RACED_TASKS),
    metaLearningRate: 1e-6,
    maxKl: 1e-8,
    alphaLearningRate: 1e-9,
    metaIterations: Number.MAX_SAFE_INTEGER,
  };
}

/** The settings on which the time of a meta-iteration depends. */
function costKey(experiment: TrainablePolicyExperiment): string {
  const { algorithms, hiddenWidths, activation, trajectoriesPerTask, horizon, innerSteps } = experiment;
  const { reptileInnerSteps, metaBatchSize, outerOptimizer, outerSteps, curvatureRows } = experiment;
  return JSON.stringify([
    [algorithms, hiddenWidths, activation, trajectoriesPerTask, horizon, innerSteps],
    [reptileInnerSteps, metaBatchSize, outerOptimizer, outerSteps, curvatureRows],
  ]);
}
