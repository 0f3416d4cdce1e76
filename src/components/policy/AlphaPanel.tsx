// The inner learning rate over training in its frame; shown only where a run learns it.
import { useRef } from 'react';
import {
  type AlphaScene,
  layoutAlphaChart,
  summariseAlphaChart,
  tableAlphaChart,
} from '../../charts/alpha-chart.ts';
import { withPinnedTable, withPinnedWords } from '../../charts/pinned-layer.ts';
import type { ReadablePolicyStores } from '../../state/policy-types.ts';
import { alphaWords } from '../../words/charts/alpha-chart.ts';
import { policyWords as words } from '../../words/policy.ts';
import { readAlpha } from '../chart/alpha-reader.ts';
import { ChartPanel } from '../chart/ChartPanel.tsx';
import { useOverlays } from '../compare/compare-context.ts';
import { labelOf } from '../labels.ts';
import { usePolicyExperiment, usePolicyLab, usePolicyView } from './policy-lab-context.ts';

function read({ experiment, view, data }: ReadablePolicyStores, hoverX: number | null) {
  const { scrubIteration: scrubX } = view.getState();
  return readAlpha(experiment.getState().experiment, data, { scrubX, hoverX });
}

export function AlphaPanel() {
  const stores = usePolicyLab();
  const previous = useRef<AlphaScene | null>(null);
  const kept = useOverlays()?.alpha() ?? null;
  const mode = usePolicyExperiment((experiment) => experiment.alphaMode);
  usePolicyView((view) => view.scrubIteration);
  return (
    <ChartPanel
      title={words.alpha}
      heading={<h2 className="visually-hidden">{words.alpha}</h2>}
      qualifier={alphaWords.qualifiers[mode]}
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
