// Returns over training in their frame: before and after adaptation, over iterations, steps or seconds.
import { useRef } from 'react';
import { withPinnedTable, withPinnedWords } from '../../charts/pinned-layer.ts';
import {
  describeReturnCurve,
  layoutReturnCurve,
  type ReturnCurveData,
  type ReturnCurveScene,
  type ReturnSeries,
  type ReturnX,
  tableReturnCurve,
} from '../../charts/return-curve.ts';
import { ALGORITHM_IDS, type AlgorithmId } from '../../experiment/experiment.ts';
import type { PolicyMetricHistory, ReadablePolicyStores } from '../../state/policy-types.ts';
import { policyWords as words } from '../../words/policy.ts';
import { BeforeRun } from '../chart/BeforeRun.tsx';
import { ChartPanel } from '../chart/ChartPanel.tsx';
import { useOverlays } from '../compare/compare-context.ts';
import { labelOf } from '../labels.ts';
import { Segments } from '../Segments.tsx';
import { usePolicyLab, usePolicyText, usePolicyView } from './policy-lab-context.ts';

function seriesOf(
  algorithm: AlgorithmId,
  xKind: ReturnX,
  source: { readonly metrics: PolicyMetricHistory | null; readonly divergedAt: number | null },
): ReturnSeries {
  const { metrics, divergedAt } = source;
  if (metrics === null) {
    return { algorithm, length: 0, x: [], before: [], after: [], afterQ25: [], afterQ75: [], divergedAt };
  }
  return {
    algorithm,
    length: metrics.length,
    x: metrics.column(xKind),
    before: metrics.column('returnBefore'),
    after: metrics.column('returnAfter'),
    afterQ25: metrics.column('returnAfterQ25'),
    afterQ75: metrics.column('returnAfterQ75'),
    divergedAt,
  };
}

function readReturns({ experiment: store, run, view, data }: ReadablePolicyStores, hoverX: number | null) {
  const { experiment } = store.getState();
  const { returnX: xKind, scrubIteration, focus } = view.getState();
  const { divergences } = run.getState();
  const { pinned } = data;
  return {
    xKind,
    series: experiment.algorithms.map((id) =>
      seriesOf(id, xKind, {
        metrics: data.metrics(id),
        divergedAt: divergences.find((divergence) => divergence.algorithm === id)?.iteration ?? null,
      }),
    ),
    pinned:
      pinned === null
        ? []
        : ALGORITHM_IDS.filter((id) => pinned.metrics.has(id)).map((id) =>
            seriesOf(id, xKind, { metrics: pinned.metrics.get(id) ?? null, divergedAt: null }),
          ),
    xLimit: xKind === 'iteration' ? experiment.metaIterations : null,
    focus: experiment.algorithms.length > 1 ? focus : null,
    scrubX: xKind === 'iteration' ? scrubIteration : null,
    hoverX,
  } satisfies ReturnCurveData;
}

export function ReturnPanel() {
  const stores = usePolicyLab();
  const previous = useRef<{ readonly xKind: ReturnX; readonly scene: ReturnCurveScene } | null>(null);
  const returnX = usePolicyView((view) => view.returnX);
  const kept = useOverlays()?.returns(returnX) ?? null;
  // Read so that the drawing follows them while training is paused.
  usePolicyView((view) => view.scrubIteration);
  usePolicyView((view) => view.focus);
  const pinned = usePolicyText((data) => data.pinned?.label ?? null);
  return (
    <ChartPanel
      title={words.returns}
      outcome={returnX === 'iteration' ? 'return' : undefined}
      qualifier={
        pinned === null ? (
          words.returnsQualifier
        ) : (
          <BeforeRun label={pinned} onDismiss={() => stores.run.getState().dismissPinned()} />
        )
      }
      switches={
        <Segments<ReturnX>
          name={words.horizontal}
          value={returnX}
          options={[
            { value: 'iteration', label: words.byIteration, title: words.byIterationTitle },
            { value: 'environmentSteps', label: words.bySteps, title: words.byStepsTitle },
            { value: 'seconds', label: words.bySeconds, title: words.bySecondsTitle },
          ]}
          onChange={(value) => stores.view.getState().set({ returnX: value })}
        />
      }
      layout={(view, pointer) => {
        const data = { ...readReturns(stores, pointer?.x ?? null), kept };
        // Another axis is another chart: nothing of the old one's domain holds.
        const before = previous.current?.xKind === data.xKind ? previous.current.scene : null;
        const scene = layoutReturnCurve(data, view, before);
        previous.current = { xKind: data.xKind, scene };
        return scene;
      }}
      summary={() => withPinnedWords(describeReturnCurve(readReturns(stores, null), labelOf), kept)}
      table={() => withPinnedTable(tableReturnCurve(readReturns(stores, null), labelOf), kept)}
    />
  );
}
