// What is said of settings that do not fit together in the labs of policies.
import { inLanguages } from './language.ts';

export const policyRuleWords = inLanguages({
  en: {
    /** `mostTrajectories` is 0 where no number of them would fit. */
    timesteps: (size: {
      readonly tasks: number;
      readonly trajectories: number;
      readonly horizon: number;
      readonly timesteps: string;
      readonly most: string;
      readonly mostTrajectories: number;
    }) =>
      `${size.tasks} tasks × ${size.trajectories} trajectories × ${size.horizon} timesteps are ${size.timesteps} timesteps at once; at most ${size.most} are kept. ${
        size.mostTrajectories > 0
          ? `Use at most ${size.mostTrajectories} trajectories per task, or fewer tasks, or a shorter horizon.`
          : 'Use fewer tasks per update, or a shorter horizon.'
      }`,
  },
});
