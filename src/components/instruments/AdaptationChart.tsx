// The adaptation curve in its frame, with the choice of K. Follows the meta-iteration scrubber.
import { useRef } from 'react';
import {
  type AdaptationCurveData,
  type AdaptationScene,
  layoutAdaptationCurve,
  summariseAdaptationCurve,
  tableAdaptationCurve,
} from '../../charts/adaptation-curve.ts';
import { withPinnedTable, withPinnedWords } from '../../charts/pinned-layer.ts';
import { groupThousands } from '../../charts/scales.ts';
import type { AppStores, RunData, ViewState } from '../../state/store-types.ts';
import { instrumentWords as words } from '../../words/instruments.ts';
import { ChartPanel } from '../chart/ChartPanel.tsx';
import { useOverlays } from '../compare/compare-context.ts';
import { labelOf } from '../labels.ts';
import { SymbolMark } from '../reading/SymbolMark.tsx';
import { Segments } from '../Segments.tsx';
import { useExperiment, useStores, useView } from '../stores-context.ts';
import { useDataText } from '../use-data-text.ts';

const SUPPORT_SIZES = [5, 10, 20];

function readAdaptation(stores: AppStores, hoverX: number | null): AdaptationCurveData {
  const { algorithms } = stores.experiment.getState().experiment;
  const view: ViewState = stores.view.getState();
  return {
    series: algorithms.flatMap((algorithm) => {
      const point = stores.data.adaptation(algorithm, view.scrubIteration);
      return point === null ? [] : [{ algorithm, tasks: point.tasks, curves: point.curves }];
    }),
    supportSize: view.adaptationSupportSize,
    innerStep: view.innerStep,
    lossScale: view.lossScale,
    showMean: true,
    focus: stores.view.getState().focus,
    hoverX,
  };
}

/** "MSE by inner step, 200 tasks", or at which iteration it was measured while scrubbing. */
function useQualifier(): string {
  const focus = useExperiment((state) => state.experiment.algorithms[0]);
  const scrub = useView((state) => state.scrubIteration);
  const point = useDataText((data: RunData) => (focus === undefined ? null : data.adaptation(focus, scrub)));
  if (point === null) return words.published;
  if (scrub !== null) return words.atIteration(groupThousands(point.iteration));
  return words.publishedTasks(point.tasks);
}

export function AdaptationChart() {
  const stores = useStores();
  const previous = useRef<AdaptationScene | null>(null);
  const supportSize = useView((state) => state.adaptationSupportSize);
  const kept = useOverlays()?.adaptation(supportSize) ?? null;
  const testSize = useExperiment((state) => state.experiment.testSupportSize);
  // Read so that the drawing follows them while training is paused.
  useView((state) => state.innerStep);
  useView((state) => state.lossScale);
  const sizes = [...new Set([...SUPPORT_SIZES, testSize])].sort((a, b) => a - b);
  return (
    <ChartPanel
      title={words.adaptation}
      outcome="adaptation"
      qualifier={useQualifier()}
      switches={
        <>
          <span className="quiet">
            <SymbolMark symbol="K" />
          </span>
          <Segments
            name={words.supportPoints}
            value={String(supportSize)}
            options={sizes.map((size) => ({
              value: String(size),
              label: String(size),
              title: `K = ${size}`,
            }))}
            onChange={(value) => stores.view.getState().set({ adaptationSupportSize: Number(value) })}
          />
        </>
      }
      layout={(view, pointer) => {
        const data = { ...readAdaptation(stores, pointer?.x ?? null), kept };
        previous.current = layoutAdaptationCurve(data, view, previous.current);
        return previous.current;
      }}
      summary={() => withPinnedWords(summariseAdaptationCurve(readAdaptation(stores, null), labelOf), kept)}
      table={() => withPinnedTable(tableAdaptationCurve(readAdaptation(stores, null), labelOf), kept)}
    />
  );
}
