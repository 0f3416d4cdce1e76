// What `train --out` keeps of a run, and how the command line opens what was kept: records/ does the work, here are the
// options, the files and the errors.
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import type { AlgorithmId } from '../experiment/experiment.ts';
import { decodeFloat16, encodeFloat16, fitsFloat16 } from '../records/float16.ts';
import { PRECISIONS, type Precision } from '../records/packed-numbers.ts';
import { PROGRAM_VERSION } from '../records/program-version.ts';
import type { RecordedExperiment } from '../records/recorded-experiments.ts';
import { fromCheckpoints, thinCheckpoints } from '../records/run-checkpoints.ts';
import {
  describeRunFileIssue,
  encodeRunRecord,
  MAX_RUN_FILE_BYTES,
  readRunFile,
} from '../records/run-file.ts';
import type { CheckedRecord } from '../records/run-file-checks.ts';
import type { RecordedPoint, RunRecord } from '../records/run-record.ts';
import { thinColumns } from '../records/thin-columns.ts';
import { wholeNumber } from './arguments.ts';
import { UsageError } from './usage-error.ts';

export const KEEPING_OPTIONS = ['out', 'checkpoints', 'precision'];

/** Where a run is kept, and how. */
export interface Keeping {
  readonly out: string;
  /** How many checkpoints, at most. */
  readonly checkpoints: number;
  readonly precision: Precision;
}

const CHECKPOINTS = 24;

/** `--out`, `--checkpoints` and `--precision`; null: nothing is kept. */
export function parseKeeping(values: {
  readonly out?: string | undefined;
  readonly checkpoints?: string | undefined;
  readonly precision?: string | undefined;
}): Keeping | null {
  const { out } = values;
  const checkpoints = wholeNumber('checkpoints', values.checkpoints, { min: 2, max: 500 });
  const precision = PRECISIONS.find((name) => name === (values.precision ?? 'f32'));
  if (precision === undefined) {
    throw new UsageError(`--precision must be ${PRECISIONS.join(' or ')}; got “${values.precision}”.`);
  }
  if (out !== undefined) return { out, checkpoints: checkpoints ?? CHECKPOINTS, precision };
  if (values.checkpoints === undefined && values.precision === undefined) return null;
  throw new UsageError('--checkpoints and --precision say how a run is kept: give --out, too.');
}

/** A session's checkpoint as it is kept. */
type KeptCheckpoint = Parameters<typeof fromCheckpoints>[0][number];

/**
 * The checkpoints that are kept, their parameters rounded as the file will have them: what is measured of them is then
 * true of what whoever opens the file gets.
 */
export function chooseKept<C extends KeptCheckpoint>(checkpoints: readonly C[], keeping: Keeping): C[] {
  const kept = thinCheckpoints(checkpoints, keeping.checkpoints);
  if (keeping.precision === 'f32') return kept;
  return kept.map((checkpoint) => ({
    ...checkpoint,
    runs: checkpoint.runs.map((run) => ({ ...run, state: roundedState(run.state) })),
  }));
}

function roundedState<S extends KeptCheckpoint['runs'][number]['state']>(state: S): S {
  const rounded = (values: Float32Array) =>
    fitsFloat16(values) ? decodeFloat16(encodeFloat16(values)) : values;
  const { mode, values } = state.alpha;
  const alpha = { mode, values: mode === 'parameter' ? rounded(values) : values };
  return { ...state, metaParams: rounded(state.metaParams), alpha };
}

/** Metrics by algorithm: thinned columns by name. */
export type MetricsOf = Readonly<Partial<Record<AlgorithmId, MetricColumns>>>;
export type MetricColumns = Readonly<Record<string, readonly number[]>>;

/** Rows in order of iteration as thinned columns. */
export function columnsOf<Name extends string>(
  names: readonly Name[],
  rows: readonly Readonly<Record<Name, number>>[],
): Record<Name, number[]> {
  return thinColumns(names, (name) => rows.map((row) => row[name]), rows.length);
}

/** A finished run as `train` has it. */
export interface Trained {
  readonly experiment: RecordedExperiment;
  readonly engine: string;
  readonly seconds: number;
  readonly metrics: MetricsOf;
  readonly diverged: readonly { readonly algorithm: AlgorithmId; readonly iteration: number }[];
  /** Those that are kept, ascending. */
  readonly checkpoints: readonly KeptCheckpoint[];
  readonly adaptations: readonly RecordedPoint[];
  readonly heldOut: readonly RecordedPoint[];
}

/** Writes the run file. */
export function keepRun(trained: Trained, { out, precision }: Keeping): void {
  const { experiment, engine, seconds, metrics, diverged, adaptations, heldOut } = trained;
  const checkpoints = fromCheckpoints(trained.checkpoints);
  const record: RunRecord = {
    title: null,
    program: PROGRAM_VERSION,
    experiment,
    engine,
    seconds,
    iterations: checkpoints.at(-1)?.iteration ?? 0,
    runs: experiment.algorithms.map((algorithm) => ({
      algorithm,
      divergedAt: diverged.find((one) => one.algorithm === algorithm)?.iteration ?? null,
      metrics: metrics[algorithm] ?? {},
      adaptations: adaptations.filter((point) => point.algorithm === algorithm),
      heldOut: heldOut.filter((point) => point.algorithm === algorithm),
    })),
    checkpoints,
  };
  writeFileSync(out, encodeRunRecord(record, { precision }));
}

/** The record in a run file of any version; a UsageError says what is wrong with it. */
export function openRecordFile(path: string): CheckedRecord {
  const size = statSync(path, { throwIfNoEntry: false })?.size;
  if (size === undefined) throw new UsageError(`There is no file ${path}.`);
  if (size > MAX_RUN_FILE_BYTES) {
    throw new UsageError(
      `${path} has ${size} bytes; at most ${MAX_RUN_FILE_BYTES} are read. Is it the right file?`,
    );
  }
  const reading = readRunFile(readFileSync(path, 'utf8'));
  if (reading.kind === 'read') return reading.record;
  throw new UsageError(`${path} cannot be used: ${describeRunFileIssue(reading.issue)}`);
}
