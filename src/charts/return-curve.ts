// Return curves of meta-RL: per run the batch's mean return after adaptation (solid, with the tasks' interquartile band)
// and before it (dotted), over meta-iterations, environment steps or seconds. Smoothed; the raw values stay faint.
import type { AlgorithmId } from '../experiment/experiment.ts';
import { frameWords } from '../words/charts/frame.ts';
import { returnCurveWords } from '../words/charts/return-curve.ts';
import { emptyMessage, layoutAxes } from './axes.ts';
import { clearTicks, layoutHover, verticalRule } from './hover.ts';
import { type EndLabel, labelGutter, layoutEndLabels } from './labels.ts';
import { filledMarker } from './markers.ts';
import { layoutPins, type PinnedLayer, withPinned, withPinnedRows } from './pinned-layer.ts';
import {
  type Domain,
  finiteExtent,
  formatTick,
  formatValue,
  groupThousands,
  halfTicks,
  rangeTicks,
  type Scale,
  steppingDomain,
  steppingRangeDomain,
  toPixel,
  toValue,
} from './scales.ts';
import {
  type ChartView,
  densityStyle,
  type HoverReadout,
  type Mark,
  type Rect,
  type Scene,
} from './scene.ts';
import {
  BAND_OPACITY,
  bandPixels,
  type DivergedEnd,
  layoutDiverged,
  lineEnd,
  polylinePixels,
  SERIES_WIDTH,
  secondaryStrength,
} from './series.ts';
import type { ChartTable } from './table.ts';

export type ReturnX = 'iteration' | 'environmentSteps' | 'seconds';

/** One run's rows; borrowed, the first `length` entries are valid. */
export interface ReturnSeries {
  readonly algorithm: AlgorithmId;
  readonly length: number;
  readonly x: ArrayLike<number>;
  readonly before: ArrayLike<number>;
  readonly after: ArrayLike<number>;
  readonly afterQ25: ArrayLike<number>;
  readonly afterQ75: ArrayLike<number>;
  readonly divergedAt: number | null;
}

export interface ReturnCurveData {
  readonly xKind: ReturnX;
  readonly series: readonly ReturnSeries[];
  /** An earlier run, drawn faint and without end labels. */
  readonly pinned: readonly ReturnSeries[];
  /** Runs that the user has kept; absent or null: none. */
  readonly kept?: PinnedLayer | null;
  /** Where x ends (metaIterations), or null when unknown. */
  readonly xLimit: number | null;
  /** The run whose band and raw values are drawn at full strength; null: all. */
  readonly focus: AlgorithmId | null;
  /** Scrubbed position in x units; null when live. */
  readonly scrubX: number | null;
  /** Pointer, CSS pixels from the left of the view; null when outside. */
  readonly hoverX: number | null;
}

export interface ReturnCurveScene extends Scene {
  readonly x: Scale;
  readonly y: Scale;
  readonly hover: HoverReadout | null;
}

/** A series smoothed, ready to be drawn. */
interface Smoothed {
  readonly series: ReturnSeries;
  readonly x: Float64Array;
  readonly before: Float64Array;
  readonly after: Float64Array;
  readonly q25: Float64Array;
  readonly q75: Float64Array;
}

interface Frame {
  readonly data: ReturnCurveData;
  readonly view: ChartView;
  readonly plot: Rect;
  readonly axes: { readonly x: Scale; readonly y: Scale };
}

/** Time constant of the smoothing, in iterations: a batch's returns vary with its goals. */
const SMOOTHING = 6;

/** Exponential mean without a bias at the start. */
export function smoothReturns(values: ArrayLike<number>, length: number): Float64Array {
  const keep = 1 - 1 / SMOOTHING;
  const smooth = new Float64Array(length);
  let sum = 0;
  let weight = 0;
  for (let i = 0; i < length; i++) {
    const value = values[i]!;
    if (Number.isFinite(value)) {
      sum = keep * sum + value;
      weight = keep * weight + 1;
    }
    smooth[i] = weight > 0 ? sum / weight : Number.NaN;
  }
  return smooth;
}

function smoothed(series: ReturnSeries): Smoothed {
  const { length } = series;
  return {
    series,
    x: Float64Array.from({ length }, (_, i) => series.x[i]!),
    before: smoothReturns(series.before, length),
    after: smoothReturns(series.after, length),
    q25: smoothReturns(series.afterQ25, length),
    q75: smoothReturns(series.afterQ75, length),
  };
}

