// Many meta-iterations in one call: tasks and points are drawn, and θ and Adam's moments moved, in the kernels' memory.
// To the last bit what algorithms/ computes one by one; what is rare (noise on y, the buffer, α) is done here.
import { integerPower } from '../../math/elementary.ts';
import { foldIn } from '../../math/rng.ts';
import { mean } from '../../math/statistics.ts';
import { ADAM, type OptimizerState } from '../../models/optimizer-state.ts';
import { fillBuffer, selectReplayed } from '../../tasks/replayed-tasks.ts';
import type { ScoredTask } from '../../tasks/scored-task.ts';
import { inputSizeOf, sampleBatch } from '../../tasks/sinusoid.ts';
import type { SinusoidTask } from '../../tasks/sinusoid-task.ts';
import { assertTraining } from '../assert-training.ts';
import type { TrainingRequest, TrainingResult, TrainingState } from '../training-request.ts';
import {
  RANGE_AMPLITUDE_MAX,
  RANGE_AMPLITUDE_MIN,
  RANGE_BYTES,
  RANGE_PHASE_MAX,
  RANGE_PHASE_MIN,
  TASK_AMPLITUDE,
  TASK_BYTES,
  TASK_IS_NOISE,
  TASK_PHASE,
} from './assembly/fields.ts';
import type { Kernels } from './kernels.ts';
import {
  type RequestMemory,
  readAlphaGradient,
  readParams,
  sumOverTasks,
  takeMean,
  writeAlpha,
  writeParams,
  writeTasks,
} from './request-memory.ts';

/** What changes while training; θ and the moments are in the kernels' memory. */
interface Training {
  readonly kernels: Kernels;
  readonly memory: RequestMemory;
  readonly view: DataView;
  readonly request: TrainingRequest;
  alpha: TrainingState['alpha'];
  buffer: readonly ScoredTask[];
}

/** See MetaGradientEngine.train. `memory` is laid out for one meta-iteration. */
export function train(kernels: Kernels, memory: RequestMemory, request: TrainingRequest): TrainingResult {
  assertTraining(request);
  const { alpha, buffer } = request.state;
  const view = new DataView(kernels.memory.buffer);
  const training: Training = { kernels, memory, view, request, alpha, buffer };
  writeState(training);
  const queryLosses: number[] = [];
  const supportLosses: number[] = [];
  const alphaSummaries: number[] = [];
  for (let i = 0; i < request.iterations; i++) {
    const queryLoss = iterate(training, i);
    if (!(queryLoss <= request.lossLimit)) break;
    queryLosses.push(queryLoss);
    supportLosses.push(mean(lossesAt(memory, memory.arena.supportLosses)));
    if (request.alphaUpdate !== null) alphaSummaries.push(...summarise(training.alpha.values));
  }
  return {
    completed: queryLosses.length,
    state: readState(training, queryLosses.length),
    queryLosses: Float64Array.from(queryLosses),
    supportLosses: Float64Array.from(supportLosses),
    alphaSummaries: Float64Array.from(alphaSummaries),
  };
}

/** One meta-iteration, applied unless its mean query loss, which is returned, is beyond the limit. */
function iterate(training: Training, i: number): number {
  const { kernels, memory, request } = training;
  const { arena } = memory;
  const { kind, alphaUpdate, lossLimit, replay } = request;
  const replayed = drawBatch(training, i);
  sumOverTasks(kernels, memory, { kind, wantAlphaGradient: alphaUpdate !== null });
  const queryLosses = lossesAt(memory, arena.queryLosses);
  const queryLoss = mean(queryLosses);
  if (!(queryLoss <= lossLimit)) return queryLoss;
  takeMean(kernels, memory, arena.total);
  updateParams(training, i);
  if (alphaUpdate !== null) updateAlpha(training, alphaUpdate);
  if (replay !== null) training.buffer = fillBuffer(readTasks(training), queryLosses, replayed);
  return queryLoss;
}

/** Tasks and points of the request's i-th iteration; returns how many tasks were replayed. */
function drawBatch(training: Training, i: number): number {
  const { kernels, memory, request, buffer } = training;
  const { arena } = memory;
  const { stream, replay, iteration } = request;
  const { distribution, metaBatchSize, points } = stream;
  const [task0, task1] = foldIn(stream.taskKey, iteration + i);
  kernels.drawTasks(arena.tasks, metaBatchSize, task0, task1, arena.ranges, distribution.noiseTaskShare);
  const replayed = replay ? selectReplayed(buffer, replay.strategy, replay.counts[i]!) : [];
  for (const [at, task] of replayed.entries()) {
    writeTask(training, metaBatchSize - replayed.length + at, task);
  }
  const pointsKey = foldIn(stream.pointsKey, iteration + i);
  if (points.noise === 0) {
    const low = Math.fround(points.xMin);
    const width = Math.fround(Math.fround(points.xMax) - low);
    kernels.drawPoints(arena.job, arena.tasks, ...pointsKey, inputSizeOf(points.inputs), low, width);
  } else {
    writeTasks(memory, sampleBatch(pointsKey, readTasks(training), points));
  }
  return replayed.length;
}

