// How well each test task is done, by its goal, in the Cheetah lab.
import { inLanguages } from '../language.ts';

type Pair = readonly [before: string, after: string];

export const goalGainsWords = inLanguages({
  en: {
    forwards: 'forwards',
    backwards: 'backwards',
    /** After an axis' last number. */
    goalUnit: 'm/s goal',
    speed: (value: string) => `${value} m/s`,
    /** `when`: "after 1 step". */
    velocities: (
      name: string,
      [before, after]: Pair,
      { when, ofTimesteps }: { readonly when: string; readonly ofTimesteps: boolean },
    ) =>
      `${name}: mean speed error ${ofTimesteps ? 'of a timestep' : 'of a trajectory’s mean velocity'} ${before} before adaptation, ${after} ${when}.`,
    directions: (name: string, forwards: Pair, backwards: Pair, when: string) =>
      `${name}: forwards ${forwards[0]} before adaptation, ${forwards[1]} ${when}; backwards ${backwards[0]} and ${backwards[1]}.`,
  },
});
