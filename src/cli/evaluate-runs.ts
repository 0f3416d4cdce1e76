// Held-out evaluation of finished runs, as `train` and `evaluate` report it, and its table for people.
import type { AlgorithmId, SinusoidExperiment } from '../experiment/experiment.ts';
import type { MetaGradientEngine } from '../gradients/meta-gradient.ts';
import {
  createTestSet,
  curveSupportSizes,
  evaluateAdaptation,
  SLICE_TASKS,
  type Subject,
} from '../training/evaluation.ts';
import { createProgress } from './progress.ts';
import { type CurveEntry, curveEntries, type Evaluation } from './run-file.ts';

/** Adaptation curves of every subject on `tasks` test tasks, with progress on stderr. */
export async function evaluateRuns(
  engine: MetaGradientEngine,
  experiment: SinusoidExperiment,
  subjects: readonly Subject[],
  tasks: number,
): Promise<Evaluation> {
  const testSet = createTestSet(experiment, tasks);
  const slices = subjects.length * curveSupportSizes(experiment).length * Math.ceil(tasks / SLICE_TASKS);
  const progress = createProgress('evaluating', slices);
  const algorithms: Partial<Record<AlgorithmId, { adaptationCurve: CurveEntry[] }>> = {};
  let done = 0;
  for (const subject of subjects) {
    const evaluation = evaluateAdaptation(engine, testSet, subject);
    let step = await evaluation.next();
    for (; step.done !== true; step = await evaluation.next()) progress.update(++done, subject.algorithm);
    algorithms[subject.algorithm] = { adaptationCurve: curveEntries(step.value) };
  }
  progress.end();
  const first = subjects[0] === undefined ? undefined : algorithms[subjects[0].algorithm];
  return { tasks, adaptationCurve: first?.adaptationCurve ?? [], algorithms };
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
