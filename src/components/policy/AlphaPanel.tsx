// The inner learning rate over training in its frame; shown only where a run learns it.
import { useRef } from 'react';
import { usesAdaptiveAlpha } from '../../algorithms/adaptive-alpha.ts';
import {
  type AlphaChartData,
  type AlphaSample,
  type AlphaScene,
  alphaSeries,
  layoutAlphaChart,
  summariseAlphaChart,
  tableAlphaChart,
} from '../../charts/alpha-chart.ts';
import type { AlgorithmId } from '../../experiment/experiment.ts';
import type { ReadablePolicyStores } from '../../state/policy-types.ts';
import { ChartPanel } from '../chart/ChartPanel.tsx';
import { labelOf } from '../labels.ts';
import { usePolicyExperiment, usePolicyLab, usePolicyView } from './policy-lab-context.ts';

/** α as kept in the checkpoints, then as in the newest snapshot. */
function samplesOf(data: ReadablePolicyStores['data'], algorithm: AlgorithmId): AlphaSample[] {
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

/** Runs that take inner steps in training. */
const WITHOUT_INNER_STEPS: readonly AlgorithmId[] = ['random', 'pretrained', 'oracle'];

function readAlpha({ experiment: store, view, data }: ReadablePolicyStores, hoverX: number | null) {
  const { experiment } = store.getState();
  const { scrubIteration: scrubX } = view.getState();
  const trained = experiment.algorithms.filter((id) => !WITHOUT_INNER_STEPS.includes(id));
  const learning = trained.filter((id) => usesAdaptiveAlpha(experiment, id));
  return {
    mode: experiment.alphaMode,
    series: learning.map((id) =>
      alphaSeries(id, experiment.alphaMode, {
        metrics: data.metrics(id),
        samples: samplesOf(data, id),
        scrubX,
      }),
    ),
    fixed: trained
      .filter((id) => !learning.includes(id))
      .map((algorithm) => ({ algorithm, alpha: experiment.innerLearningRate })),
    xLimit: experiment.metaIterations,
    scrubX,
    hoverX,
  } satisfies AlphaChartData;
}

const QUALIFIERS = {
  scalar: 'one\u00a0α',
  layer: 'per\u00a0layer',
  parameter: 'per\u00a0parameter',
} as const;

export function AlphaPanel() {
  const stores = usePolicyLab();
  const previous = useRef<AlphaScene | null>(null);
  const mode = usePolicyExperiment((experiment) => experiment.alphaMode);
  usePolicyView((view) => view.scrubIteration);
  return (
    <ChartPanel
      title="Inner learning rate"
      heading={<h2 className="visually-hidden">Inner learning rate</h2>}
      qualifier={QUALIFIERS[mode]}
      layout={(view, pointer) => {
        previous.current = layoutAlphaChart(readAlpha(stores, pointer?.x ?? null), view, previous.current);
        return previous.current;
      }}
      summary={() => summariseAlphaChart(readAlpha(stores, null), labelOf)}
      table={() => tableAlphaChart(readAlpha(stores, null), labelOf)}
    />
  );
}
