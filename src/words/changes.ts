// What a changed setting, and the run before it, are called.
import { inLanguages } from './language.ts';

export const changeWords = inLanguages({
  en: {
    runBefore: 'run before',
    beforeChanges: (preset: string, count: number) => `${preset}, before ${count} changes`,
    and: (settings: readonly string[]) => settings.join(' and '),
    setting: (name: string, value: string) => `${name} ${value}`,
    /** Of old measurements, after a name. */
    earlierTests: (name: string) => `${name}, earlier test settings`,
    /** Why a recorded run diverged, of which no more is kept. */
    recordedDivergence: 'its numbers became non-finite',
    restarted: 'Training restarted: the change alters what was learned so far.',
    oldRunStays: (name: string) => `The run before (${name}) stays as a faint line.`,
    undo: 'Undo the change',
    dismiss: 'Dismiss the old line',
  },
});