/** θ from the mean meta-gradient; see algorithms/optimizers.ts. */
function updateParams({ kernels, memory, request }: Training, i: number): void {
  const { path, total, paramBytes, firstMoment, secondMoment } = memory.arena;
  const { outer, state } = request;
  if (outer.kind === 'steps') {
    kernels.descendBy(path, total, 1, outer.stepSizes[i]!, paramBytes);
    return;
  }
  const { gradientScale, learningRate } = outer;
  if (state.optimizer.kind === 'sgd') {
    kernels.descendBy(path, total, gradientScale, learningRate, paramBytes);
    return;
  }
  const { beta1, beta2, epsilon } = ADAM;
  const count = state.optimizer.count + i + 1;
  const rate = learningRate / (1 - integerPower(beta1, count));
  const rootScale = 1 / Math.sqrt(1 - integerPower(beta2, count));
  const constants = [beta1, beta2, epsilon, rate, rootScale] as const;
  kernels.adam(path, total, firstMoment, secondMoment, gradientScale, ...constants, paramBytes);
}

function updateAlpha(
  training: Training,
  { learningRate, min, max }: NonNullable<TrainingRequest['alphaUpdate']>,
): void {
  const { kernels, memory, alpha } = training;
  const gradient = readAlphaGradient(kernels, memory, alpha.mode);
  const values = new Float32Array(alpha.values.length);
  for (let at = 0; at < values.length; at++) {
    const next = alpha.values[at]! - learningRate * gradient[at]!;
    values[at] = Math.min(max, Math.max(min, next));
  }
  training.alpha = { mode: alpha.mode, values };
  writeAlpha(kernels, memory, training.alpha);
}

/** θ, α, Adam's moments and the ranges of tasks. */
function writeState({ kernels, memory, view, request }: Training): void {
  const { arena } = memory;
  const { metaParams, alpha, optimizer } = request.state;
  const { main, noise } = request.stream.distribution;
  clearState(memory);
  writeParams(kernels, memory, metaParams, arena.path);
  writeAlpha(kernels, memory, alpha);
  if (optimizer.kind === 'adam') {
    writeParams(kernels, memory, optimizer.firstMoment, arena.firstMoment);
    writeParams(kernels, memory, optimizer.secondMoment, arena.secondMoment);
  }
  for (const [at, range] of [main, noise].entries()) {
    const record = arena.ranges + at * RANGE_BYTES;
    view.setFloat64(record + RANGE_AMPLITUDE_MIN, range.amplitudeMin, true);
    view.setFloat64(record + RANGE_AMPLITUDE_MAX, range.amplitudeMax, true);
    view.setFloat64(record + RANGE_PHASE_MIN, range.phaseMin, true);
    view.setFloat64(record + RANGE_PHASE_MAX, range.phaseMax, true);
  }
}

/** The state after so many iterations, in arrays of its own. */
function readState({ kernels, memory, request, alpha, buffer }: Training, completed: number): TrainingState {
  const { path, firstMoment, secondMoment } = memory.arena;
  const before = request.state.optimizer;
  const optimizer: OptimizerState =
    before.kind === 'sgd' || request.outer.kind === 'steps'
      ? before
      : {
          kind: 'adam',
          count: before.count + completed,
          firstMoment: readParams(kernels, memory, firstMoment),
          secondMoment: readParams(kernels, memory, secondMoment),
        };
  const metaParams = readParams(kernels, memory, path);
  clearState(memory);
  return { metaParams, optimizer, alpha, buffer: request.replay === null ? [] : buffer };
}

/** Padding must be 0 for the next request, which a diverged one may have left otherwise. */
function clearState({ arena, floats }: RequestMemory): void {
  for (const at of [arena.path, arena.firstMoment, arena.secondMoment]) {
    floats.fill(0, at / 4, (at + arena.paramBytes) / 4);
  }
}

function lossesAt({ arena, floats }: RequestMemory, at: number): Float32Array {
  return floats.subarray(at / 4, at / 4 + arena.sizes.taskCount);
}

function readTasks({ memory, view }: Training): SinusoidTask[] {
  const { tasks, sizes } = memory.arena;
  return Array.from({ length: sizes.taskCount }, (_, slot) => {
    const at = tasks + slot * TASK_BYTES;
    return {
      amplitude: view.getFloat64(at + TASK_AMPLITUDE, true),
      phase: view.getFloat64(at + TASK_PHASE, true),
      isNoise: view.getFloat64(at + TASK_IS_NOISE, true) !== 0,
    };
  });
}

function writeTask({ memory, view }: Training, slot: number, task: SinusoidTask): void {
  const at = memory.arena.tasks + slot * TASK_BYTES;
  view.setFloat64(at + TASK_AMPLITUDE, task.amplitude, true);
  view.setFloat64(at + TASK_PHASE, task.phase, true);
  view.setFloat64(at + TASK_IS_NOISE, task.isNoise ? 1 : 0, true);
}

/** [mean, min, max] */
function summarise(values: Float32Array): [number, number, number] {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return [mean(values), least, most];
}
