// What surrounds every lab: the bar at the top, notices, what is said of the state of training, and what is shown when
// the page cannot be drawn.
import { inLanguages } from './language.ts';

export const shellWords = inLanguages({
  en: {
    settings: 'Settings',
    skip: 'Skip to the stage',
    labs: 'Labs',
    undo: 'Undo',
    undoTitle: 'Undo (Ctrl+Z)',
    redo: 'Redo',
    redoTitle: 'Redo (Ctrl+Shift+Z)',
    theme: 'Theme',
    toLight: 'Change to light',
    toDark: 'Change to dark',
    themeDark: 'Theme: dark. Change to light',
    themeLight: 'Theme: light. Change to dark',
    notices: 'Notices',
    dismiss: 'Dismiss',
    dismissNotice: (title: string) => `Dismiss: ${title}`,
    loadingLab: 'Loading the lab…',
    /** Said when the state of training changes. */
    training: {
      idle: '',
      starting: 'Training is starting.',
      running: 'Training runs.',
      paused: 'Training is paused.',
      finished: 'Training is finished.',
      failed: 'Training has failed.',
    },
    diverged: (algorithm: string, iteration: number) => `${algorithm} diverged at ${iteration}.`,

    notDrawn: 'The page could not be drawn.',
    /** Before the words of the error. */
    cause: 'Cause:',
    waysOn: 'Reload to continue from this link, or open the lab with its default settings.',
    reload: 'Reload',
    defaults: 'Default settings',
  },
});
