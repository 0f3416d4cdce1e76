// Words of the share dialog: what a link contains, what can be copied and saved, and what to do where the browser refuses.
import { inLanguages } from './language.ts';
import { groupThousands } from './numbers.ts';

/** "a", "a and b", "a, b and c" */
function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}

export const shareWords = inLanguages({
  en: {
    title: 'Share',
    close: 'Close',
    copyLink: 'Copy link',
    copied: 'Copied.',
    refused: (key: string) =>
      `The browser refuses access to the clipboard. The text is selected: press ${key} to copy it.`,
    linkField: 'Link to this experiment',
    linkHead: 'Link',
    characters: (count: number) => `${groupThousands(count)} characters`,
    compress: (saved: number) => `Compressed: ${groupThousands(saved)} characters shorter, not readable`,
    contains: 'The link contains',
    preset: (lab: string, title: string) => `the preset “${title}” of the ${lab} lab`,
    seed: (seed: number) => `seed ${seed}: whoever opens it sees the same run, number for number`,
    noChanges: 'all settings as in the preset',
    changes: (count: number) => (count === 1 ? '1 setting that differs:' : `${count} settings that differ:`),
    change: (now: string, inPreset: string) => `${now} (in the preset: ${inPreset})`,
    gallery: 'the gallery; no experiment',
    hides: (names: readonly string[]) => `hides ${listed(names)}`,
    locks: (names: readonly string[]) => `locks ${listed(names)}`,
    predict: 'asks for a guess before it shows the outcome',
    present: 'opens in the projector view',
    runs: (names: readonly string[]) =>
      `opens the recorded ${names.length === 1 ? 'run' : 'runs'} ${names.join(', ')}`,
    story: (id: string, step: number) => `tells the story “${id}” from step ${step}`,
    notContained: 'It does not contain what training has done so far: that is done again.',
    parts: {
      settings: 'the settings',
      instruments: 'the instruments',
      pseudocode: 'the pseudocode',
      transport: 'the transport',
      presets: 'the choice of preset',
    } as Readonly<Record<string, string>>,

    trainedHead: 'Link with the trained state',
    trainedField: 'Link with the trained state',
    trainedAbout: (names: readonly string[], iteration: string, numbers: string) =>
      `θ of ${listed(names)} at iteration ${iteration}, ${numbers} parameters with three digits each. It opens paused there, ready to go on.`,
    trainedOnly: (name: string) =>
      `Only ${name}, whose pseudocode is shown, fits into a link; in the page it opens the other algorithms are off.`,
    copyTrained: 'Copy link with θ',
    trainedNothing: 'Nothing is trained here: the link above says it all.',
    trainedNotYet: 'No checkpoint yet. Let it train for a moment, then open this dialog again.',
    trainedTooLarge: (characters: string, limit: string) =>
      `θ is too large for a link: it would take ${characters} characters, and at most ${limit} are read. Save the run as a file instead.`,
    trainedRefused: (reason: string) => `This state cannot be put into a link: ${reason}`,

    embedHead: 'Embed in a course page',
    embedField: 'HTML of the frame',
    embedAbout: 'A page without settings in a frame of your own page. It keeps nothing in the browser.',
    copyEmbed: 'Copy HTML',
    embedTitle: (lab: string, preset: string) => `metascope, ${lab} lab: ${preset}`,

    picturesHead: 'Pictures and numbers',
    picturesAbout: 'As they are now. PNG has two pixels for one.',
    noCharts: 'No chart is drawn yet.',
    save: (format: string, title: string) => `Save “${title}” as ${format.toUpperCase()}`,
    saveFailed: (title: string) =>
      `“${title}” could not be saved: it has not been drawn yet. Scroll it into view, then try again.`,

    runHead: 'Run file',
    runAbout:
      'Experiment, seed, engine, metrics and checkpoints as JSON. Drop such a file anywhere on the page to open it.',
    saveRun: 'Save run file',
    openRun: 'Open a run or story file…',
    runNothing: 'This lab keeps no runs; its link gives the same picture at once.',
    runNotYet: 'Nothing has been trained yet.',
    runFailed: (reason: string) => `The run could not be saved: ${reason}`,

    citeHead: 'Cite',
    citeAbout: 'The papers behind what is on the screen, and metascope itself, as BibTeX.',
    citeField: 'BibTeX',
    copyCite: 'Copy BibTeX',

    drop: 'Drop a run or a story to open it.',
    dropHint: 'A JSON file saved by metascope, or by its command line.',
    notOneFile: (count: number) =>
      `Nothing was opened: got ${count} files; expected one run or story file. Drop them one after another.`,
    notAFile:
      'Nothing was opened: got text or a link; expected a run or story file (JSON). Paste a link into the address bar instead.',
    isFolder: (name: string) =>
      `“${name}” was not opened: got a folder; expected one run or story file (JSON). Drop the file itself.`,
    isImage: (name: string) =>
      `“${name}” was not opened: got an image; expected a run or story file (JSON). The share dialog saves a run, the story editor a story.`,
    otherType: (name: string, type: string) =>
      `“${name}” was not opened: got ${type}; expected a run or story file (JSON). The share dialog saves a run, the story editor a story.`,
    unreadable: (name: string, reason: string) =>
      `“${name}” could not be read: ${reason}. Check that the file is still there, then try again.`,
    refusedFile: (name: string) => `“${name}” was not opened.`,
    opened: (name: string) => `“${name}” is open.`,
    tooLarge: (name: string, megabytes: string, limit: string) =>
      `“${name}” was not opened: got ${megabytes} MB; a run or story file has at most ${limit} MB. Save the run with fewer checkpoints.`,

    badTrained: (reason: string) =>
      `The trained state of this link was not used: ${reason} The experiment is open as if the link had none.`,
    trainedForm: (got: string) =>
      `got ${got}; expected an iteration, then an algorithm and its numbers in turn. Copy the whole link again.`,
    trainedIteration: (got: string, most: number) =>
      `got iteration ${got}; expected 1 to ${most}. Ask for a new link.`,
    trainedAlgorithms: (got: string, expected: string) =>
      `got θ of ${got}; expected ${expected}, the algorithms of its experiment. Ask for a new link.`,
    trainedLength: (name: string, got: number, expected: number) =>
      `got ${got} characters of numbers for ${name}; its network has ${expected}. Was the link cut off? Copy the whole link again.`,
    trainedNumbers: (name: string, what: string) =>
      `${what} of ${name} has numbers that are not finite or out of its limits. Ask for a new link.`,
    trainedLab: (lab: string) => `nothing is trained in the ${lab} lab. Open the experiment without it.`,
    trainedTitle: 'shared link',
    trainedOpened: (iteration: string) =>
      `The trained state of this link, at iteration ${iteration}. Press Run to go on from here.`,
  },
});
