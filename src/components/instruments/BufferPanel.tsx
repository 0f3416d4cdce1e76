// The task buffer of one run in its frame: the focus' own where it has one, else the first run that has.
import { useRef } from 'react';
import { usesTaskBuffer } from '../../algorithms/task-buffer.ts';
import {
  type BufferChartData,
  type BufferScene,
  layoutBufferChart,
  summariseBufferChart,
  tableBufferChart,
} from '../../charts/buffer-chart.ts';
import type { AlgorithmId, SinusoidExperiment } from '../../experiment/experiment.ts';
import { shownRun } from '../../state/shown-run.ts';
import type { AppStores } from '../../state/store-types.ts';
import { instrumentWords as words } from '../../words/instruments.ts';
import { AlgorithmName } from '../AlgorithmName.tsx';
import { ChartPanel } from '../chart/ChartPanel.tsx';
import { labelOf } from '../labels.ts';
import { useExperiment, useStores, useView } from '../stores-context.ts';
import type { RmamlView } from './Instruments.tsx';
import { RmamlHeading } from './RmamlHeading.tsx';

function bufferOwner(experiment: SinusoidExperiment, focus: AlgorithmId): AlgorithmId {
  const owners = experiment.algorithms.filter((id) => usesTaskBuffer(experiment, id));
  if (owners.includes(focus)) return focus;
  return owners[0] ?? (experiment.algorithms.includes(focus) ? focus : (experiment.algorithms[0] ?? focus));
}

function readBuffer(stores: AppStores): BufferChartData {
  const { experiment } = stores.experiment.getState();
  const algorithm = bufferOwner(experiment, stores.view.getState().focus);
  return {
    algorithm,
    strategy: experiment.strategy,
    snapshot: shownRun(stores, algorithm)?.buffer ?? null,
    enabled: usesTaskBuffer(experiment, algorithm),
  };
}

export function BufferPanel({ onChoose }: { onChoose(view: RmamlView): void }) {
  const stores = useStores();
  const previous = useRef<BufferScene | null>(null);
  const experiment = useExperiment((state) => state.experiment);
  const focus = useView((state) => state.focus);
  useView((state) => state.scrubIteration);
  return (
    <ChartPanel
      title={words.buffer}
      heading={<RmamlHeading value="buffer" onChoose={onChoose} />}
      qualifier={<AlgorithmName id={bufferOwner(experiment, focus)} />}
      layout={(view) => {
        previous.current = layoutBufferChart(readBuffer(stores), view, previous.current);
        return previous.current;
      }}
      summary={() => summariseBufferChart(readBuffer(stores), labelOf)}
      table={() => tableBufferChart(readBuffer(stores))}
    />
  );
}
