// What the tests of meta-RL sessions share: a navigation experiment that takes milliseconds, and crews for it.

import type { PolicyCrew } from '../algorithms/meta-rl/crew.ts';
import { createEngineCrew, type EngineCrewOptions } from '../algorithms/meta-rl/engine-crew.ts';
import type { NavigationExperiment } from '../experiment/navigation-experiment.ts';
import { NAVIGATION_PRESETS } from '../experiment/navigation-presets.ts';
import { createReferencePolicyEngine } from '../gradients/reference-policy/reference-policy-engine.ts';
import { createActor } from '../models/gaussian-policy.ts';
import { createPolicySession, type PolicySessionOptions } from './policy-session.ts';
import type {
  PolicySession,
  PolicySessionEvent,
  TrainablePolicyExperiment,
} from './policy-session-events.ts';

/** A few small goals, a few short trajectories, a net of four units. */
export const TINY: NavigationExperiment = {
  ...NAVIGATION_PRESETS[0].experiment,
  algorithms: ['maml'],
  hiddenWidths: [4],
  trajectoriesPerTask: 3,
  horizon: 8,
  metaBatchSize: 4,
  metaIterations: 4,
  maxReplayedTasks: 2,
  replayRampIterations: 2,
  curvatureRows: 10,
  testTrajectories: 3,
};

/** A float64 crew in this thread. */
export function referenceCrew(options: Partial<EngineCrewOptions> = {}): PolicyCrew {
  const engine = createReferencePolicyEngine();
  return createEngineCrew({ engine, openActor: createActor, clock: () => 0, ...options });
}

/** A session of its own crew, without evaluations unless asked for. */
export function startTiny(
  experiment: TrainablePolicyExperiment,
  options: Partial<PolicySessionOptions> = {},
  crew: PolicyCrew = referenceCrew(),
): PolicySession {
  return createPolicySession(experiment, crew, { clock: () => 0, evaluationTasks: 0, ...options });
}

/** Everything until the session ends, or until `stop` says so. */
export async function eventsOf(
  session: PolicySession,
  stop: (event: PolicySessionEvent) => boolean = () => false,
): Promise<PolicySessionEvent[]> {
  const events: PolicySessionEvent[] = [];
  for await (const event of session.events) {
    events.push(event);
    if (stop(event)) break;
  }
  return events;
}
