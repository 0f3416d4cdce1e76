// The only owner of a canvas. Sizes it to its box and the screen's pixels, and lets the frame scheduler paint it;
// React renders it when what is drawn changes in kind, never per frame. Out of sight it costs little.
import {
  type PointerEvent,
  type ReactNode,
  useContext,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
} from 'react';
import { BEAT_MS, untilBeat } from '../../charts/frame-pace.ts';
import type { PaintTicket } from '../../charts/frame-scheduler.ts';
import { themeOf } from '../../charts/palette.ts';
import type { Point } from '../../charts/pointer.ts';
import type { ChartView, Density } from '../../charts/scene.ts';
import { chartMenuWords as words } from '../../words/chart-menu.ts';
import { LabContext } from '../lab-context.ts';
import { useProjector } from '../present/use-projector.ts';
import { useMediaQuery } from '../use-media-query.ts';
import { useTheme } from '../use-theme.ts';
import { useFrames } from './frame-loop.ts';
import { SpokenSummary } from './SpokenSummary.tsx';

/** What the owner of a chart may ask of its canvas. */
export interface ChartHandle {
  /** Paint at the next frame. */
  invalidate(): void;
  readonly element: HTMLCanvasElement | null;
}

interface ChartCanvasProps {
  /** Accessible name: title of the chart. */
  readonly name: string;
  /** What it shows, in a sentence or two. */
  readonly summary: string;
  readonly className?: string;
  /** Streamed data repaint it at most this often; the user's own doings at the next frame. */
  readonly restMs: number;
  readonly handle?: React.Ref<ChartHandle>;
  /** Lays out and draws; `pointer` is where the mouse hovers, in CSS pixels. The context is scaled. */
  draw(ctx: CanvasRenderingContext2D, view: ChartView, pointer: Point | null): void;
  readonly onPointerDown?: ((event: PointerEvent<HTMLCanvasElement>) => void) | undefined;
  readonly onPointerMove?: ((event: PointerEvent<HTMLCanvasElement>) => void) | undefined;
  readonly onPointerUp?: ((event: PointerEvent<HTMLCanvasElement>) => void) | undefined;
  readonly onPointerCancel?: ((event: PointerEvent<HTMLCanvasElement>) => void) | undefined;
  onDoubleClick?(event: React.MouseEvent<HTMLCanvasElement>): void;
  /** Laid over the canvas. */
  readonly children?: ReactNode;
}

/** Scrolled out of sight it is painted now and then: for a print, a picture of the whole page, the next look. */
const REST_OUT_OF_SIGHT_MS = 2000;
/** In sight is what is this far outside the window, so that scrolling finds it up to date. */
const SIGHT_MARGIN = '120px';

/** A chart that cannot be drawn says so in its own frame; the others go on. */
function drawFailure(ctx: CanvasRenderingContext2D, view: ChartView, message: string): void {
  ctx.fillStyle = view.theme.surface;
  ctx.fillRect(0, 0, view.width, view.height);
  ctx.fillStyle = view.theme.error;
  ctx.font = '12px sans-serif';
  ctx.fillText(words.failed, 8, 20, view.width - 16);
  ctx.fillStyle = view.theme.ink2;
  ctx.fillText(message, 8, 38, view.width - 16);
}

