// Run files: a RunRecord as JSON text, and back. The format is described in docs/runs.md. Reading never throws: files
// come from anywhere, so they are measured, parsed, brought up to the newest version, and checked to the last number.
import * as v from 'valibot';
import { inLabOf } from '../experiment/labs.ts';
import { show, validateExperiment } from '../experiment/schema.ts';
import { RUN_FILE_WORDS } from '../words/run-file.ts';
import { type Precision, packNumbers } from './packed-numbers.ts';
import { isRecorded, type RecordedExperiment } from './recorded-experiments.ts';
import { type CheckedRecord, checkedRecord, RunFileFlaw, type RunFileIssue } from './run-file-checks.ts';
import { PolicyRunFile, type RunFileValues, SinusoidRunFile } from './run-file-schema.ts';
import {
  isRunFileVersion,
  OLDEST_RUN_FILE_VERSION,
  RUN_FILE_FORMAT,
  RUN_FILE_VERSION,
  upgradeRunFile,
} from './run-file-upgrade.ts';
import type { RunRecord } from './run-record.ts';

/** Longest run file that is read, in bytes; whoever opens one asks for its size first. */
export const MAX_RUN_FILE_BYTES = 16 * 1024 * 1024;
/** Numbers other than θ and α keep so many digits. */
const DIGITS = 5;

export interface EncodeOptions {
  /** Of θ, and of α where it has one value per parameter. */
  readonly precision: Precision;
}

/**
 * The text of a run file; the same record gives the same text. θ in f16 is rounded to 11 bits (f32 where a value
 * is beyond 65,504), measurements to 5 digits. Throws a RangeError when θ or α is not finite.
 */
export function encodeRunRecord(record: RunRecord, { precision }: EncodeOptions): string {
  const { title, program, experiment, engine, seconds, iterations, runs, checkpoints } = record;
  const file = {
    format: RUN_FILE_FORMAT,
    version: RUN_FILE_VERSION,
    title,
    program,
    experiment: inLabOf(experiment, (lab, e) => ({
      lab: lab.id,
      preset: e.preset,
      ...Object.fromEntries(lab.fieldKeys.map((key) => [key, e[key]])),
    })),
    engine,
    seconds: rounded(seconds),
    iterations,
    runs: runs.map(({ algorithm, divergedAt, metrics, adaptations, heldOut }) => ({
      algorithm,
      divergedAt,
      metrics: rounded(metrics),
      adaptations: rounded(adaptations),
      heldOut: rounded(heldOut),
    })),
    checkpoints: checkpoints.map((checkpoint) => ({
      iteration: checkpoint.iteration,
      runs: checkpoint.runs.map(({ algorithm, metaParams, alpha, ...costs }) => ({
        algorithm,
        metaParams: packNumbers(metaParams, precision),
        alpha: {
          mode: alpha.mode,
          values: packNumbers(alpha.values, alpha.mode === 'parameter' ? precision : 'f32'),
        },
        environmentSteps: costs.environmentSteps,
        seconds: rounded(costs.seconds),
      })),
    })),
  };
  return `${JSON.stringify(file)}\n`;
}

/** Numbers at any depth with fewer digits; counts stay whole, and what is not finite becomes null. */
function rounded(value: unknown): unknown {
  if (typeof value === 'number') {
    if (Number.isInteger(value)) return value;
    return Number.isFinite(value) ? Number(value.toPrecision(DIGITS)) : null;
  }
  if (Array.isArray(value)) return value.map(rounded);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, rounded(entry)]));
}

export type RunFileReading =
  | { readonly kind: 'read'; readonly record: CheckedRecord }
  /** Nothing of it may be used. */
  | { readonly kind: 'refused'; readonly issue: RunFileIssue };

/** The record in a run file of any version, or what is wrong with the file. Never throws. */
export function readRunFile(text: string): RunFileReading {
  try {
    return { kind: 'read', record: readRecord(text) };
  } catch (error) {
    if (error instanceof RunFileFlaw) return { kind: 'refused', issue: error.issue };
    // Nothing above is known to throw anything else; a file from a stranger must not be what finds it out.
    return { kind: 'refused', issue: { place: '', message: RUN_FILE_WORDS.damaged } };
  }
}

/** The issue in one line: place, then what is wrong. */
export function describeRunFileIssue({ place, message }: RunFileIssue): string {
  return place === '' ? message : `${place}: ${message}`;
}

function readRecord(text: string): CheckedRecord {
  if (text.length > MAX_RUN_FILE_BYTES) {
    throw new RunFileFlaw('', RUN_FILE_WORDS.tooLong(text.length, MAX_RUN_FILE_BYTES));
  }
  const file = upgradeRunFile(asRunFile(parse(text)));
  const experiment = readExperiment(file.experiment);
  return checkedRecord(readValues(file, experiment), experiment);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/\p{C}/gu, '�').slice(0, 80) : '';
    throw new RunFileFlaw('', RUN_FILE_WORDS.notJson(why));
  }
}

/** The object with its format and version checked. */
function asRunFile(value: unknown): { readonly version: number } & Readonly<Record<string, unknown>> {
  const file = typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
  if (file.format !== RUN_FILE_FORMAT)
    throw new RunFileFlaw('', RUN_FILE_WORDS.notRunFile(show(file.format)));
  const { version } = file;
  if (isRunFileVersion(version)) return { ...file, version };
  const words = RUN_FILE_WORDS.version(show(version), OLDEST_RUN_FILE_VERSION, RUN_FILE_VERSION);
  throw new RunFileFlaw('version', words);
}

function readExperiment(value: unknown): RecordedExperiment {
  const { experiment, issues } = validateExperiment(value);
  // A preset that is no more takes nothing from a run whose settings are all there.
  const isWhole = inLabOf(experiment, (lab) =>
    lab.fieldKeys.every((key) => Object.hasOwn(Object(value), key)),
  );
  const issue = issues.find(({ field }) => !(field === 'preset' && isWhole));
  if (issue !== undefined) {
    const message = issue.message.replace(
      / (The (preset’s value|default preset) is used|Used instead: .*)\.$/,
      '',
    );
    throw new RunFileFlaw(placeOf(['experiment', issue.field]), RUN_FILE_WORDS.experiment(message));
  }
  if (!isRecorded(experiment)) throw new RunFileFlaw('experiment.lab', RUN_FILE_WORDS.noLab);
  return experiment;
}

function readValues(file: unknown, { lab }: RecordedExperiment): RunFileValues {
  const schema = lab === 'sinusoid' ? SinusoidRunFile : PolicyRunFile;
  const result = v.safeParse<typeof SinusoidRunFile | typeof PolicyRunFile>(schema, file, {
    abortEarly: true,
    abortPipeEarly: true,
  });
  if (result.success) return result.output;
  const issue = result.issues[0];
  // Schemas with words of their own give them; valibot's begin with “Invalid”.
  const expected = issue.message.startsWith('Invalid') ? (issue.expected ?? issue.message) : issue.message;
  const place = placeOf((issue.path ?? []).map(({ key }) => key));
  throw new RunFileFlaw(place, RUN_FILE_WORDS.shape(show(issue.input), expected));
}

/** "runs[1].metaParams"; keys may be a stranger's. */
function placeOf(keys: readonly unknown[]): string {
  return keys
    .map((key, i) => {
      if (typeof key === 'number') return `[${key}]`;
      const name = String(key).replace(/\p{C}/gu, '�').slice(0, 40);
      return i === 0 ? name : `.${name}`;
    })
    .join('');
}
