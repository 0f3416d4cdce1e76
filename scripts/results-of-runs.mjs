// Fills the half-cheetah's rows of docs/results-data.json from the recorded runs of public/runs, then makes both tables of
// docs/results.md anew, that of all figures and that of the runs:  node --import tsx scripts/results-of-runs.mjs
// Verdicts are not made here but for one: our convention is not the papers', so that numbers are not comparable; whether
// RMAML's claim holds under noise is, over the seeds there are.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodePlainLink } from '../src/experiment/codec.ts';
import { mean, variance } from '../src/math/statistics.ts';
import { policyPointsOf } from '../src/records/recorded-points.ts';
import { describeRunFileIssue, readRunFile } from '../src/records/run-file.ts';
import { figure } from './results-table.mjs';
import { ROOT } from './setup.mjs';

/** @typedef {import('./results-table.mjs').Row & { id: string, lab: string, convention: string, link: string }} Row */
/** @typedef {{ file: string, step: number, of: 'test' | 'training' }} Source */

const PAGE = join(ROOT, 'docs/results.md');
const BEGIN = '<!-- Made from public/runs by scripts/results-of-runs.mjs: begin -->';
const END = '<!-- Made from public/runs by scripts/results-of-runs.mjs: end -->';
const DATA = join(ROOT, 'docs/results-data.json');
/** A training return is the mean of so many last updates' batches. */
const LAST_UPDATES = 50;
const CONVENTION = 'Gym, horizon 100, scaled observations (paper: horizon 200)';

/** @type {{ rows: Row[] }} */
const data = JSON.parse(readFileSync(DATA, 'utf8'));
for (const row of data.rows) {
  const sources = sourcesOf(row.id);
  if (sources.length > 0 && sources.every(({ file }) => existsSync(pathOf(file)))) fill(row, sources);
}
writeFileSync(DATA, `${JSON.stringify(data, null, 2)}\n`);
const made = spawnSync(process.execPath, [join(ROOT, 'scripts/results-table.mjs')], { stdio: 'inherit' });
process.exitCode = made.status ?? 1;
const page = readFileSync(PAGE, 'utf8');
const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)];
if (from < 0 || to < from)
  throw new Error(`${PAGE}: got no place for the runs; expected “${BEGIN}” and “${END}”.`);
writeFileSync(PAGE, `${page.slice(0, from + BEGIN.length)}\n\n${runsTable()}\n\n${page.slice(to)}`);

/** A line per recorded run, in the order of the page's list. */
function runsTable() {
  /** @type {{ runs: { file: string, title: string, seed: number }[] }} */
  const { runs } = JSON.parse(readFileSync(pathOf('index.json'), 'utf8'));
  const lines = runs.map(({ file, title, seed }) => {
    const { record, point } = endOf(file);
    const tests = [0, 1, 2, 3].map((step) => {
      return `${figure(point.meanReturn[step] ?? 0, 1)} ± ${figure(point.standardError[step] ?? 0, 1)}`;
    });
    const training = [0, 1].map((step) => figure(returnOf({ file, step, of: 'training' }), 1)).join(' → ');
    const cells = [title.replace(/, seed \d+$/, ''), seed, record.iterations, ...tests, training];
    return `| ${cells.join(' | ')} |`;
  });
  return [
    '| | seed | updates | 0 steps | 1 | 2 | 3 | last training batches |',
    '|---|---|---|---|---|---|---|---|',
    ...lines,
  ].join('\n');
}

/**
 * The recorded runs that a row is about, one per seed; [] for other rows.
 * @param {string} id
 * @returns {Source[]}
 */
