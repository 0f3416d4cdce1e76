// θ's path in a common plane, in its frame.
import { useRef } from 'react';
import {
  layoutParameterSpace,
  type ParameterScene,
  type ParameterSpaceData,
  summariseParameterSpace,
  tableParameterSpace,
} from '../../charts/parameter-space.ts';
import type { AppStores } from '../../state/store-types.ts';
import { instrumentWords as words } from '../../words/instruments.ts';
import { ChartPanel } from '../chart/ChartPanel.tsx';
import { labelOf } from '../labels.ts';
import { useStores, useView } from '../stores-context.ts';
import { useDataText } from '../use-data-text.ts';

function readParameterSpace(stores: AppStores): ParameterSpaceData {
  const { focus, scrubIteration } = stores.view.getState();
  return { space: stores.data.snapshot?.parameterSpace ?? null, focus, scrubIteration };
}

export function ParameterSpacePanel() {
  const stores = useStores();
  const previous = useRef<ParameterScene | null>(null);
  // Read so that the drawing follows them while training is paused.
  useView((state) => state.focus);
  useView((state) => state.scrubIteration);
  const shown = useDataText((data) => data.snapshot?.parameterSpace?.explainedVariance ?? null);
  return (
    <ChartPanel
      title={words.parameterSpace}
      qualifier={shown === null ? words.components : words.componentsOf(Math.round(shown * 100))}
      layout={(view) => {
        previous.current = layoutParameterSpace(readParameterSpace(stores), view, previous.current);
        return previous.current;
      }}
      summary={() => summariseParameterSpace(readParameterSpace(stores), labelOf)}
      table={() => tableParameterSpace(readParameterSpace(stores), labelOf)}
    />
  );
}
