// What is said of run files that cannot be used: what, got, expected, remedy.
import { inLanguages } from './language.ts';

export const RUN_FILE_WORDS = inLanguages({
  en: {
    tooLong: (size: number, limit: number) =>
      `The file has ${size} characters; at most ${limit} are read. Is it the right file?`,
    notJson: (why: string) => `The file is not valid JSON (${why}). Was it cut off? Get it again.`,
    notRunFile: (got: string) =>
      `This is not a run file: its “format” is ${got}, expected “metascope-run”. “train --out” and the page’s share dialog write such files.`,
    version: (got: string, oldest: number, newest: number) =>
      `The run file is of version ${got}; this program reads versions ${oldest} to ${newest}. Reload the page, or get a newer program.`,
    shape: (got: string, expected: string) => `got ${got}, expected ${expected}.`,
    experiment: (message: string) => `${message} A run cannot be shown with other settings than its own.`,
    noLab:
      'The Reaching lab keeps no runs: it draws 100 seeds at once. Open its experiment as a link instead.',
    algorithms: (got: string, expected: string) =>
      `got the algorithms ${got}, expected those of its experiment in their order: ${expected}.`,
    otherAlgorithm: (got: string, expected: string) => `got ${got}, expected ${expected} as in its run.`,
    columns: (got: number, expected: number) =>
      `has ${got} values, expected ${expected} like the iterations.`,
    ascending: (got: number, before: number) => `got ${got} after ${before}, expected rising iterations.`,
    beyond: (got: number, end: number) => `got ${got}, expected at most the run’s ${end} meta-iterations.`,
    lastCheckpoint: (got: number, end: number) =>
      `the last checkpoint is of meta-iteration ${got}, expected the end of the run, ${end}.`,
    sentence: (text: string) => `${text}.`,
    damaged: 'Nothing of the file was used. Is it complete and unchanged?',
  },
});
