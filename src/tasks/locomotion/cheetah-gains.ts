// What a cheetah's rewards are before the cost of its actions, read back from trajectories: how well it does what it is
// told, in m/s. Returns mix both.
import type { Trajectories } from '../trajectories.ts';
import { ACTION_COST, CONVENTIONS } from './cheetah-conventions.ts';
import type { CheetahSettings } from './cheetah-environment.ts';

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
