// A chart with its frame: bold title, plain qualifier, small switches, a menu, the drawing. Scenes
// are laid out when the frame scheduler paints, from data read past React; words refresh about once a second.
import { type ReactNode, useRef } from 'react';
import { drawScene } from '../../charts/draw-scene.ts';
import type { Point } from '../../charts/pointer.ts';
import type { ChartView, Scene } from '../../charts/scene.ts';
import type { ChartTable } from '../../charts/table.ts';
import { useDataText } from '../use-data-text.ts';
import { ChartCanvas, type ChartHandle } from './ChartCanvas.tsx';
import { ChartMenu } from './ChartMenu.tsx';

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
}

export function ChartPanel(props: ChartPanelProps) {
  const handle = useRef<ChartHandle>(null);
  const scene = useRef<Scene | null>(null);
  const summary = useDataText(props.summary, SUMMARY_MS);
  return (
    <section className="chart" aria-label={props.title}>
      <header>
        {props.heading ?? <h2>{props.title}</h2>}
        {props.qualifier === undefined ? null : <span className="quiet qualifier">{props.qualifier}</span>}
        <span className="switches">{props.switches}</span>
        <ChartMenu
          title={props.title}
          table={props.table}
          canvas={() => handle.current?.element ?? null}
          scene={() => scene.current}
        />
      </header>
      <ChartCanvas
        handle={handle}
        name={props.title}
        summary={summary}
        restMs={REST_MS}
        draw={(ctx, view, pointer) => {
          scene.current = props.layout(view, pointer);
          drawScene(ctx, scene.current);
        }}
      />
    </section>
  );
}
