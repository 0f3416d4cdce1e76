// Sinusoid regression ([MAML] §5.1): y = A sin(x − φ) + noise. Draws tasks and their points as plain arrays.
// Not here: what a batch is used for. Every draw depends on (key, slot) only, never on what was drawn before.
import type { SinusoidExperiment } from '../experiment/experiment.ts';
import { sin } from '../math/elementary.ts';
import type { Key } from '../math/rng.ts';
import { fillUniform, foldIn, normal, type Slots } from '../math/rng.ts';
import type { SinusoidTask } from './sinusoid-task.ts';
import type { TaskBatch } from './task-batch.ts';

/** Ranges of amplitude A and phase φ (radians), uniform in each. */
export interface SinusoidRange {
  readonly amplitudeMin: number;
  readonly amplitudeMax: number;
  readonly phaseMin: number;
  readonly phaseMax: number;
}

/** p(T): tasks come from `main`, or with probability `noiseTaskShare` from `noise`. */
export interface SinusoidDistribution {
  readonly main: SinusoidRange;
  readonly noise: SinusoidRange;
  readonly noiseTaskShare: number;
}

/** Where the points of a task lie, and what the model is shown of it. */
export interface PointSettings {
  readonly xMin: number;
  readonly xMax: number;
  /** Standard deviation of the noise on y, support and query alike. */
  readonly noise: number;
  /** S, sets of K support points (fresh minibatches); set 0 is the same for every S. */
  readonly supportSets: number;
  readonly supportSize: number;
  readonly querySize: number;
  /** 'task': the oracle's inputs [x, A, φ] instead of [x]. */
  readonly inputs: 'x' | 'task';
}

// What a task's key is folded with to draw its several quantities; support set s is drawn with s itself.
const QUERY_STREAM = 0x10000;
const NOISE_STREAM = 0x20000;

/** p(T) of meta-training. */
export function trainingDistribution(experiment: SinusoidExperiment): SinusoidDistribution {
  const { amplitudeMin, amplitudeMax, phaseMin, phaseMax, noiseTaskShare } = experiment;
  return {
    main: { amplitudeMin, amplitudeMax, phaseMin, phaseMax },
    noise: {
      amplitudeMin: experiment.noiseAmplitudeMin,
      amplitudeMax: experiment.noiseAmplitudeMax,
      phaseMin: experiment.noisePhaseMin,
      phaseMax: experiment.noisePhaseMax,
    },
    noiseTaskShare,
  };
}

/** p(T) of the held-out test tasks; never has noise tasks. */
export function testDistribution(experiment: SinusoidExperiment): SinusoidDistribution {
  const range = {
    amplitudeMin: experiment.testAmplitudeMin,
    amplitudeMax: experiment.testAmplitudeMax,
    phaseMin: experiment.testPhaseMin,
    phaseMax: experiment.testPhaseMax,
  };
  return { main: range, noise: range, noiseTaskShare: 0 };
}

/** Draws `count` tasks; task i depends on (key, i) only. */
export function sampleTasks(key: Key, distribution: SinusoidDistribution, count: number): SinusoidTask[] {
  const tasks: SinusoidTask[] = [];
  const draw = new Float32Array(3);
  const all = { values: draw, at: 0, count: 3 };
  for (let slot = 0; slot < count; slot++) {
    fillUniform(foldIn(key, slot), all, 0, 1);
    const isNoise = draw[0]! < distribution.noiseTaskShare;
    const range = isNoise ? distribution.noise : distribution.main;
    tasks.push({
      amplitude: range.amplitudeMin + draw[1]! * (range.amplitudeMax - range.amplitudeMin),
      phase: range.phaseMin + draw[2]! * (range.phaseMax - range.phaseMin),
      isNoise,
    });
  }
  return tasks;
}

/** The noiseless curve A sin(x − φ), the same bits in every browser. */
export function evaluateSinusoid(task: SinusoidTask, x: number): number {
  return task.amplitude * sin(x - task.phase);
}

/** Width of the model's input for `inputs`. */
export function inputSizeOf(inputs: PointSettings['inputs']): number {
  return inputs === 'task' ? 3 : 1;
}

/** A batch of sinusoid tasks. */
export interface SinusoidBatch extends TaskBatch {
  readonly supportX: Float32Array;
  readonly supportY: Float32Array;
  readonly queryX: Float32Array;
  readonly queryY: Float32Array;
}

/**
 * Draws support and query points for `tasks`. The points of slot i depend on (key, i) only, and a larger K
 * extends a smaller one, so every run of a comparison sees the same points. New arrays, owned by the caller.
 */
