// The meta-RL labs as the generic driving machinery needs them: how their runs are driven, and how their crews race.
import type { PolicyCrew } from '../algorithms/meta-rl/crew.ts';
import { changesTestsIn } from '../experiment/fields.ts';
import { POLICY_LAB } from '../training/policy-domain.ts';
import {
  POLICY_METRIC_COLUMNS,
  type PolicyKinds,
  type PolicySession,
  type TrainablePolicyExperiment,
} from '../training/policy-session-events.ts';
import type { DrivenLab } from './driven-lab.ts';
import type { RaceRules } from './engine-pool.ts';
import { createSwitchableCrew } from './switchable-crew.ts';

/** A pull computes one phase of one run; a pause waits as long as nobody notices. */
const PAUSE_WAIT_MS = 20;
/** Sessions of meta-RL do one meta-iteration at a time, whatever they are offered. */
const BURST_MS = 24;
/** As many as crews of eight threads have work for. */
const RACED_TASKS = 8;

export const POLICY_DRIVING: DrivenLab<PolicyKinds> = {
  metricColumns: POLICY_METRIC_COLUMNS,
  createStandIn: createSwitchableCrew,
  changesTests: (before, after) => changesTestsIn(POLICY_LAB, before, after),
  unsupported: () => null,
  burstMs: () => BURST_MS,
  pauseWaitMs: PAUSE_WAIT_MS,
};

/** `createSession`: one that only trains. */
export function policyRaceRules(
  createSession: (experiment: TrainablePolicyExperiment, crew: PolicyCrew) => PolicySession,
): RaceRules<PolicyKinds> {
  return {
    unsupported: POLICY_DRIVING.unsupported,
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
function racedExperiment(experiment: TrainablePolicyExperiment): TrainablePolicyExperiment {
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
