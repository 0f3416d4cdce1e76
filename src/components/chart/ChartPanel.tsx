// A chart with its frame: bold title, plain qualifier, small switches, a menu, the drawing. Scenes
// are laid out when the frame scheduler paints, from data read past React; words refresh about once a second.
import { type PointerEvent, type ReactNode, useRef } from 'react';
import { drawScene } from '../../charts/draw-scene.ts';
import type { Point } from '../../charts/pointer.ts';
import type { ChartView, Scene } from '../../charts/scene.ts';
import type { ChartTable } from '../../charts/table.ts';
import type { PredictChart } from '../../experiment/predict-question.ts';
import { useChartText } from '../use-data-text.ts';
import { ChartCanvas, type ChartHandle } from './ChartCanvas.tsx';
import { ChartMenu } from './ChartMenu.tsx';
import { guessLayer } from './guess-layer.ts';

const SUMMARY_MS = 1000;
/** A chart of history needs no more than this to look alive; the frames are the fits'. */
const REST_MS = 200;

interface ChartPanelProps {
  readonly title: string;
  /** Shown instead of the title's words, for a title that is itself a choice. */
  readonly heading?: ReactNode;
  readonly qualifier?: ReactNode;
  readonly switches?: ReactNode;
  /** Lays the chart out now; called at most once per frame. */
  layout(view: ChartView, pointer: Point | null): Scene;
  summary(): string;
  table(): ChartTable;
  /** Streamed data repaint it at most this often; 200 ms unless told. */
  readonly restMs?: number;
  /** To repaint it from outside. */
  readonly handle?: React.RefObject<ChartHandle | null>;
  /** Drawn faint: what it shows is out of date. */
  readonly isStale?: boolean;
  /** Between title and drawing. */
  readonly controls?: ReactNode;
  onPointerDown?(event: PointerEvent<HTMLCanvasElement>): void;
  onPointerUp?(event: PointerEvent<HTMLCanvasElement>): void;
  /** Which question's outcome it shows; a guess is then drawn over it. */
  readonly outcome?: PredictChart | undefined;
  /** Laid over the drawing. */
  readonly children?: ReactNode;
}

/** Greek letters and KL are symbols wherever they stand. */
const SYMBOL = /[α-ω]|KL/u;

/** Beside the title; one that has a symbol in it explains that. */
function Qualifier({ content }: { readonly content: ReactNode }) {
  const symbol = typeof content === 'string' ? SYMBOL.exec(content)?.[0] : undefined;
  return (
    <span className="quiet qualifier" data-symbol={symbol} tabIndex={symbol === undefined ? undefined : 0}>
      {content}
    </span>
  );
}

export function ChartPanel(props: ChartPanelProps) {
  const own = useRef<ChartHandle>(null);
  const handle = props.handle ?? own;
  const scene = useRef<Scene | null>(null);
  const summary = useChartText(props.summary, SUMMARY_MS);
  return (
    <section className="chart" aria-label={props.title}>
      <header>
        {props.heading ?? <h2>{props.title}</h2>}
        {props.qualifier === undefined ? null : <Qualifier content={props.qualifier} />}
        <span className="switches">{props.switches}</span>
        <ChartMenu
          title={props.title}
          table={props.table}
          canvas={() => handle.current?.element ?? null}
          scene={() => scene.current}
        />
      </header>
      {props.controls}
      <ChartCanvas
        handle={handle}
        name={props.title}
        summary={summary}
        restMs={props.restMs ?? REST_MS}
        className={props.isStale ? 'stale' : ''}
        onPointerDown={props.onPointerDown}
        onPointerUp={props.onPointerUp}
        draw={(ctx, view, pointer) => {
          const laid = props.layout(view, pointer);
          const { layer } = guessLayer.getState();
          const { outcome } = props;
          scene.current = layer === null || outcome === undefined ? laid : layer(outcome, laid, view);
          drawScene(ctx, scene.current);
        }}
      >
        {props.children}
      </ChartCanvas>
    </section>
  );
}
