// Presenting, the list of keys, and exercises: what is said of them.
import { inLanguages } from './language.ts';

export const PRESENT_WORDS = inLanguages({
  en: {
    menu: 'Present',
    start: 'Present',
    leave: 'Leave',
    leaveTitle: 'Leave the presentation (Esc or P)',
    fullscreen: 'Fullscreen',
    leaveFullscreen: 'Leave fullscreen',
    keys: 'Keys',
    theme: 'Light or dark',
    exercise: 'Make an exercise…',
    /** Said once, quietly. */
    remarks: {
      'no-wake-lock':
        'This browser does not keep the screen awake: switch off its sleep in the system’s settings.',
      'no-fullscreen': 'This browser refuses fullscreen. F11, or its own menu, may do it.',
    },
  },
});
