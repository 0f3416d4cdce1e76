// Writes the small files behind the gallery's thumbnails (src/components/gallery/data/) from run files of the command
// line, whose commands docs/results.md gives:
//   npx tsx scripts/gallery-data.ts sinusoid paper.json reptile.json
//   npx tsx scripts/gallery-data.ts navigation navigation.json
//   npx tsx scripts/gallery-data.ts cheetah direction.json
// Nothing is drawn by hand: fits and paths are computed here from the trained θ, curves are what the run measured.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { shapeFor } from '../src/algorithms/run-shape.ts';
import { openCrew } from '../src/cli/policy-engines.ts';
import type { AlgorithmId } from '../src/experiment/experiment.ts';
import { adaptPath } from '../src/models/mlp-arrays.ts';
import { createPass, forwardPass } from '../src/models/mlp-pass.ts';
import { readRunFile } from '../src/records/run-file.ts';
import type { RunRecord } from '../src/records/run-record.ts';
import { BACKWARDS, FORWARDS } from '../src/tasks/locomotion/cheetah-tasks.ts';
import { evaluateSinusoid } from '../src/tasks/sinusoid.ts';
import { testAlpha } from '../src/training/evaluation.ts';
import { probePolicy } from '../src/training/policy-evaluation.ts';
import type { ProbeRequest, ProbeStep } from '../src/training/policy-session-events.ts';

const OUT = new URL('../src/components/gallery/data/', import.meta.url);

function load(path: string | undefined): RunRecord {
  if (path === undefined) throw new Error('A run file is missing. See the head of scripts/gallery-data.ts.');
  const reading = readRunFile(readFileSync(path, 'utf8'));
  if (reading.kind === 'refused') throw new Error(`${path}: ${reading.issue.message}`);
  return reading.record;
}

function save(name: string, data: unknown): void {
  mkdirSync(OUT, { recursive: true });
  writeFileSync(fileURLToPath(new URL(`${name}.json`, OUT)), `${JSON.stringify(data)}\n`);
}

const rounded = (values: Iterable<number>, digits = 3): number[] =>
  Array.from(values, (value) => Number(value.toFixed(digits)));

function lastRun(record: RunRecord, algorithm: AlgorithmId) {
  const run = record.checkpoints.at(-1)?.runs.find((one) => one.algorithm === algorithm);
  if (run === undefined) throw new Error(`The run file holds no ${algorithm}.`);
  return run;
}

/** f before adaptation and after 1 … `steps` steps on a task that nobody trained on. */
function fitOf(
  record: RunRecord,
  algorithm: AlgorithmId,
  task: { readonly amplitude: number; readonly phase: number; readonly x: readonly number[] },
  steps: number,
) {
  const { experiment } = record;
  if (experiment.lab !== 'sinusoid') throw new Error(`Expected a sinusoid run, got ${experiment.lab}.`);
  const { metaParams, alpha } = lastRun(record, algorithm);
  const shape = shapeFor(experiment, algorithm);
  const truthAt = (x: number) =>
    evaluateSinusoid({ amplitude: task.amplitude, phase: task.phase, isNoise: false }, x);
  const gridX = Array.from({ length: 61 }, (_, i) => -5 + i / 6);
  const path = adaptPath({
    shape,
    params: Float64Array.from(metaParams),
    alpha: testAlpha(experiment, alpha),
    steps,
    x: Float64Array.from(task.x),
    y: Float64Array.from(task.x, truthAt),
  });
  const pass = createPass(shape, gridX.length);
  const fits = path.map((params) => {
    forwardPass(pass, params, Float64Array.from(gridX));
    return rounded(pass.levels.at(-1)!.values);
  });
  return {
    algorithm,
    gridX: rounded(gridX),
    truth: rounded(gridX.map(truthAt)),
    support: task.x.map((x) => ({ x, y: Number(truthAt(x).toFixed(3)) })),
    fits,
  };
}

function sinusoid(paper: RunRecord, reptile: RunRecord): void {
  const spread = { amplitude: 3.4, phase: 2.2, x: [-4.6, -3.7, -2.6, -1.8, -0.7, 0.4, 1.3, 2.4, 3.3, 4.5] };
  const half = { amplitude: 4.2, phase: 4.4, x: [-4.7, -3.9, -3.1, -2.2, -1.4, 0.3, 1.1, 2.0, 3.4, 4.4] };
  save('fits', {
    maml: fitOf(paper, 'maml', spread, 1),
    pretrained: fitOf(paper, 'pretrained', spread, 1),
    reptile: fitOf(reptile, 'reptile', half, 5),
  });
  const series = paper.runs.map(({ algorithm, adaptations }) => {
    const point = adaptations.at(-1) as unknown;
    return { algorithm, point };
  });
  save(
    'adaptation',
    series.map(({ algorithm, point }) => ({ algorithm, ...thinCurve(point) })),
  );
}

