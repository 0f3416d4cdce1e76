// What train() carries on the GPU from iteration to iteration, in one buffer: θ, α, the moments, a control quad, the
// task buffer twice (iterations read one half and write the other) and the metrics. Packed and unpacked here.
import type { OptimizerState } from '../../models/optimizer-state.ts';
import type { ScoredTask } from '../../tasks/scored-task.ts';
import type { TrainingRequest, TrainingResult, TrainingState } from '../training-request.ts';
import { packAlpha, packParams, type QuadLayout, unpackAlpha, unpackParams } from './quad-layout.ts';

/** First quads of the regions. */
export interface StateRegions {
  readonly metaParams: number;
  readonly alpha: number;
  readonly moments: number;
  readonly control: number;
  readonly tasks: number;
  /** Tasks that each half of the task buffer holds; their scores follow in as many quads. */
  readonly bufferQuads: number;
  readonly metrics: number;
  readonly quads: number;
}

export function stateRegions(layout: QuadLayout, request: TrainingRequest): StateRegions {
  const { stream, state, iterations } = request;
  const bufferQuads = Math.max(stream.metaBatchSize, state.buffer.length);
  const control = 4 * layout.size;
  const tasks = control + 1;
  const metrics = tasks + 4 * bufferQuads;
  return {
    metaParams: 0,
    alpha: layout.size,
    moments: 2 * layout.size,
    control,
    tasks,
    bufferQuads,
    metrics,
    quads: metrics + 2 * iterations,
  };
}

export function packTrainingState(
  layout: QuadLayout,
  regions: StateRegions,
  state: TrainingState,
): Float32Array<ArrayBuffer> {
  const packed = new Float32Array(4 * regions.quads);
  packParams(layout, state.metaParams, packed, 4 * regions.metaParams);
  packAlpha(layout, state.alpha, packed, 4 * regions.alpha);
  if (state.optimizer.kind === 'adam') {
    packParams(layout, state.optimizer.firstMoment, packed, 4 * regions.moments);
    packParams(layout, state.optimizer.secondMoment, packed, 4 * (regions.moments + layout.size));
  }
  state.buffer.forEach(({ task, score }, slot) => {
    const at = 4 * (regions.tasks + slot);
    packed.set([task.amplitude, task.phase, task.isNoise ? 1 : 0, 0], at);
    packed[at + 4 * regions.bufferQuads] = score;
  });
  return packed;
}

/** The result of a request from what its last iteration left. */
export function unpackTraining(
  layout: QuadLayout,
  regions: StateRegions,
  request: TrainingRequest,
  values: Float32Array,
): TrainingResult {
  const metric = (iteration: number, entry: number) => values[4 * (regions.metrics + 2 * iteration) + entry]!;
  let completed = 0;
  while (completed < request.iterations && metric(completed, 2) !== 0) completed++;
  const series = (entry: number) => Float32Array.from({ length: completed }, (_, i) => metric(i, entry));
  const alphaSummaries = new Float32Array(request.alphaUpdate ? 3 * completed : 0);
  for (let i = 0; i < alphaSummaries.length; i++) {
    alphaSummaries[i] = metric(Math.floor(i / 3), 4 + (i % 3));
  }
  return {
    completed,
    state: completed === 0 ? request.state : unpackState(layout, regions, { request, values, completed }),
    queryLosses: series(0),
    supportLosses: series(1),
    alphaSummaries,
  };
}

interface Packed {
  readonly request: TrainingRequest;
  readonly values: Float32Array;
  /** At least 1. */
  readonly completed: number;
}

function unpackState(layout: QuadLayout, regions: StateRegions, packed: Packed): TrainingState {
  const { request, values } = packed;
  const { alpha, metaParams } = request.state;
  const vector = (at: number) => {
    const flat = new Float32Array(metaParams.length);
    unpackParams(layout, values, 4 * at, flat);
    return flat;
  };
  return {
    metaParams: vector(regions.metaParams),
    optimizer: unpackOptimizer(layout, regions, packed, vector),
    alpha: { mode: alpha.mode, values: unpackAlpha(layout, alpha, values, 4 * regions.alpha) },
    buffer: request.replay === null ? [] : unpackBuffer(regions, packed),
  };
}

function unpackOptimizer(
  layout: QuadLayout,
  regions: StateRegions,
  { request, completed }: Packed,
  vector: (at: number) => Float32Array,
): OptimizerState {
  const { optimizer } = request.state;
  if (optimizer.kind === 'sgd' || request.outer.kind === 'steps') return optimizer;
  return {
    kind: 'adam',
    count: optimizer.count + completed,
    firstMoment: vector(regions.moments),
    secondMoment: vector(regions.moments + layout.size),
  };
}

function unpackBuffer(
  { tasks, bufferQuads }: StateRegions,
  { request, values, completed }: Packed,
): ScoredTask[] {
  const half = tasks + (completed % 2) * 2 * bufferQuads;
  return Array.from({ length: request.stream.metaBatchSize }, (_, slot) => {
    const at = 4 * (half + slot);
    const task = { amplitude: values[at]!, phase: values[at + 1]!, isNoise: values[at + 2] !== 0 };
    return { task, score: values[at + 4 * bufferQuads]!, replayed: values[at + 3] !== 0 };
  });
}
