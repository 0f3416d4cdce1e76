// What was unusual in a meta-iteration on policies, and why θ stayed as it was.
import { inLanguages } from './language.ts';

const inTasks = (tasks: number, all: number, what: string) => `In ${tasks} of ${all} tasks ${what}.`;

export const policyWarningWords = inLanguages({
  en: {
    kinds: {
      'zero-variance': 'all advantages were alike, so they taught nothing this time',
      'singular-baseline': 'the baseline’s features were collinear; it took more ridge, or stayed 0',
      'non-finite': 'a reward or an observation was not a number; their advantages are 0 this time',
      'non-finite-action': 'the policy gave an action that is not a number; the episode ended there',
    },
    /** `what`: one of those. */
    inTasks,
    unstable: (tasks: number, all: number, episodes: number) =>
      inTasks(
        tasks,
        all,
        `the body’s state became unstable; ${episodes} ${episodes === 1 ? 'episode' : 'episodes'} ended there`,
      ),
    refusals: {
      'zero-gradient': {
        what: 'the meta-gradient is 0: no task taught anything',
        remedy: 'Give the policy a larger spread or more trajectories, so that returns differ.',
      },
      'non-finite-gradient': {
        what: 'the meta-gradient is not a number',
        remedy: 'Lower α or raise the least spread, and restart.',
      },
      'non-finite-values': {
        what: 'Adam’s step leads to a policy without finite values',
        remedy: 'Lower β or α, and restart.',
      },
      'no-curvature': {
        what: 'KL’s curvature along the step is 0 or not a number',
        remedy: 'Raise the damping, or take curvature from more timesteps.',
      },
      'line-search-failed': {
        what: 'no step of the line search improved the surrogate within the largest KL',
        remedy: 'Use more tasks or trajectories, more tries, or take curvature from more timesteps.',
      },
    },
    /** Why a run diverged. */
    badReturn: 'a return became non-finite',
    badReturnAfter: 'a return after adaptation became non-finite',
    /** `reason`: one of `refusals`. */
    kept: (reason: string) => `θ stayed as it was: ${reason}.`,
    stalled: (steps: number, reason: string) =>
      `The last ${steps} steps were refused; at the last of them ${reason}.`,
    broken: 'Lower α and β, or raise the least spread, and restart.',
  },
});