export function sampleBatch(
  key: Key,
  tasks: readonly SinusoidTask[],
  settings: PointSettings,
): SinusoidBatch {
  const support = createPoints(settings.supportSets * tasks.length * settings.supportSize);
  const query = createPoints(tasks.length * settings.querySize);
  const job = { key, tasks, settings, support, query, drawsX: true };
  for (let slot = 0; slot < tasks.length; slot++) fillSlot(job, slot);
  return createBatch(tasks, settings, support, query);
}

/**
 * sampleBatch(key, tasks, settings) out of `drawn`: a batch of the same key and settings, but for x alone as inputs,
 * at least as many support sets, and other tasks in the last `replaced` slots. Memory is shared where nothing differs:
 * drawing takes long, and all runs of a comparison see the same points.
 */
export function resampleBatch(
  drawn: SinusoidBatch,
  key: Key,
  { tasks, replaced }: { readonly tasks: readonly SinusoidTask[]; readonly replaced: number },
  settings: PointSettings,
): SinusoidBatch {
  const count = settings.supportSets * tasks.length * settings.supportSize;
  const yOf = (values: Float32Array) => (replaced > 0 ? values.slice() : values);
  const support = { x: drawn.supportX.subarray(0, count), y: yOf(drawn.supportY.subarray(0, count)) };
  const query = { x: drawn.queryX, y: yOf(drawn.queryY) };
  const job = { key, tasks, settings, support, query, drawsX: false };
  for (let slot = tasks.length - replaced; slot < tasks.length; slot++) fillSlot(job, slot);
  return createBatch(tasks, settings, support, query);
}

/** x and y of the support points [S, M, K] or the query points [M, Q]. */
interface Points {
  readonly x: Float32Array;
  readonly y: Float32Array;
}

function createPoints(count: number): Points {
  return { x: new Float32Array(count), y: new Float32Array(count) };
}

/** What fillSlot fills, and with what. */
interface FillJob {
  readonly key: Key;
  readonly tasks: readonly SinusoidTask[];
  readonly settings: PointSettings;
  readonly support: Points;
  readonly query: Points;
  /** Otherwise x are there already. */
  readonly drawsX: boolean;
}

function fillSlot(job: FillJob, slot: number): void {
  const { tasks, support, query } = job;
  const { supportSets, supportSize, querySize } = job.settings;
  const taskKey = foldIn(job.key, slot);
  for (let set = 0; set < supportSets; set++) {
    const at = (set * tasks.length + slot) * supportSize;
    fillPoints(job, foldIn(taskKey, set), tasks[slot]!, {
      values: support.x,
      y: support.y,
      at,
      count: supportSize,
    });
  }
  const at = slot * querySize;
  fillPoints(job, foldIn(taskKey, QUERY_STREAM), tasks[slot]!, {
    values: query.x,
    y: query.y,
    at,
    count: querySize,
  });
}

/** Some points of one task; `values` are its x. */
function fillPoints(
  { settings, drawsX }: FillJob,
  key: Key,
  task: SinusoidTask,
  points: Slots & { readonly y: Float32Array },
): void {
  const { values: x, y, at, count } = points;
  if (drawsX) fillUniform(key, points, settings.xMin, settings.xMax);
  for (let i = at; i < at + count; i++) y[i] = evaluateSinusoid(task, x[i]!);
  if (settings.noise === 0) return;
  const noise = normal(foldIn(key, NOISE_STREAM), count);
  for (let i = 0; i < count; i++) {
    y[at + i] = evaluateSinusoid(task, x[at + i]!) + settings.noise * noise[i]!;
  }
}

function createBatch(
  tasks: readonly SinusoidTask[],
  { inputs, supportSets, supportSize, querySize }: PointSettings,
  support: Points,
  query: Points,
): SinusoidBatch {
  const inputsFrom = inputs === 'task' ? withTask : (x: Float32Array) => x;
  return {
    taskCount: tasks.length,
    inputSize: inputSizeOf(inputs),
    outputSize: 1,
    supportSets,
    supportSize,
    querySize,
    supportX: inputsFrom(support.x, tasks, supportSize),
    supportY: support.y,
    queryX: inputsFrom(query.x, tasks, querySize),
    queryY: query.y,
  };
}

/** The oracle's [x, A, φ] for every point of x [.., M, size]. */
function withTask(x: Float32Array, tasks: readonly SinusoidTask[], size: number): Float32Array {
  const inputs = new Float32Array(3 * x.length);
  for (let at = 0; at < x.length; at++) {
    const task = tasks[Math.floor(at / size) % tasks.length]!;
    inputs[3 * at] = x[at]!;
    inputs[3 * at + 1] = task.amplitude;
    inputs[3 * at + 2] = task.phase;
  }
  return inputs;
}
