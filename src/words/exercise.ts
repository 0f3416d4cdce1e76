// Making an exercise: a link that hides or locks settings, or asks for a guess first.
import { inLanguages } from './language.ts';

export const EXERCISE_WORDS = inLanguages({
  en: {
    title: 'Make an exercise',
    about:
      'Choose what the link leaves out, what it shows but locks, and whether a guess comes first. The experiment is the one on the screen.',
    partsTitle: 'Parts of the page',
    part: 'Part',
    setting: 'Setting',
    hide: 'Hide',
    lock: 'Lock',
    hideName: (name: string) => `Hide ${name}`,
    lockName: (name: string) => `Lock ${name}`,
    parts: {
      settings: 'All settings',
      instruments: 'Charts',
      pseudocode: 'Pseudocode',
      transport: 'Run, steps and scrubbers',
      presets: 'Presets',
    },
    predict: 'Ask for a guess first: the outcome stays covered until one is made',
    present: 'Open in the projector’s type',
    lockedPresets: 'A locked setting locks the presets too, which would change it.',
    link: 'Link of the exercise',
    copy: 'Copy link',
    copied: 'Copied',
    refused: 'The clipboard is refused. The link is selected: copy it with Ctrl C.',
    length: (count: number) => `${count} characters`,
  },
});
