// `train`: an experiment from start to end on this machine, then its held-out evaluation.
import { writeFileSync } from 'node:fs';
import type { AlgorithmId, SinusoidExperiment } from '../experiment/experiment.ts';
import { POLICY_ENGINE_IDS } from '../gradients/create-policy-engine.ts';
import type { MetaGradientEngine } from '../gradients/meta-gradient.ts';
import type { Subject } from '../training/evaluation.ts';
import { createSession } from '../training/session.ts';
import type { IterationMetrics } from '../training/session-events.ts';
import { createBurstPace } from '../worker/burst-pace.ts';
import { onlyPositional, parseArguments, refuseOptions, wholeNumber } from './arguments.ts';
import { chooseEngine, ENGINE_HELP, parseEngine } from './engines.ts';
import { evaluateRuns, formatEvaluation } from './evaluate-runs.ts';
import { loadAnyExperiment, parseAlgorithms, patchExperiment, sinusoidOnly } from './load-experiment.ts';
import { thinMetrics } from './metric-history.ts';
import { createProgress } from './progress.ts';
import { encodeRunFile, type MetricHistory, type RunResult } from './run-file.ts';
import { trainPolicy } from './train-policy.ts';
import { trainReaching } from './train-reaching.ts';

export const TRAIN_HELP = `train <preset | experiment.json | link> [options]
  --iterations N     meta-iterations instead of the experiment's
  --seed S           seed instead of the experiment's
  --json             print the result as one JSON object, last on stdout
  Sinusoid, Navigation and Cheetah labs:
  --algorithms a,b   algorithms instead of the experiment's
  --engine E         auto (default), ${ENGINE_HELP}
  --tasks N          test tasks of the evaluation at the end (600; Navigation and Cheetah: 40)
  --out run.json     keep the result, with the trained parameters, for “evaluate”
  Navigation and Cheetah labs:
  --engine E         ${POLICY_ENGINE_IDS.join(', ')}
  --threads N        threads that share the work, which changes no number (all cores)
  Reaching lab:
  --strategies a,b   strategies instead of the experiment's
  --seeds N          seeds from the experiment's on (100)`;

const LEARNING_OPTIONS = ['algorithms', 'engine', 'tasks', 'out'];
const POLICY_OPTIONS = ['threads'];
const REACHING_OPTIONS = ['strategies', 'seeds'];

/** Runs the subcommand with the arguments after its name; resolves with the exit code. */
export async function trainCommand(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments(argv, {
    iterations: { type: 'string' },
    seed: { type: 'string' },
    json: { type: 'boolean' },
    algorithms: { type: 'string' },
    engine: { type: 'string' },
    tasks: { type: 'string' },
    out: { type: 'string' },
    strategies: { type: 'string' },
    seeds: { type: 'string' },
    threads: { type: 'string' },
  });
  const source = onlyPositional(positionals, 'a preset, a .json file or a link');
  const given = {
    iterations: wholeNumber('iterations', values.iterations, { min: 1, max: 1_000_000 }),
    seed: wholeNumber('seed', values.seed, { min: 0, max: 2 ** 32 - 1 }),
  };
  const { algorithms, engine, tasks, out, strategies, seeds, threads, json = false } = values;
  const experiment = await loadAnyExperiment(source);
  if (experiment.lab === 'reaching') {
    refuseOptions(values, [...LEARNING_OPTIONS, ...POLICY_OPTIONS], experiment.lab);
    return trainReaching(experiment, { ...given, strategies, seeds, json });
  }
  refuseOptions(values, REACHING_OPTIONS, experiment.lab);
  if (experiment.lab === 'navigation' || experiment.lab === 'cheetah') {
    return trainPolicy(experiment, { ...given, algorithms, engine, tasks, threads, out, json });
  }
  refuseOptions(values, POLICY_OPTIONS, experiment.lab);
  return trainSinusoid(sinusoidOnly(experiment, source), { ...given, algorithms, engine, tasks, out, json });
}

interface SinusoidOptions {
  readonly iterations: number | undefined;
  readonly seed: number | undefined;
  readonly algorithms: string | undefined;
  readonly engine: string | undefined;
  readonly tasks: string | undefined;
  readonly out: string | undefined;
  readonly json: boolean;
}

async function trainSinusoid(given: SinusoidExperiment, options: SinusoidOptions): Promise<number> {
  const { iterations, seed, algorithms, out, json } = options;
  const tasks = wholeNumber('tasks', options.tasks, { min: 1, max: 100_000 }) ?? 600;
  const choice = parseEngine(options.engine);
  const experiment = patchExperiment(given, {
    ...(iterations === undefined ? {} : { metaIterations: iterations }),
    ...(seed === undefined ? {} : { seed }),
    ...(algorithms === undefined ? {} : { algorithms: parseAlgorithms(algorithms) }),
  });

  const engine = await chooseEngine(choice, experiment);
  try {
    const { result, subjects } = await trainAndEvaluate(experiment, engine, tasks);
    if (out !== undefined) writeFileSync(out, encodeRunFile(result, subjects));
    process.stdout.write(`${json ? JSON.stringify(result) : formatResult(result)}\n`);
    return 0;
  } finally {
    engine.dispose();
  }
}

/** Between two lines of progress, in ms. */
const BURST_MS = 100;

async function trainAndEvaluate(experiment: SinusoidExperiment, engine: MetaGradientEngine, tasks: number) {
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
  const diverged: { algorithm: AlgorithmId; iteration: number; cause: string }[] = [];
  const progress = createProgress('training', experiment.metaIterations);
  const startedAt = performance.now();
  for await (const event of session.events) {
    if (event.kind === 'metrics') rows.get(event.metrics.algorithm)?.push(event.metrics);
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
