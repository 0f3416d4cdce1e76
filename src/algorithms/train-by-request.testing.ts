// Test double: `train` for an engine that has only metaGradient. Does what a TrainingRequest says, one iteration after
// the other and from the request alone, so that it shows whether the request says everything. For tests only.
import type { MetaGradientEngine } from '../gradients/meta-gradient.ts';
import type { TrainingRequest, TrainingResult, TrainingState } from '../gradients/training-request.ts';
import { foldIn } from '../math/rng.ts';
import { mean } from '../math/statistics.ts';
import { fillBuffer, selectReplayed } from '../tasks/replayed-tasks.ts';
import { sampleBatch, sampleTasks } from '../tasks/sinusoid.ts';
import { applyOptimizer, descend } from './optimizers.ts';

/** `engine` with a `train`, and the number of iterations that it was asked for in each call. */
export function withTrain(engine: MetaGradientEngine): MetaGradientEngine & { readonly asked: number[] } {
  const asked: number[] = [];
  return {
    ...engine,
    asked,
    train(request) {
      asked.push(request.iterations);
      return trainByRequest(engine, request);
    },
  };
}

async function trainByRequest(engine: MetaGradientEngine, request: TrainingRequest): Promise<TrainingResult> {
  const losses = { query: [] as number[], support: [] as number[], alpha: [] as number[] };
  let { state } = request;
  for (let i = 0; i < request.iterations; i++) {
    const next = await iterate(engine, { ...request, state }, i);
    if (!(next.queryLoss <= request.lossLimit)) break;
    state = next.state;
    losses.query.push(next.queryLoss);
    losses.support.push(next.supportLoss);
    const { values } = state.alpha;
    if (request.alphaUpdate) losses.alpha.push(mean(values), Math.min(...values), Math.max(...values));
  }
  return {
    completed: losses.query.length,
    state,
    queryLosses: Float64Array.from(losses.query),
    supportLosses: Float64Array.from(losses.support),
    alphaSummaries: Float64Array.from(losses.alpha),
  };
}

async function iterate(engine: MetaGradientEngine, request: TrainingRequest, i: number) {
  const { stream, state, replay, alphaUpdate, outer, shape, kind, innerSteps } = request;
  const t = request.iteration + i;
  const count = replay?.counts[i] ?? 0;
  const fresh = sampleTasks(foldIn(stream.taskKey, t), stream.distribution, stream.metaBatchSize);
  const replayed = replay ? selectReplayed(state.buffer, replay.strategy, count) : [];
  const tasks = [...fresh.slice(0, fresh.length - replayed.length), ...replayed];
  const points = sampleBatch(foldIn(stream.pointsKey, t), tasks, stream.points);
  const { metaParams, alpha } = state;
  const wanted = { wantAlphaGradient: alphaUpdate !== null };
  const result = await engine.metaGradient({
    shape,
    kind,
    innerSteps,
    metaParams,
    alpha,
    tasks: points,
    ...wanted,
  });
  const rates = alpha.values.map((value, at) => {
    const moved = value - (alphaUpdate?.learningRate ?? 0) * (result.alphaGradient?.[at] ?? 0);
    return alphaUpdate ? Math.min(alphaUpdate.max, Math.max(alphaUpdate.min, moved)) : value;
  });
  const next: TrainingState = {
    ...updated(state, outer, result.metaGradient, i),
    alpha: { mode: alpha.mode, values: rates },
    buffer: replay ? fillBuffer(tasks, result.queryLosses, replayed.length) : [],
  };
  return { state: next, queryLoss: mean(result.queryLosses), supportLoss: mean(result.supportLosses) };
}

function updated(
  { metaParams, optimizer }: TrainingState,
  outer: TrainingRequest['outer'],
  gradient: Float32Array | Float64Array,
  i: number,
): Pick<TrainingState, 'metaParams' | 'optimizer'> {
  if (outer.kind === 'steps') {
    return { metaParams: descend(metaParams, gradient, outer.stepSizes[i]!), optimizer };
  }
  const scaled = gradient.map((value) => value * outer.gradientScale);
  const { params, state } = applyOptimizer(optimizer, metaParams, scaled, outer.learningRate);
  return { metaParams: params, optimizer: state };
}
