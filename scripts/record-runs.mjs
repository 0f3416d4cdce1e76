// Trains the runs that come with the page and writes them to public/runs, with the list that the page shows of them.
//   npm run -s record                  every run of scripts/recordings.json that is not there yet, or was of other settings
//   npm run -s record -- --only NAME,… those whose file's name contains one of these
//   npm run -s record -- --index       only the list, from the files that are there
// Each run is trained alone, so that files are independent; runs of one seed see the same tasks. Several of these commands
// may run at once on different runs.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { sameValue } from '../src/experiment/field-changes.ts';
import { findPreset } from '../src/experiment/labs.ts';
import { validateExperiment } from '../src/experiment/schema.ts';
import { metricNames } from '../src/records/recorded-experiments.ts';
import { policyPointsOf } from '../src/records/recorded-points.ts';
import { describeRunFileIssue, encodeRunRecord, readRunFile } from '../src/records/run-file.ts';
import { RUN_INDEX_FORMAT, RUN_INDEX_VERSION } from '../src/records/run-index.ts';
import { thinColumns } from '../src/records/thin-columns.ts';
import { ROOT } from './setup.mjs';

/** @typedef {import('../src/records/run-file-checks.ts').CheckedRecord} CheckedRecord */
/**
 * @typedef {object} Recording
 * @property {string} file
 * @property {string} title
 * @property {string} preset
 * @property {Record<string, unknown>} patch Settings that differ from the preset's.
 * @property {number} seed
 * @property {string[]} algorithms
 * @property {number} iterations
 * @property {string} scale For the page's list.
 */

const FOLDER = join(ROOT, 'public/runs');
const MAX_BYTES = 400_000;
/** Metrics are thinned to this, and further where a file is too large. */
const MOST_ROWS = 400;
const LEAST_ROWS = 100;

const { values } = parseArgs({
  options: { only: { type: 'string' }, index: { type: 'boolean' }, threads: { type: 'string' } },
});
/** @type {{ checkpoints: number, tasks: number, runs: Recording[] }} */
const plan = JSON.parse(readFileSync(join(ROOT, 'scripts/recordings.json'), 'utf8'));
const wanted = (values.only ?? '').split(',');
mkdirSync(FOLDER, { recursive: true });
if (values.index !== true) {
  for (const recording of plan.runs) {
    if (wanted.some((name) => recording.file.includes(name))) record(recording);
  }
}
writeIndex();

/** @param {Recording} recording */
function record(recording) {
  const experiment = experimentOf(recording);
  if (isThere(recording.file, experiment)) return;
  process.stderr.write(`record: ${recording.file}, ${recording.iterations} meta-iterations\n`);
  const scratch = mkdtempSync(join(tmpdir(), 'metascope-record-'));
  try {
    const source = join(scratch, 'experiment.json');
    const trained = join(scratch, 'run.json');
    writeFileSync(source, JSON.stringify(experiment));
    const options = ['--out', trained, '--precision', 'f16', '--checkpoints', String(plan.checkpoints)];
    const test = ['--tasks', String(plan.tasks), '--threads', values.threads ?? '1', '--json'];
    const command = [join(ROOT, 'scripts/run.mjs'), 'cli', 'train', source, ...options, ...test];
    const { status } = spawnSync(process.execPath, command, { stdio: ['ignore', 'ignore', 'inherit'] });
    if (status !== 0) throw new Error(`${recording.file}: training ended with exit code ${status}.`);
    write(recording.file, withinLimit({ ...open(trained), title: recording.title }));
  } finally {
    rmSync(scratch, { recursive: true });
  }
  writeIndex();
}

/** @param {Recording} recording */
function experimentOf({ file, preset, patch, seed, algorithms, iterations }) {
  const base = findPreset(preset)?.experiment;
  if (base === undefined) throw new Error(`${file}: there is no preset “${preset}”.`);
  const whole = { ...base, ...patch, seed, algorithms, metaIterations: iterations };
  const { experiment, issues } = validateExperiment(whole);
  if (issues.length > 0) throw new Error(`${file}: ${issues.map(({ message }) => message).join(' ')}`);
  return experiment;
}

/**
 * Whether a run of exactly these settings has been recorded.
 * @param {string} file
 * @param {import('../src/experiment/experiment.ts').Experiment} experiment
 */
function isThere(file, experiment) {
  const path = join(FOLDER, file);
  if (statSync(path, { throwIfNoEntry: false }) === undefined) return false;
  const recorded = new Map(Object.entries(open(path).experiment));
  return Object.entries(experiment).every(([key, value]) => sameValue(value, recorded.get(key)));
}

/**
 * The text of the file, with as many rows of metrics as fit.
 * @param {CheckedRecord} record
 */
function withinLimit(record) {
  const names = metricNames(record.experiment);
  for (let rows = MOST_ROWS; rows >= LEAST_ROWS; rows -= 50) {
    const runs = record.runs.map((run) => {
      // By task, what the page draws are gains; returns by task are kept of the end.
      const adaptations = run.adaptations.map((point, i) => {
        const isLast = i === run.adaptations.length - 1;
        const { returnsByTask } = point;
        return isLast || !Array.isArray(returnsByTask)
          ? point
          : { ...point, returnsByTask: returnsByTask.map(() => []) };
      });
      const read = (/** @type {string} */ name) => run.metrics[name] ?? [];
      const columns = thinColumns(names, read, read('iteration').length, rows);
      return { ...run, metrics: columns, adaptations };
    });
    const text = encodeRunRecord({ ...record, runs }, { precision: 'f16' });
    if (Buffer.byteLength(text) <= MAX_BYTES) return text;
  }
  throw new Error(
    `${record.title}: more than ${MAX_BYTES} bytes with ${LEAST_ROWS} rows. Keep fewer checkpoints.`,
  );
}

/** @param {string} path */
function open(path) {
  const reading = readRunFile(readFileSync(path, 'utf8'));
  if (reading.kind === 'refused') throw new Error(`${path}: ${describeRunFileIssue(reading.issue)}`);
  return reading.record;
}

/** Lists the files that are there, in the plan's order. */
function writeIndex() {
  const runs = plan.runs.flatMap(({ file, preset, scale }) => {
    const path = join(FOLDER, file);
    const size = statSync(path, { throwIfNoEntry: false })?.size;
    if (size === undefined) return [];
    const { title, experiment, iterations, seconds, runs } = open(path);
    const { lab, seed, algorithms } = experiment;
    const isCheetah = experiment.lab === 'cheetah';
    const entry = {
      file,
      title: title ?? file,
      lab,
      preset,
      family: isCheetah ? experiment.family : null,
      convention: isCheetah ? experiment.convention : null,
      scale,
      algorithms,
      seed,
      iterations,
      seconds,
      bytes: size,
      returns: runs.map((run) => policyPointsOf(run).at(-1)?.meanReturn ?? []),
    };
    return [`    ${JSON.stringify(entry)}`];
  });
  const head = `{\n  "format": "${RUN_INDEX_FORMAT}",\n  "version": ${RUN_INDEX_VERSION},\n  "runs": [\n`;
  write('index.json', `${head}${runs.join(',\n')}\n  ]\n}\n`);
}

/**
 * Whole or not at all: another of these commands may read it.
 * @param {string} name
 * @param {string} text
 */
function write(name, text) {
  const part = join(FOLDER, `.${name}.${process.pid}`);
  writeFileSync(part, text);
  renameSync(part, join(FOLDER, name));
}
