// `train`: an experiment from start to end on this machine, then its held-out evaluation.
import { writeFileSync } from 'node:fs';
import type { AlgorithmId, Experiment } from '../experiment/experiment.ts';
import type { MetaGradientEngine } from '../gradients/meta-gradient.ts';
import type { Subject } from '../training/evaluation.ts';
import { createSession } from '../training/session.ts';
import type { IterationMetrics } from '../training/session-events.ts';
import { onlyPositional, parseArguments, wholeNumber } from './arguments.ts';
import { chooseEngine, ENGINE_HELP, parseEngine } from './engines.ts';
import { evaluateRuns, formatEvaluation } from './evaluate-runs.ts';
import { loadExperiment, parseAlgorithms, patchExperiment } from './load-experiment.ts';
import { thinMetrics } from './metric-history.ts';
import { createProgress } from './progress.ts';
import { encodeRunFile, type MetricHistory, type RunResult } from './run-file.ts';

export const TRAIN_HELP = `train <preset | experiment.json | link> [options]
  --iterations N     meta-iterations instead of the experiment's
  --seed S           seed instead of the experiment's
  --algorithms a,b   algorithms instead of the experiment's
  --engine E         auto (default), ${ENGINE_HELP}
  --tasks N          test tasks of the evaluation at the end (600)
  --out run.json     keep the result, with the trained parameters, for “evaluate”
  --json             print the result as one JSON object, last on stdout`;

/** Runs the subcommand with the arguments after its name; resolves with the exit code. */
export async function trainCommand(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments(argv, {
    iterations: { type: 'string' },
    seed: { type: 'string' },
    algorithms: { type: 'string' },
    engine: { type: 'string' },
    tasks: { type: 'string' },
    out: { type: 'string' },
    json: { type: 'boolean' },
  });
  const source = onlyPositional(positionals, 'a preset, a .json file or a link');
  const iterations = wholeNumber('iterations', values.iterations, { min: 1, max: 1_000_000 });
  const seed = wholeNumber('seed', values.seed, { min: 0, max: 2 ** 32 - 1 });
  const tasks = wholeNumber('tasks', values.tasks, { min: 1, max: 100_000 }) ?? 600;
  const choice = parseEngine(values.engine);
  const experiment = patchExperiment(await loadExperiment(source), {
    ...(iterations === undefined ? {} : { metaIterations: iterations }),
    ...(seed === undefined ? {} : { seed }),
    ...(values.algorithms === undefined ? {} : { algorithms: parseAlgorithms(values.algorithms) }),
  });

  const engine = await chooseEngine(choice, experiment);
  try {
    const { result, subjects } = await trainAndEvaluate(experiment, engine, tasks);
    if (values.out !== undefined) writeFileSync(values.out, encodeRunFile(result, subjects));
    process.stdout.write(`${values.json === true ? JSON.stringify(result) : formatResult(result)}\n`);
    return 0;
  } finally {
    engine.dispose();
  }
}

async function trainAndEvaluate(experiment: Experiment, engine: MetaGradientEngine, tasks: number) {
  const session = createSession(experiment, engine, { clock: () => performance.now(), evaluationTasks: 0 });
  const rows = new Map<AlgorithmId, IterationMetrics[]>(experiment.algorithms.map((id) => [id, []]));
  const diverged: { algorithm: AlgorithmId; iteration: number; cause: string }[] = [];
  const progress = createProgress('training', experiment.metaIterations);
  const startedAt = performance.now();
  for await (const event of session.events) {
    if (event.kind === 'metrics') rows.get(event.metrics.algorithm)?.push(event.metrics);
    if (event.kind === 'iteration') progress.update(event.iteration, describeLosses(rows));
    if (event.kind === 'diverged') {
      const { algorithm, iteration, cause } = event;
      diverged.push({ algorithm, iteration, cause });
      process.stderr.write(`${algorithm} diverged at meta-iteration ${iteration}: ${cause}.\n`);
    }
  }
  const seconds = (performance.now() - startedAt) / 1000;
  progress.end();
  const checkpoint = session.checkpoint();
  const subjects: Subject[] = checkpoint.runs.map(({ algorithm, state }) => ({
    algorithm,
    metaParams: state.metaParams,
    alpha: state.alpha,
  }));
  const metrics: Partial<Record<AlgorithmId, MetricHistory>> = {};
  for (const [algorithm, history] of rows) metrics[algorithm] = thinMetrics(history);
  const evaluation = await evaluateRuns(engine, experiment, subjects, tasks);
  const iterations = checkpoint.iteration;
  const result: RunResult = {
    experiment,
    engine: engine.id,
    iterations,
    seconds,
    metrics,
    evaluation,
    diverged,
  };
  return { result, subjects };
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
