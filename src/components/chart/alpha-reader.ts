// What the chart of the inner learning rate shows, read from any training lab's experiment and run data.
import { usesAdaptiveAlpha } from '../../algorithms/adaptive-alpha.ts';
import { type AlphaChartData, type AlphaSample, alphaSeries } from '../../charts/alpha-chart.ts';
import type { ComparisonExperiment } from '../../experiment/comparison-experiment.ts';
import type { AlgorithmId } from '../../experiment/experiment.ts';

/** One run's α in a checkpoint or snapshot. */
interface KeptAlpha {
  readonly values: ArrayLike<number>;
}

/** As much of a lab's run data as is read. */
interface AlphaSource {
  metrics(algorithm: AlgorithmId): Parameters<typeof alphaSeries>[2]['metrics'];
  readonly checkpoints: readonly {
    readonly iteration: number;
    readonly runs: readonly {
      readonly algorithm: AlgorithmId;
      readonly state: { readonly alpha: KeptAlpha };
    }[];
  }[];
  readonly snapshot: {
    readonly runs: readonly {
      readonly algorithm: AlgorithmId;
      readonly iteration: number;
      readonly alpha: KeptAlpha;
    }[];
  } | null;
}

/** α as kept in the checkpoints, then as in the newest snapshot. */
function samplesOf(data: AlphaSource, algorithm: AlgorithmId): AlphaSample[] {
  const samples: AlphaSample[] = data.checkpoints.flatMap((checkpoint) => {
    const run = checkpoint.runs.find((one) => one.algorithm === algorithm);
    return run === undefined ? [] : [{ iteration: checkpoint.iteration, values: run.state.alpha.values }];
  });
  const newest = data.snapshot?.runs.find((one) => one.algorithm === algorithm);
  if (newest !== undefined && newest.iteration > (samples.at(-1)?.iteration ?? -1)) {
    samples.push({ iteration: newest.iteration, values: newest.alpha.values });
  }
  return samples;
}

/** Runs that take no inner steps in training. */
const WITHOUT_INNER_STEPS: readonly AlgorithmId[] = ['random', 'pretrained', 'oracle'];

/** The chart's data; `scrubX` and `hoverX` as the chart has them. */
export function readAlpha(
  experiment: ComparisonExperiment,
  data: AlphaSource,
  at: Pick<AlphaChartData, 'scrubX' | 'hoverX'>,
): AlphaChartData {
  const trained = experiment.algorithms.filter((id) => !WITHOUT_INNER_STEPS.includes(id));
  const learning = trained.filter((id) => usesAdaptiveAlpha(experiment, id));
  return {
    mode: experiment.alphaMode,
    series: learning.map((id) =>
      alphaSeries(id, experiment.alphaMode, {
        metrics: data.metrics(id),
        samples: samplesOf(data, id),
        scrubX: at.scrubX,
      }),
    ),
    fixed: trained
      .filter((id) => !learning.includes(id))
      .map((algorithm) => ({ algorithm, alpha: experiment.innerLearningRate })),
    xLimit: experiment.metaIterations,
    ...at,
  };
}
