// Recorded runs, fetched and read: what comes with the page lies in its folder runs/, listed by runs/index.json. Apart
// from recordings.ts, so that the page fetches the reading of run files when the first one is opened.
import { mergeRecords } from '../records/merge-records.ts';
import { describeRunFileIssue, MAX_RUN_FILE_BYTES, readRunFile } from '../records/run-file.ts';
import { type RunIndexEntry, readRunIndex } from '../records/run-index.ts';
import type { RunRecord } from '../records/run-record.ts';
import { recordedWords } from '../words/recorded.ts';
import type { FileSource } from './file-source.ts';

/** Of the recorded runs, beside the page. */
const FOLDER = 'runs/';

/** All that the index's text lists. Throws a sentence. null: no files come with the page. */
export function listRuns(text: string | null): readonly RunIndexEntry[] {
  if (text === null) throw new Error(recordedWords.notListed);
  const runs = readRunIndex(text);
  if (runs === null) throw new Error(recordedWords.notIndex);
  return runs;
}

/** One run, or several of one experiment as one. Rejects with a sentence, also where none is named. */
export async function fetchRecord(files: FileSource | null, names: readonly string[]): Promise<RunRecord> {
  if (files === null || names.length === 0) throw new Error(recordedWords.notListed);
  const records = await Promise.all(names.map((name) => fetchOne(files, name)));
  const record = mergeRecords(records);
  if (record === null) throw new Error(recordedWords.notOneRace);
  return record;
}

async function fetchOne(files: FileSource, name: string): Promise<RunRecord> {
  const reading = readRunFile(await files.read(`${FOLDER}${name}`, MAX_RUN_FILE_BYTES));
  if (reading.kind === 'read') return reading.record;
  throw new Error(recordedWords.inFile(`${FOLDER}${name}`, describeRunFileIssue(reading.issue)));
}

export { openRecord } from './run-records.ts';