function extentOf(all: readonly Smoothed[]): Domain | null {
  return finiteExtent(all.flatMap(({ before, after, q25, q75 }) => [...before, ...after, ...q25, ...q75]));
}

interface SeriesMarks {
  readonly marks: readonly Mark[];
  readonly end: EndLabel | null;
  readonly diverged: DivergedEnd | null;
}

function layoutSeries(one: Smoothed, frame: Frame, faint: boolean): SeriesMarks {
  const { data, view, plot, axes } = frame;
  const { theme } = view;
  const { scale } = densityStyle(view.density);
  const { series } = one;
  const style = theme.algorithms[series.algorithm];
  const id = faint ? `pinned:${series.algorithm}` : series.algorithm;
  const strength = secondaryStrength(data.focus, series.algorithm);
  const line = (role: string, values: ArrayLike<number>, look: LineLook): Mark => ({
    kind: 'line',
    role: `${role}:${id}`,
    points: polylinePixels(one.x, values, axes),
    stroke: style.mark,
    lineWidth: look.width * scale,
    opacity: look.opacity * (faint ? 0.35 : 1),
    dash: look.dash.map((d) => d * scale),
    clip: plot,
  });
  const after = line('after', one.after, { width: SERIES_WIDTH, opacity: 1, dash: style.dash });
  if (faint) return { marks: [after], end: null, diverged: null };
  const raw = Float64Array.from({ length: series.length }, (_, i) => series.after[i]!);
  const band: Mark = {
    kind: 'area',
    role: `band:${id}`,
    points: bandPixels(one.x, one.q25, one.q75, axes),
    fill: style.mark,
    opacity: BAND_OPACITY * strength,
    clip: plot,
  };
  const marks: Mark[] = [
    band,
    line('raw', raw, { width: 1, opacity: 0.22 * strength, dash: [] }),
    line('before', one.before, { width: 1.25, opacity: 0.9, dash: [1.5, 3] }),
    after,
  ];
  const at = after.kind === 'line' ? lineEnd(after.points, plot) : null;
  if (at === null) return { marks, end: null, diverged: null };
  if (style.marker !== null) {
    const where = { role: `end:${id}`, ...at, radius: 3.2 * scale };
    marks.push(filledMarker(style.marker, where, { mark: style.mark, surface: theme.surface }));
  }
  const end = { role: id, text: style.label, color: style.text, mark: style.mark, endX: at.x, endY: at.y };
  const { divergedAt } = series;
  const text = frameWords.divergedAt(groupThousands(divergedAt ?? 0));
  const words = { role: id, ...at, text, mark: style.mark, color: style.text };
  return { marks, end, diverged: divergedAt === null ? null : words };
}

interface LineLook {
  readonly width: number;
  readonly opacity: number;
  readonly dash: readonly number[];
}

/** The last row at or before x. */
function rowAt(series: ReturnSeries, x: number): number {
  let row = -1;
  for (let i = 0; i < series.length && series.x[i]! <= x; i++) row = i;
  return row;
}

function readHover(all: readonly Smoothed[], frame: Frame): HoverReadout | null {
  const { data, plot, axes, view } = frame;
  if (data.hoverX === null || data.hoverX < plot.x || data.hoverX > plot.x + plot.width) return null;
  const x = toValue(axes.x, data.hoverX);
  const rows = all.flatMap((one) => {
    const at = rowAt(one.series, x);
    const style = view.theme.algorithms[one.series.algorithm];
    if (at < 0) return [];
    const value = one.after[at]!;
    return [{ label: style.label, value: formatValue(value), color: style.text, y: toPixel(axes.y, value) }];
  });
  return rows.length === 0 ? null : { x: data.hoverX, title: sayX(data.xKind, x), rows };
}

const UNITS: Readonly<Record<ReturnX, string>> = {
  iteration: frameWords.iterations,
  environmentSteps: frameWords.steps,
  seconds: frameWords.seconds,
};

function sayX(kind: ReturnX, x: number): string {
  if (kind === 'seconds') return frameWords.inSeconds(formatValue(x));
  const count = groupThousands(x);
  return kind === 'iteration' ? frameWords.iteration(count) : returnCurveWords.countedSteps(count);
}

