// What a layout produces: a display list of plain objects in CSS pixels. It holds every decision; drawing one
// (draw-scene.ts) only moves the pen. It is also what tests read and what the SVG export writes.
import type { MarkerShape, Theme } from './palette.ts';

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** normal: 12-px words; wide: 13 (windows from 1600 px, phones); projector: 18 and lines 1.6 times as wide. */
export type Density = 'normal' | 'wide' | 'projector';

/** The frame a chart is laid out for. Size in CSS pixels; the device-pixel ratio is the canvas owner's affair. */
export interface ChartView {
  readonly width: number;
  readonly height: number;
  readonly theme: Theme;
  readonly density: Density;
  /** Training runs, so what is missing will come by itself. */
  readonly isWaiting?: boolean;
}

export interface DensityStyle {
  readonly fontSize: number;
  /** Factor on line widths and marker sizes. */
  readonly scale: number;
}

export function densityStyle(density: Density): DensityStyle {
  if (density === 'projector') return { fontSize: 18, scale: 1.6 };
  return { fontSize: density === 'wide' ? 13 : 12, scale: 1 };
}

interface MarkBase {
  /** What the mark is ('grid', 'true', 'raw:maml', …): for tests and the SVG's ids; drawing ignores it. */
  readonly role: string;
  /** 0…1, default 1. */
  readonly opacity?: number;
  /** Nothing is drawn outside it. */
  readonly clip?: Rect;
}

/** A polyline. `points` is flat [x0, y0, x1, y1, …]; a non-finite pair lifts the pen. */
export interface LineMark extends MarkBase {
  readonly kind: 'line';
  readonly points: ArrayLike<number>;
  readonly stroke: string;
  readonly lineWidth: number;
  readonly dash?: readonly number[];
  /** Round ends; flat unless told. */
  readonly cap?: 'round';
}

/** A filled outline, flat [x0, y0, …], closed by the pen. */
export interface AreaMark extends MarkBase {
  readonly kind: 'area';
  readonly points: ArrayLike<number>;
  readonly fill: string;
}

export interface RectMark extends MarkBase {
  readonly kind: 'rect';
  readonly rect: Rect;
  readonly fill: string | null;
  readonly stroke: string | null;
  readonly lineWidth: number;
}

/** A marker centred at (x, y); `radius` is that of the circle of the same optical weight. */
export interface MarkerMark extends MarkBase {
  readonly kind: 'marker';
  readonly shape: MarkerShape;
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly fill: string | null;
  readonly stroke: string | null;
  readonly lineWidth: number;
}

/** One line of words. `box` is the estimated extent, for tests and for keeping words apart. */
export interface TextMark extends MarkBase {
  readonly kind: 'text';
  readonly text: string;
  readonly x: number;
  /** Middle of the line. */
  readonly y: number;
  readonly align: 'left' | 'center' | 'right';
  readonly fill: string;
  readonly fontSize: number;
  readonly bold: boolean;
  /** Serif italic, for symbols. */
  readonly symbol: boolean;
  /** Colour of a rim under the letters that keeps them readable over lines. */
  readonly halo: string | null;
  readonly box: Rect;
}

/** Many equal dots, as one mark: flat [x0, y0, …] centres; non-finite pairs are left out. */
export interface PointsMark extends MarkBase {
  readonly kind: 'points';
  readonly points: ArrayLike<number>;
  readonly radius: number;
  readonly fill: string;
}

/**
 * Marks that stay the same over many frames. Whoever draws may keep their picture as long as `marks` is the same
 * array (layer-cache.ts); a layout hands on the layer of its previous scene while its inputs are the same.
 */
export interface LayerMark extends MarkBase {
  readonly kind: 'layer';
  readonly marks: readonly Mark[];
}

export type Mark = LineMark | AreaMark | RectMark | MarkerMark | TextMark | PointsMark | LayerMark;

export interface Scene {
  readonly width: number;
  readonly height: number;
  /** Painted first, over the whole canvas. */
  readonly background: string;
  /** The part inside the axes. */
  readonly plot: Rect;
  /** In painting order. */
  readonly marks: readonly Mark[];
}

/** What the pointer reads: the abscissa and every series' value there. Also for an HTML read-out. */
export interface HoverReadout {
  /** Pixel position of the rule. */
  readonly x: number;
  /** "iteration 1,204". */
  readonly title: string;
  readonly rows: readonly {
    readonly label: string;
    readonly value: string;
    readonly color: string;
    /** Pixel position of the value on the rule; NaN where it has none. */
    readonly y: number;
  }[];
}

/** Whether two rectangles share area. */
export function overlaps(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** All marks in painting order, with layers opened. */
export function flatMarks(marks: readonly Mark[]): readonly Exclude<Mark, LayerMark>[] {
  return marks.flatMap((mark) => (mark.kind === 'layer' ? flatMarks(mark.marks) : [mark]));
}
