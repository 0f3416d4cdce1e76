// The inner learning rate over training in its frame.
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
import type { AppStores, RunData } from '../../state/store-types.ts';
import { ChartPanel } from '../chart/ChartPanel.tsx';
import { labelOf } from '../labels.ts';
import { useExperiment, useStores, useView } from '../stores-context.ts';
import type { RmamlView } from './Instruments.tsx';
import { RmamlHeading } from './RmamlHeading.tsx';

/** α as kept in the checkpoints, then as in the newest snapshot. */
function samplesOf(data: RunData, algorithm: AlgorithmId): AlphaSample[] {
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

function readAlpha(stores: AppStores, hoverX: number | null): AlphaChartData {
  const { experiment } = stores.experiment.getState();
  const { data } = stores;
  const { scrubIteration: scrubX } = stores.view.getState();
  const trained = experiment.algorithms.filter(
    (id) => id !== 'random' && id !== 'pretrained' && id !== 'oracle',
  );
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
  };
}

const QUALIFIERS = {
  scalar: 'one\u00a0α',
  layer: 'per\u00a0layer',
  parameter: 'per\u00a0parameter',
} as const;

export function AlphaPanel({ onChoose }: { onChoose(view: RmamlView): void }) {
  const stores = useStores();
  const previous = useRef<AlphaScene | null>(null);
  const mode = useExperiment((state) => state.experiment.alphaMode);
  useView((state) => state.scrubIteration);
  return (
    <ChartPanel
      title="Inner learning rate"
      heading={<RmamlHeading value="alpha" onChoose={onChoose} />}
      qualifier={<span className="wide-only">{QUALIFIERS[mode]}</span>}
      layout={(view, pointer) => {
        previous.current = layoutAlphaChart(readAlpha(stores, pointer?.x ?? null), view, previous.current);
        return previous.current;
      }}
      summary={() => summariseAlphaChart(readAlpha(stores, null), labelOf)}
      table={() => tableAlphaChart(readAlpha(stores, null), labelOf)}
    />
  );
}
