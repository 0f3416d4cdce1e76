// Held-out evaluation of runs at some moments, as `train` and `evaluate` report it, and its table for people.
import type { AlgorithmId, SinusoidExperiment } from '../experiment/experiment.ts';
import type { MetaGradientEngine } from '../gradients/meta-gradient.ts';
import {
  createTestSet,
  curveSupportSizes,
  evaluateAdaptation,
  SLICE_TASKS,
  type Subject,
} from '../training/evaluation.ts';
import type { AdaptationCurve, AdaptationPoint } from '../training/session-events.ts';
import { createProgress } from './progress.ts';

/** What `--json` prints. */
export interface Evaluation {
  readonly tasks: number;
  /** Of the experiment's first algorithm: one entry per K and number of steps. */
  readonly adaptationCurve: readonly CurveEntry[];
  readonly algorithms: Readonly<
    Partial<Record<AlgorithmId, { readonly adaptationCurve: readonly CurveEntry[] }>>
  >;
}

export interface CurveEntry {
  readonly supportSize: number;
  readonly steps: number;
  readonly mean: number;
  readonly median: number;
  readonly q25: number;
  readonly q75: number;
  readonly diverged: number;
}

/** A run at one moment. */
export interface SubjectAt extends Subject {
  readonly iteration: number;
}

/** Adaptation curves of every subject on `tasks` test tasks, in their order, with progress on stderr. */
export async function measureRuns(
  engine: MetaGradientEngine,
  experiment: SinusoidExperiment,
  subjects: readonly SubjectAt[],
  tasks: number,
): Promise<AdaptationPoint[]> {
  const testSet = createTestSet(experiment, tasks);
  const slices = subjects.length * curveSupportSizes(experiment).length * Math.ceil(tasks / SLICE_TASKS);
  const progress = createProgress('evaluating', slices);
  const points: AdaptationPoint[] = [];
  let done = 0;
  for (const subject of subjects) {
    const { algorithm, iteration } = subject;
    const evaluation = evaluateAdaptation(engine, testSet, subject);
    let step = await evaluation.next();
    for (; step.done !== true; step = await evaluation.next()) progress.update(++done, algorithm);
    points.push({ algorithm, iteration, tasks, curves: step.value });
  }
  progress.end();
  return points;
}

/** One point per algorithm, all on the same tasks, as it is printed. */
export function evaluationOf(points: readonly AdaptationPoint[]): Evaluation {
  const algorithms: Partial<Record<AlgorithmId, { adaptationCurve: CurveEntry[] }>> = {};
  for (const { algorithm, curves } of points) {
    algorithms[algorithm] = { adaptationCurve: curves.flatMap(curveEntries) };
  }
  const [first] = points;
  const adaptationCurve = first === undefined ? [] : (algorithms[first.algorithm]?.adaptationCurve ?? []);
  return { tasks: first?.tasks ?? 0, adaptationCurve, algorithms };
}

/** One entry per number of steps. */
function curveEntries(curve: AdaptationCurve): CurveEntry[] {
  return curve.steps.map((steps, i) => ({
    supportSize: curve.supportSize,
    steps,
    mean: curve.mean[i]!,
    median: curve.median[i]!,
    q25: curve.q25[i]!,
    q75: curve.q75[i]!,
    diverged: curve.diverged[i]!,
  }));
}
const CELL = 18;
const SHOWN_STEPS = [0, 1, 2, 3, 5, 10];

/** The curves as lines of text: mean (median) query loss after a few numbers of steps. */
export function formatEvaluation({ tasks, algorithms }: Evaluation): string {
  const lines = [`Query loss on ${tasks} test tasks: mean (median) after n inner steps; ✗ diverged tasks`];
  const header = SHOWN_STEPS.map((steps) => String(steps).padStart(CELL)).join('');
  for (const [algorithm, { adaptationCurve }] of Object.entries(algorithms)) {
    lines.push('', `${algorithm.padEnd(12)}${header}`);
    for (const supportSize of new Set(adaptationCurve.map((entry) => entry.supportSize))) {
      const cells = SHOWN_STEPS.map((steps) => {
        const found = adaptationCurve.find((e) => e.supportSize === supportSize && e.steps === steps);
        return found === undefined ? '' : formatCell(found).padStart(CELL);
      });
      lines.push(`  K = ${String(supportSize).padEnd(6)}${cells.join('')}`);
    }
  }
  return lines.join('\n');
}

function formatCell({ mean, median, diverged }: CurveEntry): string {
  const text = `${formatLoss(mean)} (${formatLoss(median)})`;
  return diverged > 0 ? `${text} ✗${diverged}` : text;
}

function formatLoss(loss: number): string {
  return loss < 1000 ? loss.toFixed(3) : loss.toExponential(0);
}
