// `train` for the Sinusoid lab: an experiment from start to end on this machine, then its held-out evaluation.
import type { AlgorithmId, SinusoidExperiment } from '../experiment/experiment.ts';
import type { MetaGradientEngine } from '../gradients/meta-gradient.ts';
import type { RecordedPoint } from '../records/run-record.ts';
import { createTestSet, evaluateHeldOut, finishEvaluation } from '../training/evaluation.ts';
import { createSession } from '../training/session.ts';
import { type Checkpoint, type IterationMetrics, METRIC_COLUMNS } from '../training/session-events.ts';
import { createBurstPace } from '../worker/burst-pace.ts';
import { wholeNumber } from './arguments.ts';
import { chooseEngine, parseEngine } from './engines.ts';
import { type Evaluation, evaluationOf, formatEvaluation, measureRuns } from './evaluate-runs.ts';
import {
  chooseKept,
  columnsOf,
  type Keeping,
  keepRun,
  type MetricColumns,
  type MetricsOf,
} from './keeping.ts';
import { parseAlgorithms, patchExperiment } from './load-experiment.ts';
import { createProgress } from './progress.ts';

export interface SinusoidTrainOptions {
  readonly iterations: number | undefined;
  readonly seed: number | undefined;
  /** "maml,fomaml" */
  readonly algorithms: string | undefined;
  readonly engine: string | undefined;
  readonly tasks: string | undefined;
  readonly keeping: Keeping | null;
  readonly json: boolean;
}

/** What `--json` prints. */
export interface RunResult {
  readonly experiment: SinusoidExperiment;
  readonly engine: string;
  /** Meta-iterations done. */
  readonly iterations: number;
  /** Wall-clock seconds of training. */
  readonly seconds: number;
  readonly metrics: MetricsOf;
  readonly evaluation: Evaluation;
  /** Runs that became non-finite; their θ is the last good one. */
  readonly diverged: readonly { algorithm: AlgorithmId; iteration: number; cause: string }[];
}

/** Trains, evaluates and prints; resolves with the exit code. */
export async function trainSinusoid(
  given: SinusoidExperiment,
  options: SinusoidTrainOptions,
): Promise<number> {
  const { iterations, seed, algorithms, keeping, json } = options;
  const tasks = wholeNumber('tasks', options.tasks, { min: 1, max: 100_000 }) ?? 600;
  const choice = parseEngine(options.engine);
  const experiment = patchExperiment(given, {
    ...(iterations === undefined ? {} : { metaIterations: iterations }),
    ...(seed === undefined ? {} : { seed }),
    ...(algorithms === undefined ? {} : { algorithms: parseAlgorithms(algorithms) }),
  });

  const engine = await chooseEngine(choice, experiment);
  try {
    const { checkpoints, ...trained } = await train(experiment, engine);
    const kept = keeping === null ? checkpoints.slice(-1) : chooseKept(checkpoints, keeping);
    const end = kept.at(-1)!;
    const points = await measureRuns(engine, experiment, subjectsIn([end]), tasks);
    const evaluation = evaluationOf(points);
    const result: RunResult = { ...trained, iterations: end.iteration, evaluation };
    if (keeping !== null) {
      const past = Math.min(tasks, PAST_TASKS);
      const earlier = await measureRuns(engine, experiment, subjectsIn(kept.slice(0, -1)), past);
      const adaptations = [...earlier, ...points].map((point) => ({ ...point }));
      const heldOut = await measureHeldOut(engine, experiment, kept);
      keepRun({ ...result, checkpoints: kept, adaptations, heldOut }, keeping);
    }
    process.stdout.write(`${json ? JSON.stringify(result) : formatResult(result)}\n`);
    return 0;
  } finally {
    engine.dispose();
  }
}

/** Test tasks of curves and held-out losses of kept moments: as many as on the page. */
const PAST_TASKS = 60;
const HELD_OUT_TASKS = 100;

/** The runs at those moments; of one that diverged, its last good state. */
function subjectsIn(checkpoints: readonly Checkpoint[]) {
  return checkpoints.flatMap(({ iteration, runs }) =>
    runs.map(({ algorithm, state: { metaParams, alpha } }) => ({ algorithm, metaParams, alpha, iteration })),
  );
}

async function measureHeldOut(
  engine: MetaGradientEngine,
  experiment: SinusoidExperiment,
  checkpoints: readonly Checkpoint[],
) {
  const testSet = createTestSet(experiment, HELD_OUT_TASKS);
  const points: RecordedPoint[] = [];
  for (const { iteration, runs } of checkpoints) {
    for (const { algorithm, state, gradientEvaluations, seconds } of runs) {
      const loss = await finishEvaluation(evaluateHeldOut(engine, testSet, { algorithm, ...state }));
      points.push({ algorithm, iteration, gradientEvaluations, seconds, tasks: HELD_OUT_TASKS, loss });
    }
  }
  return points;
}

/** Between two lines of progress, in ms. */
const BURST_MS = 100;

async function train(experiment: SinusoidExperiment, engine: MetaGradientEngine) {
  const clock = () => performance.now();
  const pace = createBurstPace(BURST_MS);
  let burst = { iteration: 0, beganAt: clock() };
  const session = createSession(experiment, engine, {
    clock,
    evaluationTasks: 0,
    burst: () => {
      burst = { ...burst, beganAt: clock() };
      return pace.next();
    },
  });
  const rows = new Map<AlgorithmId, IterationMetrics[]>(experiment.algorithms.map((id) => [id, []]));
  const checkpoints: Checkpoint[] = [];
  const diverged: { algorithm: AlgorithmId; iteration: number; cause: string }[] = [];
  const progress = createProgress('training', experiment.metaIterations);
  const startedAt = performance.now();
  for await (const event of session.events) {
    if (event.kind === 'metrics') rows.get(event.metrics.algorithm)?.push(event.metrics);
    if (event.kind === 'checkpoint') checkpoints.push(event.checkpoint);
    if (event.kind === 'iteration') {
      pace.record(event.iteration - burst.iteration, clock() - burst.beganAt);
      burst = { ...burst, iteration: event.iteration };
      progress.update(event.iteration, describeLosses(rows));
    }
    if (event.kind === 'diverged') {
      const { algorithm, iteration, cause } = event;
      diverged.push({ algorithm, iteration, cause });
      process.stderr.write(`${algorithm} diverged at meta-iteration ${iteration}: ${cause}.\n`);
    }
  }
  const seconds = (performance.now() - startedAt) / 1000;
  progress.end();
  const metrics: Partial<Record<AlgorithmId, MetricColumns>> = {};
  for (const [algorithm, history] of rows) metrics[algorithm] = columnsOf(METRIC_COLUMNS, history);
  return { experiment, engine: engine.id, seconds, metrics, diverged, checkpoints };
}

/** "maml 0.91 · reptile 1.42": the latest batch's query losses. */
function describeLosses(rows: ReadonlyMap<AlgorithmId, readonly IterationMetrics[]>): string {
  return [...rows]
    .map(([algorithm, history]) => `${algorithm} ${history.at(-1)?.queryLoss.toPrecision(3) ?? '–'}`)
    .join(' · ');
}

function formatResult({ engine, iterations, seconds, evaluation }: RunResult): string {
  const head = `${iterations} meta-iterations on ${engine} in ${seconds.toFixed(1)} s`;
  return `${head}\n\n${formatEvaluation(evaluation)}`;
}
