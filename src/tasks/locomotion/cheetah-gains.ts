// How well cheetahs do what they are told, in m/s: their rewards before the cost of their actions, read back from
// trajectories, and by how much they miss the velocity asked for. Returns mix all of it.
import type { Trajectories } from '../trajectories.ts';
import { ACTION_COST, CONVENTIONS } from './cheetah-conventions.ts';
import type { CheetahSettings } from './cheetah-environment.ts';
import type { CheetahTask } from './cheetah-tasks.ts';

/**
 * Mean over each task's episodes of |the episode's mean velocity − g|, in m/s: what a runner is off by, whatever its
 * speed does within a stride or before it got going. [M]. Of VEL's tasks; trajectories with meanVelocities.
 */
export function cheetahVelocityErrors(
  { taskCount, episodes, meanVelocities }: Trajectories,
  tasks: readonly CheetahTask[],
): Float64Array {
  if (meanVelocities === undefined || tasks.length !== taskCount) {
    throw new Error(
      `cheetahVelocityErrors: got ${tasks.length} tasks and trajectories of ${taskCount}${meanVelocities ? '' : ' without velocities'}. Give the cheetah’s own.`,
    );
  }
  return Float64Array.from(tasks, ({ goal }, task) => {
    let error = 0;
    for (let episode = task * episodes; episode < (task + 1) * episodes; episode++) {
      error += Math.abs(meanVelocities[episode]! - goal);
    }
    return error / episodes;
  });
}

/**
 * Mean over each task's timesteps of the reward without its cost, in m/s: −|v − g| for VEL, d·v for DIR. [M]; 0 for a
 * task without timesteps.
 */
export function cheetahMeanGains(settings: CheetahSettings, trajectories: Trajectories): Float64Array {
  const { taskCount, episodes, horizon, lengths, rewards, actions, actionSize } = trajectories;
  const { actionRange = 1, convention } = settings;
  const clips = (settings.costOf ?? CONVENTIONS[convention].costOf) === 'clipped';
  return Float64Array.from({ length: taskCount }, (_, task) => {
    let gain = 0;
    let steps = 0;
    for (let episode = task * episodes; episode < (task + 1) * episodes; episode++) {
      const length = lengths[episode]!;
      for (let row = episode * horizon; row < episode * horizon + length; row++) {
        let cost = 0;
        for (let motor = row * actionSize; motor < (row + 1) * actionSize; motor++) {
          const asked = actions[motor]! / actionRange;
          const taken = clips ? Math.min(1, Math.max(-1, asked)) : asked;
          cost += taken * taken;
        }
        gain += rewards[row]! + ACTION_COST * cost;
      }
      steps += length;
    }
    return steps === 0 ? 0 : gain / steps;
  });
}
