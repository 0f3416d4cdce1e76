// What the values of a run file mean to each other and to its experiment: same algorithms, θ and α as long as the
// network says, rising iterations, equal columns. From values that fit the schema, the record or the first flaw.
import type { AlgorithmId } from '../experiment/experiment.ts';
import { show } from '../experiment/schema.ts';
import { RUN_FILE_WORDS } from '../words/run-file.ts';
import { type PackedNumbers, unpackNumbers } from './packed-numbers.ts';
import { metricNames, parameterCounts, type RecordedExperiment } from './recorded-experiments.ts';
import { pointFlaw } from './recorded-points.ts';
import type { RunFileValues } from './run-file-schema.ts';
import type { RecordedCheckpoint, RecordedRun, RunRecord } from './run-record.ts';

/** Where a run file is wrong ("checkpoints[3].runs[1].metaParams"; "": as a whole) and how, with the remedy. */
export interface RunFileIssue {
  readonly place: string;
  readonly message: string;
}

/** Stops the reading of a file; caught by readRunFile. */
export class RunFileFlaw extends Error {
  readonly issue: RunFileIssue;
  constructor(place: string, message: string) {
    super(message);
    this.issue = { place, message };
  }
}

/** A record whose experiment is of a lab that trains. */
export type CheckedRecord = RunRecord & { readonly experiment: RecordedExperiment };

/** The record that the values are; throws a RunFileFlaw. */
export function checkedRecord(values: RunFileValues, experiment: RecordedExperiment): CheckedRecord {
  const { title, program, engine, seconds, iterations } = values;
  checkAlgorithms(values.runs, experiment, 'runs');
  const runs = values.runs.map((run, i) => checkedRun(run, `runs[${i}]`, { experiment, iterations }));
  checkRising(values.checkpoints, 'checkpoints', iterations);
  const checkpoints = values.checkpoints.map((checkpoint, i) =>
    checkedCheckpoint(checkpoint, `checkpoints[${i}]`, experiment),
  );
  const last = checkpoints.at(-1)?.iteration ?? 0;
  if (last !== iterations)
    throw new RunFileFlaw('checkpoints', RUN_FILE_WORDS.lastCheckpoint(last, iterations));
  return { title, program, experiment, engine, seconds, iterations, runs, checkpoints };
}

type RunValues = RunFileValues['runs'][number];
type CheckpointValues = RunFileValues['checkpoints'][number];

function checkedRun(
  run: RunValues,
  place: string,
  { experiment, iterations }: { readonly experiment: RecordedExperiment; readonly iterations: number },
): RecordedRun {
  const { algorithm, divergedAt, metrics, adaptations, heldOut } = run;
  if (divergedAt !== null && divergedAt > iterations) {
    throw new RunFileFlaw(`${place}.divergedAt`, RUN_FILE_WORDS.beyond(divergedAt, iterations));
  }
  checkMetrics(metrics, `${place}.metrics`, metricNames(experiment), iterations);
  checkPoints(adaptations, `${place}.adaptations`, { algorithm, iterations });
  checkPoints(heldOut, `${place}.heldOut`, { algorithm, iterations });
  for (const [i, point] of adaptations.entries()) {
    const flaw = pointFlaw(point);
    if (flaw !== null) throw new RunFileFlaw(`${place}.adaptations[${i}]`, RUN_FILE_WORDS.sentence(flaw));
  }
  return { algorithm, divergedAt, metrics, adaptations, heldOut };
}

function checkMetrics(
  metrics: RunValues['metrics'],
  place: string,
  names: readonly string[],
  iterations: number,
): void {
  const { iteration: rows = [] } = metrics;
  for (const [name, column] of Object.entries(metrics)) {
    if (!names.includes(name)) {
      throw new RunFileFlaw(place, RUN_FILE_WORDS.shape(`the metric ${show(name)}`, names.join(', ')));
    }
    if (column.length !== rows.length) {
      throw new RunFileFlaw(`${place}.${name}`, RUN_FILE_WORDS.columns(column.length, rows.length));
    }
  }
  checkRising(
    rows.map((iteration) => ({ iteration })),
    `${place}.iteration`,
    iterations,
  );
}

function checkPoints(
  points: readonly { readonly algorithm: AlgorithmId; readonly iteration: number }[],
  place: string,
  { algorithm, iterations }: { readonly algorithm: AlgorithmId; readonly iterations: number },
): void {
  const strange = points.findIndex((point) => point.algorithm !== algorithm);
  if (strange >= 0) {
    const got = points[strange]!.algorithm;
    throw new RunFileFlaw(`${place}[${strange}].algorithm`, RUN_FILE_WORDS.otherAlgorithm(got, algorithm));
  }
  checkRising(points, place, iterations);
}

function checkRising(list: readonly { readonly iteration: number }[], place: string, end: number): void {
  for (const [i, { iteration }] of list.entries()) {
    const before = list[i - 1]?.iteration ?? -1;
    if (!(iteration > before)) {
      throw new RunFileFlaw(`${place}[${i}]`, RUN_FILE_WORDS.ascending(iteration, before));
    }
    if (!(iteration <= end)) throw new RunFileFlaw(`${place}[${i}]`, RUN_FILE_WORDS.beyond(iteration, end));
  }
}

function checkAlgorithms(
  runs: readonly { readonly algorithm: AlgorithmId }[],
  { algorithms }: RecordedExperiment,
  place: string,
): void {
  const got = runs.map(({ algorithm }) => algorithm).join(', ');
  const expected = algorithms.join(', ');
  if (got !== expected) throw new RunFileFlaw(place, RUN_FILE_WORDS.algorithms(got || '–', expected));
}

function checkedCheckpoint(
  { iteration, runs }: CheckpointValues,
  place: string,
  experiment: RecordedExperiment,
): RecordedCheckpoint {
  checkAlgorithms(runs, experiment, `${place}.runs`);
  return {
    iteration,
    runs: runs.map(({ algorithm, metaParams, alpha, environmentSteps, seconds }, i) => {
      const at = `${place}.runs[${i}]`;
      const counts = parameterCounts(experiment, algorithm);
      return {
        algorithm,
        metaParams: unpacked(metaParams, counts.parameter, `${at}.metaParams`),
        alpha: {
          mode: alpha.mode,
          values: unpacked(alpha.values, counts[alpha.mode], `${at}.alpha.values`),
        },
        environmentSteps,
        seconds,
      };
    }),
  };
}

function unpacked(packed: PackedNumbers, length: number, place: string): Float32Array {
  const values = unpackNumbers(packed, length);
  if (typeof values === 'string') throw new RunFileFlaw(place, RUN_FILE_WORDS.sentence(values));
  return values;
}