/** The K = 5 curve of an adaptation point, rounded. */
function thinCurve(point: unknown) {
  const { tasks, curves } = point as {
    tasks: number;
    curves: readonly Record<string, number | readonly number[]>[];
  };
  const curve = curves.find(({ supportSize }) => supportSize === 5);
  if (curve === undefined) throw new Error('The run holds no curve for K = 5.');
  const kept = Object.entries(curve).map(([name, value]) => [
    name,
    Array.isArray(value) ? rounded(value) : value,
  ]);
  return { tasks, curves: [Object.fromEntries(kept)] };
}

/** Places of the agent, [episodes, steps, 2] flat, as observed. */
function placesOf({ trajectories }: ProbeStep, episodes: number, steps: number) {
  const { observations, observationSize, horizon, lengths } = trajectories;
  return Array.from({ length: episodes }, (_, e) => {
    const count = Math.min(lengths[e] ?? 0, steps);
    return rounded(
      Array.from({ length: count }, (_, t) => {
        const at = (e * horizon + t) * observationSize;
        return [observations[at]!, observations[at + 1]!];
      }).flat(),
    );
  });
}

async function navigation(record: RunRecord): Promise<void> {
  const { experiment } = record;
  if (experiment.lab !== 'navigation') throw new Error(`Expected a navigation run, got ${experiment.lab}.`);
  const goals = [
    { x: -0.3, y: 0.36 },
    { x: 0.42, y: 0.1 },
  ];
  const crew = await openCrew('fused-wasm', 1);
  try {
    const maml = lastRun(record, 'maml');
    const subject = { ...maml, iteration: record.iterations };
    const [task, ...others] = goals;
    const request: ProbeRequest = { id: 0, task: task!, others };
    const probe = await probePolicy(crew, experiment, subject, request);
    const all = [probe.steps, ...(probe.others ?? [])];
    save('navigation', {
      runs: all.map((steps, i) => ({
        goal: goals[i],
        before: placesOf(steps[0]!, 3, 60),
        after: placesOf(steps[1]!, 3, 60),
      })),
    });
  } finally {
    crew.dispose();
  }
  save('first-order', {
    runs: record.runs.map(({ algorithm, metrics }) => ({
      algorithm,
      seconds: rounded(metrics.seconds ?? [], 2),
      before: rounded(metrics.returnBefore ?? [], 2),
      after: rounded(metrics.returnAfter ?? [], 2),
      q25: rounded(metrics.returnAfterQ25 ?? [], 2),
      q75: rounded(metrics.returnAfterQ75 ?? [], 2),
    })),
  });
}

/** A cheetah's positions, [frames, 9] flat. */
function motionOf({ trajectories }: ProbeStep) {
  const positions = trajectories.positions?.[0];
  if (!positions) throw new Error('The roll-out kept no positions.');
  return rounded(positions.subarray(0, 9 * (trajectories.lengths[0]! + 1)));
}

async function cheetah(record: RunRecord): Promise<void> {
  const { experiment } = record;
  if (experiment.lab !== 'cheetah') throw new Error(`Expected a cheetah run, got ${experiment.lab}.`);
  const crew = await openCrew('fused-wasm', 1);
  try {
    const algorithm = record.runs[0]!.algorithm;
    const subject = { ...lastRun(record, algorithm), iteration: record.iterations };
    const request: ProbeRequest = { id: 0, task: FORWARDS, others: [BACKWARDS] };
    const probe = await probePolicy(crew, experiment, subject, request);
    const lane = (goal: number, steps: readonly ProbeStep[]) => ({
      goal,
      before: motionOf(steps[0]!),
      after: motionOf(steps[1]!),
    });
    save('cheetah', { algorithm, lanes: [lane(1, probe.steps), lane(-1, probe.others?.[0] ?? [])] });
  } finally {
    crew.dispose();
  }
}

const [kind, ...paths] = process.argv.slice(2);
if (kind === 'sinusoid') sinusoid(load(paths[0]), load(paths[1]));
else if (kind === 'navigation') await navigation(load(paths[0]));
else if (kind === 'cheetah') await cheetah(load(paths[0]));
else throw new Error(`Got “${kind}”; expected sinusoid, navigation or cheetah.`);
