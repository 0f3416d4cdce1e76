// What an engine must hold to run an experiment: upper bounds over all requests that a session of it makes, training
// and evaluation alike.
import { inputsOf, shapeFor } from '../algorithms/run-shape.ts';
import type { SinusoidExperiment } from '../experiment/experiment.ts';
import type { EngineId, EngineLimits } from '../gradients/meta-gradient.ts';
import { inputSizeOf } from '../tasks/sinusoid.ts';
import { CURVE_STEPS, curveSupportSizes, SLICE_TASKS, TEST_QUERY_SIZE } from './evaluation.ts';

/** The bounds that MetaGradientEngine.unsupported judges; the largest network is the oracle's, which sees the task. */
export function engineLimits(experiment: SinusoidExperiment): EngineLimits {
  const { algorithms, innerSteps, reptileInnerSteps, metaBatchSize, supportSize, querySize } = experiment;
  const inputSize = (id: SinusoidExperiment['algorithms'][number]) => inputSizeOf(inputsOf(id));
  const widest = algorithms.reduce((most, id) => (inputSize(id) > inputSize(most) ? id : most));
  const steps = algorithms.map((id) => (id === 'reptile' ? reptileInnerSteps : innerSteps));
  return {
    shape: shapeFor(experiment, widest),
    innerSteps: Math.max(...steps, experiment.testInnerSteps, CURVE_STEPS),
    taskCount: Math.max(metaBatchSize, SLICE_TASKS),
    points: Math.max(supportSize, querySize, TEST_QUERY_SIZE, ...curveSupportSizes(experiment)),
  };
}

/** Who takes over what a fused engine cannot hold: the same by autodiff on the same device. */
export const COMPOSED_SIBLINGS: Partial<Readonly<Record<EngineId, EngineId>>> = {
  'fused-wasm': 'composed-wasm',
  'fused-webgpu': 'composed-webgpu',
};
