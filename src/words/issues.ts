// What is said of settings, links and files that cannot be used as they are: what, got, expected, remedy.
import { inLanguages } from './language.ts';

export const issueWords = inLanguages({
  en: {
    /** What was got. */
    nothing: 'nothing',
    noNumber: 'no number',
    emptyList: 'an empty list',
    object: 'an object',
    /** A text; “and” between several. */
    quoted: (text: string) => `“${text}”`,
    and: (parts: readonly string[]) => parts.join(' and '),

    /** What was expected. `unit` may be empty. */
    range: (low: number, high: number, unit: string) => `${low} to ${high}${unit === '' ? '' : ` ${unit}`}`,
    whole: (range: string) => `a whole number, ${range}`,
    /** `none`: what stands for no number; `meaning`: what that means. */
    orNone: (range: string, none: string, meaning: string) => `${range}, or ${none} (${meaning})`,
    empty: 'empty',
    oneOf: (choices: string) => `one of ${choices}`,
    someOf: (choices: string) => `at least one of ${choices}, each at most once`,
    layers: (layers: readonly [number, number], units: readonly [number, number]) =>
      `${layers[0]} to ${layers[1]} layers of ${units[0]} to ${units[1]} units`,
    points: (most: number, low: number, high: number) =>
      `at most ${most} points as x and y in turn, each ${low} to ${high}`,

    remedies: {
      number: 'Choose a value in that range.',
      integer: 'Choose a whole number in that range.',
      'optional-number': 'Choose a value in that range, or none.',
      choice: 'Choose one of these.',
      'multi-choice': 'Choose among these.',
      widths: 'Choose layers within these limits.',
      points: 'Remove some, or move them within these limits.',
    },
    presetUsed: 'The preset’s value is used.',
    refused: (label: string, got: string, expected: string, remedy: string) =>
      `“${label}” was not applied. Got ${got}; expected ${expected}. ${remedy}`,
    noExperiment: (got: string) =>
      `An experiment must be an object of settings; got ${got}. The default preset is used.`,
    noLab: (got: string, known: string, used: string) =>
      `There is no lab ${got}; known are ${known}. The ${used} lab is used.`,
    noSetting: (got: string) => `There is no setting ${got}; it is ignored.`,
    notOfLab: (lab: string, got: string) => `The ${lab} lab has no setting ${got}; nothing was changed.`,
    noPreset: (got: string, known: string, used: string) =>
      `There is no preset ${got}; known are ${known}. “${used}” is used.`,
    /** `used`: settings and their values. */
    repaired: (problem: string, used: string) => `${problem} Used instead: ${used}.`,

    unfolds: (kilobytes: number) =>
      `The compressed link unfolds to more than ${kilobytes} kB, which no experiment needs; it was not read. The default preset is used.`,
    damaged:
      'The compressed link is damaged or cut off, so nothing of it can be read. Copy the whole link again. The default preset is used.',
    unsupported:
      'This browser cannot unfold compressed links. Ask for the link that begins with “#v=”. The default preset is used.',
    tooLong: (length: number, most: number) =>
      `The link is ${length} characters long; at most ${most} are read. The default preset is used.`,
    more: (count: number) => `And ${count} more things were wrong.`,
    noPair: (got: string) =>
      `${got} is not of the form “setting=value”; it is ignored. Was the link cut off?`,
    twice: (key: string) => `${key} is given more than once; the first is used.`,
    noVersion: (version: number) => `The link has no version; it is read as version ${version}.`,
    newer: (version: number, known: number) =>
      `This link comes from a newer version (${version}; this one reads up to ${known}). Reload the page, or open the lab with its preset.`,
    badVersion: (got: string, oldest: number, newest: number) =>
      `The link’s version is ${got}; known are ${oldest} to ${newest}. Its preset is used, its settings are not.`,
  },
});
