// Sinusoid regression ([MAML] §5.1): y = A sin(x − φ) + noise. Draws tasks and their points as plain arrays.
// Not here: what a batch is used for. Every draw depends on (key, slot) only, never on what was drawn before.
import type { SinusoidExperiment } from '../experiment/experiment.ts';
import type { Key } from '../math/rng.ts';
import { foldIn, normal, uniform } from '../math/rng.ts';
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
  for (let slot = 0; slot < count; slot++) {
    const draw = uniform(foldIn(key, slot), 3, 0, 1);
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

/** The noiseless curve A sin(x − φ). */
export function evaluateSinusoid(task: SinusoidTask, x: number): number {
  return task.amplitude * Math.sin(x - task.phase);
}

/** Width of the model's input for `inputs`. */
export function inputSizeOf(inputs: PointSettings['inputs']): number {
  return inputs === 'task' ? 3 : 1;
}

/**
 * Draws support and query points for `tasks`. The points of slot i depend on (key, i) only, and a larger K
 * extends a smaller one, so every run of a comparison sees the same points. New arrays, owned by the caller.
 */
export function sampleBatch(key: Key, tasks: readonly SinusoidTask[], settings: PointSettings): TaskBatch {
  const { supportSets, supportSize, querySize } = settings;
  const taskCount = tasks.length;
  const inputSize = inputSizeOf(settings.inputs);
  const supportX = new Float32Array(supportSets * taskCount * supportSize * inputSize);
  const supportY = new Float32Array(supportSets * taskCount * supportSize);
  const queryX = new Float32Array(taskCount * querySize * inputSize);
  const queryY = new Float32Array(taskCount * querySize);
  tasks.forEach((task, slot) => {
    const taskKey = foldIn(key, slot);
    for (let set = 0; set < supportSets; set++) {
      const target = { x: supportX, y: supportY, at: (set * taskCount + slot) * supportSize };
      drawPoints(foldIn(taskKey, set), task, supportSize, settings, target);
    }
    const target = { x: queryX, y: queryY, at: slot * querySize };
    drawPoints(foldIn(taskKey, QUERY_STREAM), task, querySize, settings, target);
  });
  return {
    taskCount,
    inputSize,
    outputSize: 1,
    supportSets,
    supportSize,
    querySize,
    supportX,
    supportY,
    queryX,
    queryY,
  };
}

/** Where drawPoints writes: point `at` is the first. */
interface PointTarget {
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly at: number;
}

function drawPoints(
  key: Key,
  task: SinusoidTask,
  count: number,
  settings: PointSettings,
  target: PointTarget,
): void {
  const inputSize = inputSizeOf(settings.inputs);
  const xs = uniform(key, count, settings.xMin, settings.xMax);
  const noise = settings.noise > 0 ? normal(foldIn(key, NOISE_STREAM), count) : null;
  for (let i = 0; i < count; i++) {
    const x = xs[i]!;
    const at = target.at + i;
    target.x[at * inputSize] = x;
    if (settings.inputs === 'task') {
      target.x[at * inputSize + 1] = task.amplitude;
      target.x[at * inputSize + 2] = task.phase;
    }
    target.y[at] = evaluateSinusoid(task, x) + (noise === null ? 0 : settings.noise * noise[i]!);
  }
}
