// `train` for the labs of meta-RL: an experiment from start to end on this machine, then its held-out evaluation.
import type { AlgorithmId } from '../experiment/experiment.ts';
import { CHEETAH_LAB, NAVIGATION_LAB } from '../experiment/labs.ts';
import { checkPatchIn } from '../experiment/schema.ts';
import { median } from '../math/statistics.ts';
import type { PolicySubject } from '../training/policy-evaluation.ts';
import { createPolicySession } from '../training/policy-session.ts';
import {
  POLICY_METRIC_COLUMNS,
  type PolicyCheckpoint,
  type PolicyMetrics,
  type PolicySession,
  type TrainablePolicyExperiment,
} from '../training/policy-session-events.ts';
import { wholeNumber } from './arguments.ts';
import {
  formatPolicyEvaluation,
  measurePolicies,
  type PolicyEvaluation,
  policyEvaluationOf,
} from './evaluate-policy-runs.ts';
import {
  chooseKept,
  columnsOf,
  type Keeping,
  keepRun,
  type MetricColumns,
  type MetricsOf,
} from './keeping.ts';
import { parseAlgorithms, refuse } from './load-experiment.ts';
import { openCrew, parsePolicyEngine, parseThreads } from './policy-engines.ts';
import { createProgress } from './progress.ts';

export interface PolicyTrainOptions {
  readonly iterations: number | undefined;
  readonly seed: number | undefined;
  /** "maml,fomaml" */
  readonly algorithms: string | undefined;
  readonly engine: string | undefined;
  readonly tasks: string | undefined;
  readonly threads: string | undefined;
  readonly keeping: Keeping | null;
  readonly json: boolean;
}

interface Incident {
  readonly algorithm: AlgorithmId;
  readonly iteration: number;
  readonly cause: string;
}

/** What `--json` prints. */
export interface PolicyRunResult {
  readonly experiment: TrainablePolicyExperiment;
  readonly engine: string;
  readonly threads: number;
  /** Meta-iterations done. */
  readonly iterations: number;
  /** Wall-clock seconds of training. */
  readonly seconds: number;
  /** Seconds per meta-iteration by what they went into, medians. */
  readonly secondsPerPhase: Readonly<Partial<Record<AlgorithmId, PhaseSeconds>>>;
  readonly metrics: MetricsOf;
  /** Episodes of training that ended early because the body's state became unstable. */
  readonly unstableEpisodes: Readonly<Partial<Record<AlgorithmId, number>>>;
  readonly evaluation: PolicyEvaluation;
  /** Runs that became non-finite; their θ is the last good one. */
  readonly diverged: readonly Incident[];
  /** Where outer steps were refused many times in a row. */
  readonly stalled: readonly Incident[];
}

interface PhaseSeconds {
  readonly rollOut: number;
  readonly inner: number;
  readonly outer: number;
  readonly total: number;
}

/** Trains, evaluates and prints; resolves with the exit code. */
export async function trainPolicy(
  given: TrainablePolicyExperiment,
  options: PolicyTrainOptions,
): Promise<number> {
  const { iterations, seed, algorithms, keeping, json } = options;
  const tasks = wholeNumber('tasks', options.tasks, { min: 1, max: 100_000 }) ?? 40;
  const threads = parseThreads(options.threads);
  const engine = parsePolicyEngine(options.engine);
  const { experiment, issues } = patch(given, {
    ...(iterations === undefined ? {} : { metaIterations: iterations }),
    ...(seed === undefined ? {} : { seed }),
    ...(algorithms === undefined ? {} : { algorithms: parseAlgorithms(algorithms) }),
  });
  refuse('The options', issues);

  const crew = await openCrew(engine, threads);
  try {
    const session = createPolicySession(experiment, crew, { clock, evaluationTasks: 0 });
    const { checkpoints, ...trained } = await train(session);
    const kept = keeping === null ? [session.checkpoint()] : chooseKept(checkpoints, keeping);
    const past = subjectsIn(kept.slice(0, -1)).filter(({ divergedAt }) => divergedAt === null);
    const earlier = await measurePolicies(crew, experiment, past, Math.min(tasks, PAST_TASKS));
    const points = await measurePolicies(crew, experiment, subjectsIn(kept.slice(-1)), tasks);
    const { iteration } = session.checkpoint();
    const result: PolicyRunResult = {
      experiment,
      engine: crew.id,
      threads,
      iterations: iteration,
      ...trained,
      evaluation: policyEvaluationOf(experiment, points),
    };
    if (keeping !== null) {
      const adaptations = [...earlier, ...points].map((point) => ({ ...point }));
      keepRun({ ...result, checkpoints: kept, adaptations, heldOut: [] }, keeping);
    }
    process.stdout.write(`${json ? JSON.stringify(result) : formatResult(result)}\n`);
    return 0;
  } finally {
    crew.dispose();
  }
}

