// Between what a lab shows and runs as they are kept: the current run as a RunRecord, and a RunRecord back on the screen.
// Import it from what is fetched when needed (dialogs, panels): the page itself does without.
import type { AlgorithmId } from '../experiment/experiment.ts';
import { PROGRAM_VERSION } from '../records/program-version.ts';
import { heldOutPointsOf, policyPointsOf, sinusoidPointsOf } from '../records/recorded-points.ts';
import { fromCheckpoints, toPolicyCheckpoint, toSinusoidCheckpoint } from '../records/run-checkpoints.ts';
import type { RecordedCheckpoint, RecordedRun, RunRecord } from '../records/run-record.ts';
import { thinColumns } from '../records/thin-columns.ts';
import { POLICY_METRIC_COLUMNS, type TrainablePolicyExperiment } from '../training/policy-session-events.ts';
import { METRIC_COLUMNS } from '../training/session-events.ts';
import { changeWords } from '../words/changes.ts';
import type { MetricBatch } from '../worker/metric-batches.ts';
import type { AppStores, Divergence, KeptRun, MetricHistory, RunState } from './store-types.ts';

/**
 * The run of the lab on the screen as far as it has got, its arrays copied; null where nothing was trained yet, and in
 * the Reaching lab, which keeps no runs.
 */
export function recordOf(stores: AppStores): RunRecord | null {
  const { lab } = stores.current.getState().experiment;
  if (lab === 'reaching') return null;
  return lab === 'sinusoid' ? recordOfSinusoid(stores) : recordOfPolicies(stores[lab]);
}

/**
 * Shows a kept run in its lab: curves, checkpoints and policies as if it had been trained here, paused at its end. One
 * undo entry. The record has been checked (records/run-file.ts); of the Reaching lab there are none.
 */
export function openRecord({ openRun }: Pick<AppStores, 'openRun'>, record: RunRecord): void {
  const { experiment } = record;
  switch (experiment.lab) {
    case 'sinusoid':
      openRun.sinusoid({
        ...sharedOf(record, METRIC_COLUMNS),
        experiment,
        adaptations: record.runs.flatMap(sinusoidPointsOf),
        heldOut: record.runs.flatMap(heldOutPointsOf).sort((a, b) => a.iteration - b.iteration),
        checkpoints: record.checkpoints.map(({ iteration }) =>
          toSinusoidCheckpoint({ ...record, experiment }, iteration),
        ),
      });
      break;
    case 'navigation':
      openRun.navigation({ ...policiesOf(record), experiment });
      break;
    case 'cheetah':
      openRun.cheetah({ ...policiesOf(record), experiment });
      break;
    case 'reaching':
      throw new Error('The Reaching lab keeps no runs. Open its experiment instead.');
    default:
      experiment satisfies never;
  }
}

type Shared = Pick<KeptRun, 'about' | 'metrics' | 'divergences'>;

function sharedOf(record: RunRecord, columns: readonly string[]): Shared {
  const { title, program, engine, seconds, iterations, runs } = record;
  return {
    about: { title, program, engine, seconds, iterations },
    metrics: runs.map((run) => rowsOf(run, columns)),
    divergences: runs.flatMap((run) => divergenceOf(run, record) ?? []),
  };
}

/** Rows of `columns`; what an older program did not measure is not a number. */
function rowsOf({ algorithm, metrics }: RecordedRun, columns: readonly string[]): MetricBatch {
  const count = metrics.iteration?.length ?? 0;
  const rows = new Float64Array(count * columns.length);
  for (const [at, name] of columns.entries()) {
    const values = metrics[name];
    for (let row = 0; row < count; row++) rows[row * columns.length + at] = values?.[row] ?? Number.NaN;
  }
  return { algorithm, rows };
}

function divergenceOf({ algorithm, divergedAt }: RecordedRun, { checkpoints }: RunRecord): Divergence | null {
  if (divergedAt === null) return null;
  const lastGoodIteration = checkpoints.findLast(({ iteration }) => iteration < divergedAt)?.iteration ?? 0;
  return { algorithm, iteration: divergedAt, cause: changeWords.recordedDivergence, lastGoodIteration };
}