function sourcesOf(id) {
  const figure = /^maml-fig-5-(dir|vel)-(\d)$/.exec(id);
  if (figure) return [{ file: `cheetah-${figure[1]}-maml.json`, step: Number(figure[2]), of: 'test' }];
  const first = /^rmaml-table-1-(?:(pretrained|maml)-)?(dir|vel)-(\d)$/.exec(id);
  if (first) {
    const [, algorithm = 'rmaml', family, step] = first;
    return [{ file: `cheetah-${family}-${algorithm}.json`, step: Number(step), of: 'test' }];
  }
  const second = /^rmaml-table-2-(maml-plus-)?(train|test)-(\d)$/.exec(id);
  if (!second) return [];
  const algorithm = second[1] ? 'maml' : 'rmaml';
  return [0, 1, 2].map((seed) => ({
    file: `cheetah-noise-vel-${algorithm}-${seed}.json`,
    step: Number(second[3]),
    of: second[2] === 'test' ? 'test' : 'training',
  }));
}

/** @param {Row} row @param {Source[]} sources */
function fill(row, sources) {
  const values = sources.map(returnOf);
  const [first] = sources;
  if (first === undefined) return;
  const { record, point } = endOf(first.file);
  const isMany = sources.length > 1;
  row.ours = mean(values);
  row.error = isMany
    ? Math.sqrt(variance(values) / values.length)
    : (point.standardError[first.step] ?? null);
  row.errorOver = isMany ? 'seeds' : 'tasks';
  row.seeds = sources.length;
  row.scale = `${record.iterations} live meta-updates, ${
    first.of === 'test' ? `${point.tasks} test tasks` : `batches of the last ${LAST_UPDATES}`
  }`;
  row.convention = CONVENTION;
  row.link = encodePlainLink(record.experiment);
  const seed = isMany ? first.file.replace('-0.json', '-S.json') : first.file;
  row.command =
    first.of === 'test'
      ? `npm run -s cli -- evaluate public/runs/${seed}`
      : `npm run -s cli -- train '${row.link.replace(/seed=\d+/, 'seed=S')}' --threads 1 --json`;
  row.verdict = 'not-comparable';
  row.because = becauseOf(row.id, first, record.experiment.algorithms);
}

/** @param {string} id @param {Source} source @param {readonly string[]} algorithms */
function becauseOf(id, { step, of }, algorithms) {
  if (!id.startsWith('rmaml-table-2')) return 'Other time step, horizon and observations';
  if (of === 'training') {
    return algorithms.includes('rmaml')
      ? 'Its batches hold replayed tasks, too'
      : 'Our MAML; what the + adds is not known to us';
  }
  /** @param {string} name */
  const ends = (name) =>
    [0, 1, 2].map((seed) => returnOf({ file: `cheetah-noise-vel-${name}-${seed}.json`, step, of }));
  const maml = ends('maml');
  const leads = ends('rmaml').map((value, seed) => value - (maml[seed] ?? Number.NaN));
  const text = leads.map((lead) => (lead < 0 ? `−${(-lead).toFixed(1)}` : `+${lead.toFixed(1)}`)).join(', ');
  return `RMAML minus our MAML by seed: ${text}`;
}

/** @param {Source} source The mean return at the end of one run. */
function returnOf({ file, step, of }) {
  const { record, point, metrics } = endOf(file);
  if (of === 'test') return point.meanReturn[step] ?? Number.NaN;
  const column = metrics[step === 0 ? 'returnBefore' : 'returnAfter'] ?? [];
  const rows = (metrics.iteration ?? []).map((iteration) => iteration > record.iterations - LAST_UPDATES);
  return mean(column.filter((_, row) => rows[row]));
}

/** @param {string} file */
function endOf(file) {
  const reading = readRunFile(readFileSync(pathOf(file), 'utf8'));
  if (reading.kind === 'refused') throw new Error(`${file}: ${describeRunFileIssue(reading.issue)}`);
  const { record } = reading;
  const [run] = record.runs;
  const point = run && policyPointsOf(run).at(-1);
  if (run === undefined || point === undefined)
    throw new Error(`${file}: got no evaluation. Record it anew.`);
  return { record, point, metrics: run.metrics };
}

/** @param {string} file */
function pathOf(file) {
  return join(ROOT, 'public/runs', file);
}
