// Words of pinning and comparing runs.
import { inLanguages } from './language.ts';
import { groupThousands } from './numbers.ts';

const plural = (count: number, one: string, many: string): string =>
  `${groupThousands(count)} ${count === 1 ? one : many}`;

export const COMPARE_WORDS = inLanguages({
  en: {
    // --- the panel
    title: 'Compare runs',
    close: 'Close',
    pin: 'Pin this run',
    pinTitle: 'Keep the run on the screen as it is now, to compare others with it (P)',
    nothingYet: 'Nothing to pin yet: the run has no meta-iteration behind it, or the lab is still computing.',
    pinned: (letter: string, title: string) => `Pinned as ${letter}: ${title}`,
    empty: 'No run is pinned in this lab. Train one, pin it, change a setting: both stay on the charts.',
    listTitle: 'Pinned runs',
    otherLabs: (count: number) =>
      `${plural(count, 'run is', 'runs are')} pinned in other labs; open the lab to see them.`,
    keepsVisit:
      'This browser keeps nothing for the page (a private window, or storage is blocked): pinned runs last until it is closed. Export them as a file to keep them.',
    reading: 'Reading the pinned runs…',
    name: (letter: string) => `Name of run ${letter}`,
    line: (letter: string) => `Line of run ${letter}`,
    lines: ['dashes', 'short dashes', 'dash dot', 'long dashes', 'dash dot dot', 'fine dashes'],
    shown: (title: string) => `Show ${title} on the charts`,
    baseline: 'baseline',
    baselineOf: (title: string) => `Compare the others with ${title}`,
    more: (title: string) => `More of ${title}`,
    open: 'Open in the lab',
    openTitle: 'Show this run as if it had been trained here',
    exportOne: 'Export as a file',
    exportAll: 'Export all',
    import: 'Import…',
    importTitle: 'A file of pinned runs, or a run file',
    remove: 'Delete',
    removed: (title: string) => `Deleted: ${title}.`,
    undo: 'Undo',
    dismiss: 'Dismiss',
    imported: (count: number) =>
      count === 0 ? 'Nothing new in the file.' : `${plural(count, 'run', 'runs')} imported.`,
    changes: (title: string, count: number) => `${title}, ${count} changes`,
    about: (iterations: number, seeds: number | null) =>
      seeds === null
        ? `${plural(iterations, 'iteration', 'iterations')}, 1 seed`
        : `${plural(iterations, 'iteration', 'iterations')}, ${plural(seeds, 'seed', 'seeds')}`,

    // --- seeds
    seedsTitle: 'Over several seeds',
    seedsCount: 'Seeds',
    seedsRun: 'Run',
    seedsCancel: 'Cancel',
    /** After either, for those who hear it. */
    seedsSpoken: ' the seeds',
    seedsHelp:
      'Trains the experiment on the screen from its seed and the following ones, in a worker of their own. The shown run pauses meanwhile and then goes on. The result is pinned: means with 95 % intervals over seeds.',
    seedsHelpReaching:
      'Computes the experiment on the screen from its seed and the following ones. The result is pinned: means with 95 % intervals over seeds.',
    seedsProgress: (finished: number, asked: number) => `${finished} of ${asked} seeds`,
    seedsLeft: (seconds: number) =>
      seconds < 90
        ? `about ${Math.max(1, Math.round(seconds))} s left`
        : `about ${Math.round(seconds / 60)} min left`,
    seedsDone: (finished: number, asked: number, cancelled: boolean) =>
      cancelled
        ? finished === 0
          ? 'Cancelled before a seed had finished; nothing was pinned.'
          : `Cancelled: the ${plural(finished, 'seed that had', 'seeds that had')} finished, of ${asked}, ${finished === 1 ? 'is' : 'are'} pinned.`
        : `${plural(finished, 'seed', 'seeds')} finished and pinned.`,
    seedsDiverged: (count: number) =>
      `${plural(count, 'run', 'runs')} diverged: counted, and left out of the means.`,
    seedsFailed: (count: number) =>
      `${plural(count, 'seed', 'seeds')} ended with an error and ${count === 1 ? 'is' : 'are'} left out.`,
    seedsStopped: (message: string) => `Stopped after three errors in a row. ${message}`,
    seedsElsewhere: (lab: string) => `Seeds are running in the ${lab} lab.`,

    // --- the comparison
    compareTitle: 'What differs',
    current: 'On the screen',
    setting: 'Setting',
    noDifference: 'All settings are the same.',
    noEffect: '–',
    measuresTitle: 'What came of it',
    chooseBaseline: 'Choose a baseline above to see differences with intervals.',
    measure: 'Measure',
    measures: {
      sinusoid: {
        before: () => 'Loss before adaptation',
        after1: () => 'Loss after 1 step',
        after: (steps: number) => `Loss after ${plural(steps, 'step', 'steps')}`,
        distance: () => '',
      },
      policy: {
        before: () => 'Return before adaptation',
        after1: () => 'Return after 1 step',
        after: (steps: number) => `Return after ${plural(steps, 'step', 'steps')}`,
        distance: () => '',
      },
      reaching: {
        before: () => '',
        after1: () => '',
        after: () => '',
        distance: () => 'Final distance',
      },
    },
    verdicts: {
      better: 'better',
      worse: 'worse',
      unclear: 'no clear difference',
      unknown: 'no interval',
    },
    over: (over: 'seeds' | 'tasks', n: string) => `over ${n} ${over}`,
    minus: 'minus baseline',
    footSinusoid:
      'Median loss of the test tasks. Intervals are of 95 %: over seeds Student’s t (Welch’s for differences), over test tasks from the quartiles. Between several seeds and a single one there is none.',
    footPolicy:
      'Mean return of the test tasks. Intervals are of 95 %: over seeds Student’s t (Welch’s for differences), over test tasks twice the standard error. One seed says nothing about others: between several and a single one there is none.',
    footReaching: 'Mean over seeds. Intervals are of 95 %: Student’s t, Welch’s for differences.',
    otherIterations: (list: string) => `Measured after different numbers of meta-iterations: ${list}.`,
    diverged: (count: number, of: number) => `${count} of ${of} diverged`,

    // --- charts
    onChart: (letter: string, title: string, name: string, value: string) =>
      `Pinned ${letter} (${title}), ${name}: ${value}.`,
    baselineMark: 'baseline',

    // --- what can go wrong
    tooMany: (most: number) =>
      `The run was not pinned: ${most} are kept at most. Delete one, or export it as a file first.`,
    tooManyShown: (most: number) => `At most ${most} runs are shown at once. Hide another one first.`,
    full: 'The browser has no room left for pinned runs: the last one lasts until the page is closed. Export it as a file to keep it.',
    refused:
      'The browser refused to keep the pinned runs: what you pinned lasts until the page is closed. Export it as a file to keep it.',
    unreadable: (count: number) =>
      `${plural(count, 'pinned run', 'pinned runs')} could not be read and ${count === 1 ? 'is' : 'are'} not shown; nothing was deleted. A newer version of the page may have written ${count === 1 ? 'it' : 'them'}: reload.`,
    tooLong: (got: number, most: number) =>
      `The file was not imported. It has ${groupThousands(got)} characters; at most ${groupThousands(most)} are read. Is it the right file?`,
    notJson: 'The file was not imported: it is not valid JSON. Was it cut off? Get it again.',
    badValue: (place: string, got: string, expected: string) =>
      `The file was not imported: ${place === '' ? 'it' : place} is ${got}, expected ${expected}. Export it again with this version of the page.`,
    badPin: (number: number, message: string) => `The file was not imported. Run ${number} in it: ${message}`,
    unreadableFile: 'The file could not be read. Choose it again.',
  },
});
