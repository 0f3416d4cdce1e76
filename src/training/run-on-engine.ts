// Many meta-iterations of one run in a single call of the engine: the request, and what its result means for the run.
import { createTrainingRequest } from '../algorithms/training-requests.ts';
import type { TrainingRequest, TrainingResult } from '../gradients/training-request.ts';
import type { BurstJob } from './burst.ts';
import { streamKeys } from './draws.ts';
import { isAllFinite, LOSS_LIMIT, type Run, summariseAlpha } from './run.ts';
import type { IterationMetrics } from './session-events.ts';

/**
 * Up to job.count meta-iterations of `run`, which is changed in place, as rows of metrics; fewer when the next one
 * would diverge. null, and the run as it was: the engine cannot, or did not notice that the run diverged.
 */
export async function trainOnEngine(run: Run, job: BurstJob): Promise<IterationMetrics[] | null> {
  const { experiment, engine, iteration, clock } = job;
  const costed = createTrainingRequest(experiment, run.algorithm, {
    ...streamKeys(experiment),
    state: run.state,
    iteration,
    iterations: job.count,
    lossLimit: LOSS_LIMIT,
  });
  if (costed === null || engine.train === undefined) return null;
  const startedAt = clock();
  const result = await engine.train(costed.request);
  const seconds = (clock() - startedAt) / 1000;
  const { state, completed } = result;
  // Losses tell of θ before its update: the last update may have been one too many.
  if (!isAllFinite(state.metaParams) || !isAllFinite(state.alpha.values)) return null;
  const before = { evaluations: run.gradientEvaluations, seconds: run.seconds };
  const rows = Array.from({ length: completed }, (_, i): IterationMetrics => {
    const share = (i + 1) / completed;
    return {
      algorithm: run.algorithm,
      iteration: iteration + i + 1,
      gradientEvaluations: before.evaluations + (i + 1) * costed.gradientEvaluations,
      seconds: before.seconds + share * seconds,
      ...rowOf(costed.request, result, i),
    };
  });
  run.state = state;
  run.iteration = iteration + completed;
  run.gradientEvaluations += completed * costed.gradientEvaluations;
  run.seconds += seconds;
  return rows;
}

function rowOf({ state, replay }: TrainingRequest, result: TrainingResult, i: number) {
  const { queryLosses, supportLosses, alphaSummaries } = result;
  const [mean, min, max] = alphaSummaries.subarray(3 * i, 3 * i + 3);
  const constant = summariseAlpha(state.alpha.values);
  return {
    queryLoss: queryLosses[i]!,
    supportLoss: supportLosses[i]!,
    replayedTasks: replay?.counts[i] ?? 0,
    alphaMean: mean ?? constant.mean,
    alphaMin: min ?? constant.min,
    alphaMax: max ?? constant.max,
  };
}
