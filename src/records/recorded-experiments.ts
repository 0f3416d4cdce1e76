// What the experiments whose runs are kept have to do with a record: which labs there are, how long θ and α are, and
// which metrics a run has. The Reaching lab keeps none: it draws a hundred seeds at once.
import { shapeFor } from '../algorithms/run-shape.ts';
import type { AlgorithmId, AlphaMode, Experiment, SinusoidExperiment } from '../experiment/experiment.ts';
import { alphaCount, policyParameterCount } from '../models/gaussian-policy.ts';
import { layerRanges, parameterCount } from '../models/mlp-shape.ts';
import { policyShapeFor } from '../training/policy-domain.ts';
import { POLICY_METRIC_COLUMNS, type TrainablePolicyExperiment } from '../training/policy-session-events.ts';
import { METRIC_COLUMNS } from '../training/session-events.ts';

/** An experiment whose runs are kept. */
export type RecordedExperiment = SinusoidExperiment | TrainablePolicyExperiment;

/** Whether runs of this experiment are kept. */
export function isRecorded(experiment: Experiment): experiment is RecordedExperiment {
  return experiment.lab !== 'reaching';
}

/** How many values α has in each mode; 'parameter' is also θ's length. */
export type ParameterCounts = Readonly<Record<AlphaMode, number>>;

/** The lengths of θ and α of one algorithm's network. */
export function parameterCounts(experiment: RecordedExperiment, algorithm: AlgorithmId): ParameterCounts {
  if (experiment.lab === 'sinusoid') {
    const shape = shapeFor(experiment, algorithm);
    return { scalar: 1, layer: layerRanges(shape).length, parameter: parameterCount(shape) };
  }
  const shape = policyShapeFor(experiment, algorithm);
  return { scalar: 1, layer: alphaCount(shape, 'layer'), parameter: policyParameterCount(shape) };
}

/** The names of a run's metrics, 'iteration' first. */
export function metricNames({ lab }: RecordedExperiment): readonly string[] {
  return lab === 'sinusoid' ? METRIC_COLUMNS : POLICY_METRIC_COLUMNS;
}
