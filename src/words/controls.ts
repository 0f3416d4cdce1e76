// The settings: presets, sections, help and resets. What the fields themselves are called is in fields-….ts.
import { inLanguages } from './language.ts';

export const controlWords = inLanguages({
  en: {
    settings: 'Settings',
    close: 'Close',
    preset: 'Preset',
    asInPreset: 'As in the preset.',
    /** A sentence; what has changed follows it. */
    oneChange: '1 change from preset.',
    changes: (count: number) => (count === 1 ? '1 change from preset' : `${count} changes from preset`),
    changedFrom: (preset: string) => `Changed from “${preset}”`,
    reset: 'Reset',
    resetAll: 'Reset all settings to the preset',
    resetField: (label: string) => `Reset ${label} to the preset`,
    resetFieldTitle: 'Reset to the preset',
    paperAndCode: 'Paper and code',
    paperAndCodeOf: (preset: string) => `${preset}: paper and code`,
    more: 'More',
    /** After “More”, for those who hear it. */
    moreOf: (section: string) => `of ${section}`,
    help: (label: string) => `Help: ${label}`,
    accepts: (range: string) => `Accepts ${range}.`,
    range: (from: string, to: string, unit: string) => `${from} to ${to} ${unit}`.trim(),
    layers: (layers: readonly [number, number], widths: readonly [number, number]) =>
      `${layers[0]} to ${layers[1]} layers of ${widths[0]} to ${widths[1]} units`,
    atMostPoints: (count: number) => `at most ${count} points`,
    restarts: '↻ restarts training',
    appliesAtOnce: 'applies at once',
    /** After how many points there are. */
    ofAtMost: (count: number) => `of at most ${count}`,
    removeAll: 'Remove all',
  },
});
