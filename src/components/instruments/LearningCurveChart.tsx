// The learning curve in its frame: what it shows over which x, linear or logarithmic.
import { useRef } from 'react';
import {
  type LearningCurveData,
  type LearningScene,
  layoutLearningCurve,
  learningSeries,
  summariseLearningCurve,
  tableLearningCurve,
} from '../../charts/learning-curve.ts';
import { withPinnedTable, withPinnedWords } from '../../charts/pinned-layer.ts';
import { ALGORITHM_IDS } from '../../experiment/experiment.ts';
import type { AppStores } from '../../state/store-types.ts';
import { instrumentWords as words } from '../../words/instruments.ts';
import { BeforeRun } from '../chart/BeforeRun.tsx';
import { ChartPanel } from '../chart/ChartPanel.tsx';
import { useOverlays } from '../compare/compare-context.ts';
import { labelOf } from '../labels.ts';
import { Segments } from '../Segments.tsx';
import { useStores, useView } from '../stores-context.ts';
import { useDataText } from '../use-data-text.ts';

/** The chart's data as of now. */
function readLearningCurve(stores: AppStores, hoverX: number | null): LearningCurveData {
  const { experiment } = stores.experiment.getState();
  const { learningX, lossScale, scrubIteration } = stores.view.getState();
  const { divergences } = stores.run.getState();
  const { data } = stores;
  const pinned = data.pinned;
  return {
    xKind: learningX,
    lossScale,
    series: experiment.algorithms
      .filter((id) => id !== 'random')
      .map((id) =>
        learningSeries(id, learningX, {
          metrics: data.metrics(id),
          heldOut: data.heldOut,
          divergedAt: divergences.find((divergence) => divergence.algorithm === id)?.iteration ?? null,
        }),
      ),
    pinned:
      pinned === null
        ? []
        : ALGORITHM_IDS.filter((id) => pinned.metrics.has(id)).map((id) =>
            learningSeries(id, learningX, {
              metrics: pinned.metrics.get(id) ?? null,
              heldOut: pinned.heldOut,
              divergedAt: null,
            }),
          ),
    xLimit: learningX === 'iteration' ? experiment.metaIterations : null,
    show: { raw: true, smoothed: true, mean: true },
    focus: stores.view.getState().focus,
    scrubX: learningX === 'iteration' ? scrubIteration : null,
    hoverX,
  };
}

export function LearningCurveChart() {
  const stores = useStores();
  const { view } = stores;
  const learningX = useView((state) => state.learningX);
  const lossScale = useView((state) => state.lossScale);
  // Read so that scrubbing moves the rule also while training is paused.
  useView((state) => state.scrubIteration);
  const previous = useRef<LearningScene | null>(null);
  const kept = useOverlays()?.learning(learningX) ?? null;
  const pinned = useDataText((data) => data.pinned?.label ?? null);
  const tasks = useDataText((data) => data.heldOut.at(-1)?.tasks ?? null);
  return (
    <ChartPanel
      title={words.learning}
      qualifier={
        pinned !== null ? (
          <BeforeRun label={pinned} onDismiss={() => stores.run.getState().dismissPinned()} />
        ) : tasks === null ? (
          words.median
        ) : (
          words.medianTasks(tasks)
        )
      }
      switches={
        <>
          <Segments
            name={words.horizontal}
            value={learningX}
            options={[
              { value: 'iteration', label: words.byIteration, title: words.byIterationTitle },
              { value: 'seconds', label: words.bySeconds, title: words.bySecondsTitle },
              { value: 'gradientEvaluations', label: '∇', title: words.byGradientsTitle },
            ]}
            onChange={(value) => view.getState().set({ learningX: value })}
          />
          <button
            type="button"
            className="toggle"
            aria-pressed={lossScale === 'log'}
            aria-label={words.logName}
            title={words.logTitle}
            onClick={() => view.getState().set({ lossScale: lossScale === 'log' ? 'linear' : 'log' })}
          >
            {words.log}
          </button>
        </>
      }
      layout={(chartView, pointer) => {
        const data = { ...readLearningCurve(stores, pointer?.x ?? null), kept };
        previous.current = layoutLearningCurve(data, chartView, previous.current);
        return previous.current;
      }}
      summary={() => withPinnedWords(summariseLearningCurve(readLearningCurve(stores, null), labelOf), kept)}
      table={() => withPinnedTable(tableLearningCurve(readLearningCurve(stores, null), labelOf), kept)}
    />
  );
}
