// The running cheetahs.
import { inLanguages } from '../language.ts';

export const lanesWords = inLanguages({
  en: {
    metres: (count: string) => `${count} m`,
    speed: (value: string) => `${value} m/s`,
    goalForwards: 'goal: forwards →',
    goalBackwards: '← goal: backwards',
    goal: (speed: string) => `goal ${speed} m/s`,
    now: (speed: string) => `now ${speed} m/s`,
    noted: (name: string, note: string) => `${name}, ${note},`,
    unmeasured: (name: string) => `${name} has not been measured`,
    runs: (name: string, after: string) => `${name} runs at ${after} after adaptation`,
    before: (speed: string) => `, ${speed} before`,
    wantedForwards: 'goal forwards',
    wantedBackwards: 'goal backwards',
    lane: (runs: string, before: string, goal: string) => `${runs}${before}; ${goal}.`,
    summary: (seconds: string, lanes: string) => `At ${seconds} s: ${lanes}`,
  },
});