function policiesOf(record: RunRecord) {
  return {
    ...sharedOf(record, POLICY_METRIC_COLUMNS),
    adaptations: record.runs.flatMap(policyPointsOf),
    heldOut: [],
    checkpoints: record.checkpoints.map(({ iteration }) => toPolicyCheckpoint(record, iteration)),
  };
}

/** The scheduled checkpoints, and the newest one where training has got further. */
function checkpointsOf<C extends { readonly iteration: number }>(data: {
  readonly checkpoints: readonly C[];
  readonly newest: C | null;
}): readonly C[] {
  const { checkpoints, newest } = data;
  const last = checkpoints.at(-1)?.iteration ?? -1;
  return newest !== null && newest.iteration > last ? [...checkpoints, newest] : checkpoints;
}

interface Trained {
  readonly experiment: RunRecord['experiment'] & { readonly algorithms: readonly AlgorithmId[] };
  readonly run: RunState;
}

/** What records of all labs have alike; null without a checkpoint to go on from. */
function headOf({ experiment, run }: Trained, checkpoints: readonly RecordedCheckpoint[]) {
  const end = checkpoints.at(-1);
  if (end === undefined) return null;
  const { opened, engine } = run;
  const isWhole = opened !== null && opened.iterations === end.iteration;
  return {
    title: isWhole ? opened.title : null,
    program: isWhole ? opened.program : PROGRAM_VERSION,
    experiment,
    engine: (isWhole ? opened.engine : engine) ?? 'unknown',
    seconds: isWhole ? opened.seconds : end.runs.reduce((sum, { seconds }) => sum + seconds, 0),
    iterations: end.iteration,
    checkpoints,
  };
}

function thinned<Column extends string>(
  history: MetricHistory<Column | 'iteration'> | null,
  names: readonly Column[],
  end: number,
): Record<Column, number[]> {
  const iterations = history?.column('iteration') ?? new Float64Array(0);
  let length = history?.length ?? 0;
  // The record ends with its last checkpoint.
  while (length > 0 && iterations[length - 1]! > end) length -= 1;
  return thinColumns(names, (name) => history?.column(name) ?? iterations, length);
}

function upTo<P extends { readonly iteration: number }>(points: readonly P[], end: number): P[] {
  return points.filter(({ iteration }) => iteration <= end);
}

function recordOfSinusoid(stores: AppStores): RunRecord | null {
  const { data } = stores;
  const { experiment } = stores.experiment.getState();
  const run = stores.run.getState();
  const checkpoints = fromCheckpoints(checkpointsOf(data));
  const head = headOf({ experiment, run }, checkpoints);
  if (head === null) return null;
  const { iterations } = head;
  const runs = experiment.algorithms.map((algorithm) => ({
    algorithm,
    divergedAt: divergedIn(run, algorithm),
    metrics: thinned(data.metrics(algorithm), METRIC_COLUMNS, iterations),
    adaptations: upTo(data.adaptations(algorithm), iterations).map((point) => ({ ...point })),
    heldOut: upTo(data.heldOut, iterations)
      .filter((point) => point.algorithm === algorithm)
      .map((point) => ({ ...point })),
  }));
  return { ...head, runs };
}

function recordOfPolicies({ experiment: store, run: runStore, data }: AppStores['cheetah' | 'navigation']) {
  const experiment: TrainablePolicyExperiment = store.getState().experiment;
  const run = runStore.getState();
  const checkpoints = fromCheckpoints(checkpointsOf(data));
  const head = headOf({ experiment, run }, checkpoints);
  if (head === null) return null;
  const runs = experiment.algorithms.map(
    (algorithm): RecordedRun => ({
      algorithm,
      divergedAt: divergedIn(run, algorithm),
      metrics: thinned(data.metrics(algorithm), POLICY_METRIC_COLUMNS, head.iterations),
      adaptations: upTo(data.adaptations(algorithm), head.iterations).map((point) => ({ ...point })),
      heldOut: [],
    }),
  );
  return { ...head, runs } satisfies RunRecord;
}

function divergedIn({ divergences }: RunState, algorithm: AlgorithmId): number | null {
  return divergences.find((divergence) => divergence.algorithm === algorithm)?.iteration ?? null;
}
