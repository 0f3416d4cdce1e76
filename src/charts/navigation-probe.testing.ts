// A probe for tests of the Navigation charts, without any learning: linear policies walk to a goal ever more directly.
import { foldIn, key } from '../math/rng.ts';
import { createActor, type GaussianPolicyShape, policyParameterCount } from '../models/gaussian-policy.ts';
import type { NavigationTask } from '../tasks/navigation.ts';
import { createNavigation } from '../tasks/navigation.ts';
import { collectTrajectories, meanReturns } from '../tasks/trajectories.ts';
import type { ProbePoint } from '../training/policy-session-events.ts';

/** No hidden layer: velocity = gain · position + push. */
export const LINEAR_SHAPE: GaussianPolicyShape = { sizes: [2, 2], activation: 'tanh' };

/** Parameters that walk towards `target`, `gain` of the distance per step. */
export function walkTo(target: { readonly x: number; readonly y: number }, gain: number): Float32Array {
  const params = new Float32Array(policyParameterCount(LINEAR_SHAPE)).fill(-3);
  params.set([-gain, 0, 0, -gain, gain * target.x, gain * target.y]);
  return params;
}

/** Three policies: one drifts, the next overshoots, the last one finds the goal. */
export function probeAt(
  goal: { readonly x: number; readonly y: number },
  episodes = 5,
): ProbePoint<NavigationTask> {
  const policies = [
    walkTo({ x: 0.1, y: 0.05 }, 0.02),
    walkTo({ x: goal.x * 0.7, y: goal.y * 0.9 }, 0.06),
    walkTo(goal, 0.15),
  ];
  const environment = createNavigation({ reward: 'distance', start: 'origin' });
  return {
    algorithm: 'maml',
    iteration: 12,
    request: { id: 1, task: goal },
    steps: policies.map((params, step) => {
      const trajectories = collectTrajectories({
        environment,
        tasks: [goal],
        episodes,
        horizon: 60,
        key: foldIn(key(3), step),
        actorFor: () => createActor(LINEAR_SHAPE, params, episodes),
      });
      return { params, meanReturn: meanReturns(trajectories)[0]!, standardError: 0.1, trajectories };
    }),
  };
}
