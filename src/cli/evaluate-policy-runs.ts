// Held-out evaluation of finished meta-RL runs, as `train` and `evaluate` report it, and its table for people.
import type { PolicyCrew } from '../algorithms/meta-rl/crew.ts';
import type { AlgorithmId } from '../experiment/experiment.ts';
import type { RunRecord } from '../records/run-record.ts';
import { evaluatePolicy, type PolicySubject } from '../training/policy-evaluation.ts';
import type { PolicyAdaptationPoint, TrainablePolicyExperiment } from '../training/policy-session-events.ts';
import { type CheetahEntry, cheetahEntries, cheetahLines, SPEED_ERROR_NOTE } from './cheetah-evaluation.ts';
import { openCrew, parsePolicyEngine, parseThreads } from './policy-engines.ts';
import { createProgress } from './progress.ts';

/** Mean return over the test tasks after `steps` inner steps; the error is the standard deviation over tasks ÷ √tasks. */
export interface ReturnEntry {
  readonly steps: number;
  readonly meanReturn: number;
  readonly standardError: number;
  readonly q25: number;
  readonly q75: number;
  /** Of the Cheetah lab alone. */
  readonly cheetah?: CheetahEntry;
}

export interface PolicyEvaluation {
  readonly tasks: number;
  /** Of the experiment's first algorithm: one entry per number of steps, 0 … 4. */
  readonly adaptationCurve: readonly ReturnEntry[];
  readonly algorithms: Readonly<
    Partial<Record<AlgorithmId, { readonly adaptationCurve: readonly ReturnEntry[] }>>
  >;
}

/** Adaptation curves of every subject on `tasks` test tasks, in their order, with progress on stderr. */
export async function measurePolicies(
  crew: PolicyCrew,
  experiment: TrainablePolicyExperiment,
  subjects: readonly PolicySubject[],
  tasks: number,
): Promise<PolicyAdaptationPoint[]> {
  const progress = createProgress('evaluating', subjects.length);
  const points: PolicyAdaptationPoint[] = [];
  for (const subject of subjects) {
    const evaluation = evaluatePolicy(crew, experiment, subject, tasks);
    let step = await evaluation.next();
    for (; step.done !== true; step = await evaluation.next()) {
      progress.update(points.length, `${subject.algorithm} at ${subject.iteration}`);
    }
    points.push(step.value);
  }
  progress.end();
  return points;
}

/** One point per algorithm, all on the same tasks, as it is printed. */
export function policyEvaluationOf(
  experiment: TrainablePolicyExperiment,
  points: readonly PolicyAdaptationPoint[],
): PolicyEvaluation {
  const algorithms: Partial<Record<AlgorithmId, { adaptationCurve: ReturnEntry[] }>> = {};
  for (const point of points) {
    algorithms[point.algorithm] = { adaptationCurve: entriesOf(experiment, point) };
  }
  const [first] = points;
  const adaptationCurve = first === undefined ? [] : (algorithms[first.algorithm]?.adaptationCurve ?? []);
  return { tasks: first?.tasks ?? 0, adaptationCurve, algorithms };
}

function entriesOf(experiment: TrainablePolicyExperiment, point: PolicyAdaptationPoint): ReturnEntry[] {
  const { steps, meanReturn, standardError, q25, q75 } = point;
  const cheetah = experiment.lab === 'cheetah' ? cheetahEntries(experiment, point) : null;
  return steps.map((count, i) => ({
    steps: count,
    meanReturn: meanReturn[i]!,
    standardError: standardError[i]!,
    q25: q25[i]!,
    q75: q75[i]!,
    ...(cheetah && { cheetah: cheetah[i]! }),
  }));
}

const CELL = 16;

/** The curves as lines of text. */
export function formatPolicyEvaluation({ tasks, algorithms }: PolicyEvaluation): string {
  const lines = [`Mean return on ${tasks} test tasks (± standard error over tasks) after n inner steps`];
  for (const [algorithm, { adaptationCurve }] of Object.entries(algorithms)) {
    if (lines.length === 1) {
      lines.push(
        `${''.padEnd(12)}${adaptationCurve.map(({ steps }) => String(steps).padStart(CELL)).join('')}`,
      );
    }
    const cells = adaptationCurve.map(({ meanReturn, standardError }) =>
      `${meanReturn.toFixed(2)} ± ${standardError.toFixed(2)}`.padStart(CELL),
    );
    lines.push(`${algorithm.padEnd(12)}${cells.join('')}`);
    const ofCheetah = adaptationCurve.flatMap(({ cheetah }) => (cheetah ? [cheetah] : []));
    for (const { name, cells: own } of cheetahLines(ofCheetah)) {
      lines.push(`${name.padEnd(12)}${own.map((cell) => cell.padStart(CELL)).join('')}`);
    }
  }
  const curves = Object.values(algorithms).flatMap(({ adaptationCurve }) => adaptationCurve);
  if (curves.some(({ cheetah }) => cheetah !== undefined && 'speedError' in cheetah)) {
    lines.push('', SPEED_ERROR_NOTE);
  }
  if (curves.some(({ cheetah }) => (cheetah?.unstableEpisodes ?? 0) > 0)) {
    lines.push('unstable: episodes that ended early because the body’s state became unstable');
  }
  return lines.join('\n');
}

/** `evaluate` for a run of a meta-RL lab, as it ended; resolves with the exit code. */
export async function evaluatePolicyRecord(
  record: RunRecord,
  experiment: TrainablePolicyExperiment,
  options: {
    readonly tasks: number | undefined;
    readonly engine: string | undefined;
    readonly threads: string | undefined;
    readonly json: boolean;
  },
): Promise<number> {
  const { iterations, checkpoints } = record;
  const subjects = checkpoints.at(-1)!.runs.map((run) => ({ ...run, iteration: iterations }));
  const crew = await openCrew(parsePolicyEngine(options.engine), parseThreads(options.threads));
  try {
    const points = await measurePolicies(crew, experiment, subjects, options.tasks ?? 40);
    const evaluation = policyEvaluationOf(experiment, points);
    const result = { experiment, engine: crew.id, iterations, evaluation };
    process.stdout.write(`${options.json ? JSON.stringify(result) : formatPolicyEvaluation(evaluation)}\n`);
    return 0;
  } finally {
    crew.dispose();
  }
}
