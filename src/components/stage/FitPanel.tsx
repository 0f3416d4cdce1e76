// One algorithm's panel on the stage: marker, name and error in words; its canvas, on which the task is dragged.
import { useEffect, useRef } from 'react';
import {
  drawFitChart,
  type FitScene,
  layoutFitChart,
  summariseFitChart,
  tableFitChart,
} from '../../charts/fit-chart.ts';
import type { Hit } from '../../charts/pointer.ts';
import { hitTest, reachOf } from '../../charts/pointer.ts';
import type { AlgorithmId } from '../../experiment/experiment.ts';
import { stageWords as words } from '../../words/stage.ts';
import { AlgorithmName } from '../AlgorithmName.tsx';
import { ChartCanvas, type ChartHandle } from '../chart/ChartCanvas.tsx';
import { ChartMenu } from '../chart/ChartMenu.tsx';
import { formatLoss } from '../format.ts';
import { labelOf } from '../labels.ts';
import { useStores } from '../stores-context.ts';
import { useCalm } from '../use-data-text.ts';
import { PointHandles } from './PointHandles.tsx';
import type { PanelReader } from './panel-reader.ts';
import { useFitDrag } from './use-fit-drag.ts';

interface FitPanelProps {
  readonly algorithm: AlgorithmId;
  /** The first panel names the curves and holds the keyboard's handles. */
  readonly first: boolean;
  readonly reader: PanelReader;
}

/** Streamed parameters redraw the fits fifteen times a second. */
const REST_MS = 66;

/** "MSE 3.73 → 0.01", at most four times a second. */
function PanelError({
  algorithm,
  reader,
}: {
  readonly algorithm: AlgorithmId;
  readonly reader: PanelReader;
}) {
  const error = useCalm(() => reader.error(algorithm));
  if (error === null) return <span className="quiet number">{words.mse} –</span>;
  return (
    <span className="quiet number" data-testid={`mse-${algorithm}`}>
      {words.mse} {formatLoss(error.before)} → {formatLoss(error.after)}
    </span>
  );
}

export function FitPanel({ algorithm, first, reader }: FitPanelProps) {
  const { view } = useStores();
  const canvas = useRef<ChartHandle>(null);
  const scene = useRef<FitScene | null>(null);
  const place = useRef<((scene: FitScene) => void) | null>(null);
  const held = useRef<Hit>(null);
  const focused = useRef<Hit>(null);
  const hold = (next: Hit) => {
    held.current = next;
    reader.hold(next !== null);
    canvas.current?.invalidate();
  };
  const drag = useFitDrag(canvas, scene, hold);
  useEffect(() => view.subscribe(() => canvas.current?.invalidate()), [view]);

  const summary = useCalm(() => {
    const data = reader.panel(algorithm);
    return data === null ? '' : summariseFitChart({ ...data, ...IDLE }, labelOf);
  }, 1000);

  return (
    <section className="fit-panel" aria-label={words.fitOf(labelOf(algorithm))}>
      <header>
        <h2>
          <AlgorithmName id={algorithm} />
        </h2>
        <PanelError algorithm={algorithm} reader={reader} />
        <ChartMenu
          title={words.fitOf(labelOf(algorithm))}
          table={() => tableFitChart({ ...reader.panel(algorithm), ...IDLE })}
          canvas={() => canvas.current?.element ?? null}
          scene={() => scene.current}
        />
      </header>
      <ChartCanvas
        handle={canvas}
        name={words.fitOf(labelOf(algorithm))}
        summary={summary}
        className="fit-canvas"
        restMs={REST_MS}
        {...drag}
        draw={(ctx, chartView, pointer) => {
          const hovered =
            pointer === null || scene.current === null
              ? null
              : hitTest(scene.current, pointer, reachOf('mouse'));
          const active = held.current ?? hovered ?? focused.current;
          const element = canvas.current?.element;
          if (element) element.style.cursor = active === null ? '' : held.current ? 'grabbing' : 'grab';
          scene.current = layoutFitChart(
            {
              ...reader.panel(algorithm),
              activePoint: active?.kind === 'support' ? active.index : null,
              curveActive: active?.kind === 'curve',
              named: first,
            },
            chartView,
            scene.current,
          );
          drawFitChart(ctx, scene.current);
          place.current?.(scene.current);
        }}
      >
        {first ? (
          <PointHandles
            place={place}
            onFocus={(next) => {
              // A focused point has its ring from the page; the curve shows its focus by its width.
              focused.current = next?.kind === 'curve' ? next : null;
              canvas.current?.invalidate();
            }}
          />
        ) : null}
      </ChartCanvas>
    </section>
  );
}

/** How a panel looks to a table or a summary: nothing hovered. */
const IDLE = { activePoint: null, curveActive: false, named: false } as const;