/** Lays the chart out. `previous`: its last scene, whose domains are kept until the data leave them. */
export function layoutReturnCurve(
  data: ReturnCurveData,
  view: ChartView,
  previous: ReturnCurveScene | null = null,
): ReturnCurveScene {
  const { fontSize } = densityStyle(view.density);
  const live = data.series.map(smoothed);
  const pinned = data.pinned.map(smoothed);
  const reached = Math.max(0, ...[...live, ...pinned].map(({ x }) => x[x.length - 1] ?? 0));
  const limit = data.xLimit ?? Number.POSITIVE_INFINITY;
  const xDomain = steppingDomain(previous?.x.domain ?? null, Math.max(reached, Math.min(limit, 10)), limit);
  const extent = withPinned(extentOf([...live, ...pinned]), data.kept, xDomain);
  const yDomain = steppingRangeDomain(previous?.y.domain ?? null, extent);
  const names = data.series.map((series) => view.theme.algorithms[series.algorithm].label);
  const { plot, marks, ...axes } = layoutAxes(view, {
    x: {
      domain: xDomain,
      kind: 'linear',
      ticks: halfTicks(xDomain),
      unit: UNITS[data.xKind],
      format: formatTick,
    },
    y: { domain: yDomain, kind: 'linear', ticks: rangeTicks(yDomain) },
    rightGutter: labelGutter([...names, ...(data.kept?.names ?? [])], fontSize),
  });
  const frame: Frame = { data, view, plot, axes };
  const { width, height, theme } = view;
  const kept = layoutPins(data.kept, { ...frame, taken: names.length, hoverX: data.hoverX });
  const hover = withPinnedRows(readHover(live, frame), kept);
  const scene = { width, height, background: theme.surface, plot, ...axes, hover };
  const old = pinned.map((one) => layoutSeries(one, frame, true));
  if (live.every(({ x }) => x.length === 0)) {
    return {
      ...scene,
      marks: [...marks, ...kept.marks, ...old.flatMap((one) => one.marks), emptyMessage(view, plot)],
    };
  }
  const drawn = live.map((one) => layoutSeries(one, frame, false));
  const all = [...old, ...drawn].flatMap((one) => one.marks);
  const over = hover === null ? [] : layoutHover(hover, plot, view);
  const ends = drawn.flatMap(({ end }) => (end === null ? [] : [end]));
  const diverged = drawn.flatMap((one) => (one.diverged === null ? [] : [one.diverged]));
  const now =
    data.scrubX === null ? [] : [verticalRule('now', toPixel(axes.x, data.scrubX), plot, theme.ink)];
  const labelFrame = { x: plot.x + plot.width + 14, top: 0, bottom: plot.y + plot.height + 4, fontSize };
  return {
    ...scene,
    marks: [
      ...clearTicks(marks, over),
      ...kept.marks,
      // Bands of all series lie under all lines.
      ...all.filter((mark) => mark.kind === 'area'),
      ...all.filter((mark) => mark.kind !== 'area'),
      ...now,
      ...layoutDiverged(diverged, plot, view),
      ...(over.length === 0 ? layoutEndLabels([...ends, ...kept.ends], labelFrame) : over),
    ],
  };
}

/** "MAML: −38.2 before and −12.4 after adaptation at iteration 60." */
export function describeReturnCurve(data: ReturnCurveData, nameOf: (id: AlgorithmId) => string): string {
  return data.series
    .map((series) => {
      const name = nameOf(series.algorithm);
      const last = series.length - 1;
      if (last < 0) return frameWords.notTrained(name);
      const say = (values: ArrayLike<number>) => formatValue(smoothReturns(values, last + 1)[last]!);
      const when = sayX(data.xKind, series.x[last]!);
      const text = returnCurveWords.summary(name, [say(series.before), say(series.after)], when);
      if (series.divergedAt === null) return text;
      return `${text} ${returnCurveWords.diverged(groupThousands(series.divergedAt))}`;
    })
    .join(' ');
}

/** One row per run and iteration, raw. */
export function tableReturnCurve(data: ReturnCurveData, nameOf: (id: AlgorithmId) => string): ChartTable {
  const rows = data.series.flatMap((series) =>
    Array.from({ length: series.length }, (_, i) => [
      nameOf(series.algorithm),
      series.x[i]!,
      series.before[i]!,
      series.after[i]!,
      series.afterQ25[i]!,
      series.afterQ75[i]!,
    ]),
  );
  return { columns: ['algorithm', data.xKind, 'before', 'after', 'after q25', 'after q75'], rows };
}