export function ChartCanvas(props: ChartCanvasProps) {
  const frames = useFrames();
  const run = useContext(LabContext)?.run ?? null;
  const themeName = useTheme();
  const wide = useMediaQuery('(min-width: 1600px), (max-width: 600px)');
  const projector = useProjector();
  const density: Density = projector ? 'projector' : wide ? 'wide' : 'normal';
  const canvas = useRef<HTMLCanvasElement>(null);
  const ticket = useRef<PaintTicket | null>(null);
  const pointer = useRef<Point | null>(null);
  const size = useRef({ width: 0, height: 0, ratio: 1 });
  const latest = useRef({ draw: props.draw, themeName, density, rest: props.restMs });
  /** Whether the next painting was asked for by this chart itself and not by new data. */
  const urgent = useRef(true);

  useLayoutEffect(() => {
    latest.current = { draw: props.draw, themeName, density, rest: props.restMs };
    urgent.current = true;
    ticket.current?.invalidate();
  });

  useEffect(() => {
    const element = canvas.current;
    if (element === null) return;
    let paintedAt = Number.NEGATIVE_INFINITY;
    let timer: ReturnType<typeof setTimeout> | null = null;
    let failure: string | null = null;
    let isInSight = true;
    const paint = () => {
      const { width, height, ratio } = size.current;
      const ctx = element.getContext('2d', { alpha: false });
      if (ctx === null || width === 0 || height === 0) return;
      const now = performance.now();
      const rest = isInSight ? latest.current.rest : REST_OUT_OF_SIGHT_MS;
      // Half a beat early is near enough: timers come late, and the next beat would be a whole one later.
      const left = Math.max(rest - BEAT_MS / 2, 0) - (now - paintedAt);
      if (!(urgent.current && isInSight) && left > 0) {
        timer ??= setTimeout(
          () => {
            timer = null;
            mine.queue();
          },
          untilBeat(now, left),
        );
        return;
      }
      urgent.current = false;
      paintedAt = now;
      const deviceWidth = Math.round(width * ratio);
      const deviceHeight = Math.round(height * ratio);
      if (element.width !== deviceWidth) element.width = deviceWidth;
      if (element.height !== deviceHeight) element.height = deviceHeight;
      ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
      const { draw, themeName: name, density: wanted } = latest.current;
      const kind = run?.getState().status.kind;
      const view: ChartView = {
        // Whole device pixels: a box of 229.8 px would leave its last row half painted.
        width: deviceWidth / ratio,
        height: deviceHeight / ratio,
        theme: themeOf(name),
        density: wanted,
        isWaiting: kind === 'running' || kind === 'starting',
      };
      try {
        draw(ctx, view, pointer.current);
      } catch (error) {
        if (String(error) !== failure) console.error(error);
        failure = String(error);
        drawFailure(ctx, view, failure);
      }
    };
    const mine = frames.register(paint);
    ticket.current = mine;
    const repaint = () => {
      urgent.current = true;
      // A page of new charts paints them in turns; one that was painted must not look stretched for a moment.
      if (paintedAt === Number.NEGATIVE_INFINITY) mine.queue();
      else mine.invalidate();
    };
    const observer = new ResizeObserver(([entry]) => {
      if (entry === undefined) return;
      const { width, height } = entry.contentRect;
      size.current = { width, height, ratio: window.devicePixelRatio || 1 };
      repaint();
    });
    observer.observe(element);
    const sight = new IntersectionObserver(
      (entries) => {
        isInSight = entries.at(-1)?.isIntersecting ?? true;
        if (!isInSight) return;
        // What was put off while nobody looked.
        if (timer !== null) clearTimeout(timer);
        timer = null;
        repaint();
      },
      { rootMargin: SIGHT_MARGIN },
    );
    sight.observe(element);
    return () => {
      observer.disconnect();
      sight.disconnect();
      if (timer !== null) clearTimeout(timer);
      mine.unregister();
      ticket.current = null;
    };
  }, [frames, run]);

  useImperativeHandle(
    props.handle,
    () => ({
      invalidate: () => {
        urgent.current = true;
        ticket.current?.invalidate();
      },
      get element() {
        return canvas.current;
      },
    }),
    [],
  );

  const hover = (next: Point | null) => {
    pointer.current = next;
    urgent.current = true;
    ticket.current?.invalidate();
  };
  return (
    <div className={`chart-canvas ${props.className ?? ''}`}>
      <canvas
        ref={canvas}
        role="img"
        aria-label={`${props.name}. ${props.summary}`}
        onPointerMove={(event) => {
          props.onPointerMove?.(event);
          if (event.pointerType === 'touch') return;
          hover({ x: event.nativeEvent.offsetX, y: event.nativeEvent.offsetY });
        }}
        onPointerLeave={() => hover(null)}
        onPointerDown={props.onPointerDown}
        onPointerUp={props.onPointerUp}
        onPointerCancel={props.onPointerCancel}
        onDoubleClick={props.onDoubleClick}
      />
      <SpokenSummary summary={props.summary} />
      {props.children}
    </div>
  );
}