/** Test tasks of the curves of kept moments, at most. */
const PAST_TASKS = 20;

/** The runs at those moments; of one that diverged, its last good state. */
function subjectsIn(
  checkpoints: readonly PolicyCheckpoint[],
): (PolicySubject & { divergedAt: number | null })[] {
  return checkpoints.flatMap(({ iteration, runs }) =>
    runs.map(({ state: { metaParams, alpha }, ...run }) => ({ ...run, metaParams, alpha, iteration })),
  );
}

function patch(experiment: TrainablePolicyExperiment, changes: Readonly<Record<string, unknown>>) {
  return experiment.lab === 'navigation'
    ? checkPatchIn(NAVIGATION_LAB, experiment, changes)
    : checkPatchIn(CHEETAH_LAB, experiment, changes);
}

const clock = () => performance.now();

async function train(session: PolicySession) {
  const { algorithms, metaIterations } = session.experiment;
  const rows = new Map<AlgorithmId, PolicyMetrics[]>(algorithms.map((id) => [id, []]));
  const checkpoints: PolicyCheckpoint[] = [];
  const incidents = { diverged: [] as Incident[], stalled: [] as Incident[] };
  const progress = createProgress('training', metaIterations);
  const startedAt = clock();
  for await (const event of session.events) {
    if (event.kind === 'metrics') rows.get(event.metrics.algorithm)?.push(event.metrics);
    if (event.kind === 'checkpoint') checkpoints.push(event.checkpoint);
    if (event.kind === 'iteration') progress.update(event.iteration, describeReturns(rows));
    if (event.kind === 'diverged' || event.kind === 'stalled') {
      const { algorithm, iteration, cause } = event;
      incidents[event.kind].push({ algorithm, iteration, cause });
      process.stderr.write(`${algorithm} ${event.kind} at meta-iteration ${iteration}: ${cause}\n`);
    }
  }
  progress.end();
  const metrics: Partial<Record<AlgorithmId, MetricColumns>> = {};
  const secondsPerPhase: Partial<Record<AlgorithmId, PhaseSeconds>> = {};
  const unstableEpisodes: Partial<Record<AlgorithmId, number>> = {};
  for (const [algorithm, history] of rows) {
    metrics[algorithm] = columnsOf(POLICY_METRIC_COLUMNS, history);
    secondsPerPhase[algorithm] = medianSeconds(history);
    unstableEpisodes[algorithm] = history.reduce((sum, row) => sum + row.unstableEpisodes, 0);
  }
  const seconds = (clock() - startedAt) / 1000;
  return { seconds, secondsPerPhase, unstableEpisodes, metrics, checkpoints, ...incidents };
}

function medianSeconds(rows: readonly PolicyMetrics[]): PhaseSeconds {
  const medianOf = (read: (row: PolicyMetrics) => number) => median(rows.map(read));
  return {
    rollOut: medianOf(({ rollOutSeconds }) => rollOutSeconds),
    inner: medianOf(({ innerSeconds }) => innerSeconds),
    outer: medianOf(({ outerSeconds }) => outerSeconds),
    total: medianOf((row) => row.rollOutSeconds + row.innerSeconds + row.outerSeconds),
  };
}

/** "maml −38.2 → −12.1": the latest batch's mean returns before and after adaptation. */
function describeReturns(rows: ReadonlyMap<AlgorithmId, readonly PolicyMetrics[]>): string {
  return [...rows]
    .map(([algorithm, history]) => {
      const row = history.at(-1);
      if (row === undefined) return `${algorithm} –`;
      return `${algorithm} ${row.returnBefore.toFixed(1)} → ${row.returnAfter.toFixed(1)}`;
    })
    .join(' · ');
}

function formatResult(result: PolicyRunResult): string {
  const { experiment, engine, threads, iterations, seconds, secondsPerPhase, evaluation } = result;
  const lines = [
    `${iterations} meta-iterations on ${engine}, ${threads} ${threads === 1 ? 'thread' : 'threads'}, in ${seconds.toFixed(1)} s`,
    '',
    'Seconds per meta-iteration (medians): roll-outs, inner steps, outer step',
  ];
  for (const [algorithm, { rollOut, inner, outer }] of Object.entries(secondsPerPhase)) {
    const cells = [rollOut, inner, outer].map((value) => value.toFixed(3).padStart(CELL)).join('');
    lines.push(`${algorithm.padEnd(12)}${cells}`);
  }
  if (experiment.lab === 'cheetah') {
    const counts = Object.entries(result.unstableEpisodes).map(([id, count]) => `${id} ${count}`);
    lines.push('', `Episodes that ended because the body’s state became unstable: ${counts.join(', ')}`);
  }
  return `${lines.join('\n')}\n\n${formatPolicyEvaluation(evaluation)}`;
}

const CELL = 10;
