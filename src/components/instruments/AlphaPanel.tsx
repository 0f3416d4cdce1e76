// The inner learning rate over training in its frame.
import { useRef } from 'react';
import {
  type AlphaScene,
  layoutAlphaChart,
  summariseAlphaChart,
  tableAlphaChart,
} from '../../charts/alpha-chart.ts';
import { withPinnedTable, withPinnedWords } from '../../charts/pinned-layer.ts';
import type { AppStores } from '../../state/store-types.ts';
import { alphaWords } from '../../words/charts/alpha-chart.ts';
import { instrumentWords as words } from '../../words/instruments.ts';
import { readAlpha } from '../chart/alpha-reader.ts';
import { ChartPanel } from '../chart/ChartPanel.tsx';
import { useOverlays } from '../compare/compare-context.ts';
import { labelOf } from '../labels.ts';
import { useExperiment, useStores, useView } from '../stores-context.ts';
import type { RmamlView } from './Instruments.tsx';
import { RmamlHeading } from './RmamlHeading.tsx';

function read({ experiment, view, data }: AppStores, hoverX: number | null) {
  const { scrubIteration: scrubX } = view.getState();
  return readAlpha(experiment.getState().experiment, data, { scrubX, hoverX });
}

export function AlphaPanel({ onChoose }: { onChoose(view: RmamlView): void }) {
  const stores = useStores();
  const previous = useRef<AlphaScene | null>(null);
  const kept = useOverlays()?.alpha() ?? null;
  const mode = useExperiment((state) => state.experiment.alphaMode);
  useView((state) => state.scrubIteration);
  return (
    <ChartPanel
      title={words.alpha}
      heading={<RmamlHeading value="alpha" onChoose={onChoose} />}
      qualifier={<span className="wide-only">{alphaWords.qualifiers[mode]}</span>}
      layout={(view, pointer) => {
        previous.current = layoutAlphaChart(
          { ...read(stores, pointer?.x ?? null), kept },
          view,
          previous.current,
        );
        return previous.current;
      }}
      summary={() => withPinnedWords(summariseAlphaChart(read(stores, null), labelOf), kept)}
      table={() => withPinnedTable(tableAlphaChart(read(stores, null), labelOf), kept)}
    />
  );
}
