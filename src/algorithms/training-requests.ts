// Many meta-iterations of an algorithm as one request to an engine that can run them by itself: what step() of each
// algorithm does, said as data. The algorithms' own files remain what is true; training-requests.test.ts compares.
import type { AlgorithmId, SinusoidExperiment } from '../experiment/experiment.ts';
import type { OuterUpdate, TrainingRequest } from '../gradients/training-request.ts';
import type { Key } from '../math/rng.ts';
import { trainingDistribution } from '../tasks/sinusoid.ts';
import { usesAdaptiveAlpha } from './adaptive-alpha.ts';
import type { RunState } from './algorithm.ts';
import { pointSettings } from './meta-iteration.ts';
import { reptileStepSizeAt } from './reptile.ts';
import { inputsOf, shapeFor } from './run-shape.ts';
import { replayedTaskCount, usesTaskBuffer } from './task-buffer.ts';

/** Which meta-iterations, from which state on. */
export interface RequestSpan {
  readonly state: RunState;
  /** t of the first, from 0. */
  readonly iteration: number;
  readonly iterations: number;
  /** See TaskStream. */
  readonly taskKey: Key;
  readonly pointsKey: Key;
  readonly lossLimit: number;
}

export interface CostedRequest {
  readonly request: TrainingRequest;
  /** Per task and meta-iteration, as in StepResult. */
  readonly gradientEvaluations: number;
}

/** The request; null for an algorithm that does not train. */
export function createTrainingRequest(
  experiment: SinusoidExperiment,
  algorithm: AlgorithmId,
  span: RequestSpan,
): CostedRequest | null {
  const method = methodOf(experiment, algorithm);
  if (method === null) return null;
  const { kind, innerSteps, gradientEvaluations } = method;
  const { state, iteration, iterations, lossLimit } = span;
  const { alphaLearningRate, alphaMin, alphaMax } = experiment;
  const learnsAlpha = method.adapts && usesAdaptiveAlpha(experiment, algorithm);
  const request: TrainingRequest = {
    kind,
    shape: shapeFor(experiment, algorithm),
    innerSteps,
    stream: {
      taskKey: span.taskKey,
      pointsKey: span.pointsKey,
      distribution: trainingDistribution(experiment),
      points: {
        ...pointSettings(experiment, algorithm === 'reptile' ? innerSteps : 1),
        inputs: inputsOf(algorithm),
      },
      metaBatchSize: experiment.metaBatchSize,
    },
    outer: outerUpdate(experiment, algorithm, span),
    alphaUpdate: learnsAlpha ? { learningRate: alphaLearningRate, min: alphaMin, max: alphaMax } : null,
    replay: usesTaskBuffer(experiment, algorithm)
      ? { strategy: experiment.strategy, counts: replayCounts(experiment, span) }
      : null,
    state,
    iteration,
    iterations,
    lossLimit,
  };
  return { request, gradientEvaluations };
}

/** What the algorithm asks of the engine in each meta-iteration; null: it does not train. */
function methodOf({ innerSteps, reptileInnerSteps }: SinusoidExperiment, algorithm: AlgorithmId) {
  switch (algorithm) {
    case 'maml':
    case 'rmaml':
      return { kind: 'second', innerSteps, adapts: true, gradientEvaluations: 3 * innerSteps + 1 } as const;
    case 'fomaml':
      return { kind: 'first', innerSteps, adapts: true, gradientEvaluations: innerSteps + 1 } as const;
    case 'reptile': {
      const steps = reptileInnerSteps;
      return { kind: 'reptile', innerSteps: steps, adapts: true, gradientEvaluations: steps } as const;
    }
    case 'pretrained':
    case 'oracle':
      return { kind: 'first', innerSteps: 0, adapts: false, gradientEvaluations: 1 } as const;
    case 'random':
      return null;
  }
}

function outerUpdate(
  experiment: SinusoidExperiment,
  algorithm: AlgorithmId,
  { iteration, iterations }: RequestSpan,
): OuterUpdate {
  if (algorithm === 'reptile') {
    const stepSizes = Array.from({ length: iterations }, (_, i) =>
      reptileStepSizeAt(experiment, iteration + i),
    );
    return { kind: 'steps', stepSizes };
  }
  const gradientScale = experiment.metaLoss === 'sum' ? experiment.metaBatchSize : 1;
  return { kind: 'optimizer', gradientScale, learningRate: experiment.metaLearningRate };
}

/** L of each iteration: after the first there are M entries to choose from. */
function replayCounts(experiment: SinusoidExperiment, { state, iteration, iterations }: RequestSpan) {
  return Array.from({ length: iterations }, (_, i) => {
    const entries = i === 0 ? state.buffer.length : experiment.metaBatchSize;
    return Math.min(replayedTaskCount(experiment, iteration + i), entries);
  });
}
