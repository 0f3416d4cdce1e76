// The learning curve: training loss raw (faint) and smoothed, held-out median with interquartile band and mean, per
// algorithm, over iterations, seconds or gradient evaluations. Histories stay typed arrays and are thinned per pixel.
import type { AlgorithmId } from '../experiment/experiment.ts';
import type { MetricHistory } from '../state/store-types.ts';
import type { HeldOutPoint } from '../training/session-events.ts';
import { frameWords } from '../words/charts/frame.ts';
import { learningWords } from '../words/charts/learning-curve.ts';
import { emptyMessage, layoutAxes } from './axes.ts';
import type { Columns } from './decimate.ts';
import { drawScene, type Pen2D } from './draw-scene.ts';
import { clearTicks, layoutHover, verticalRule } from './hover.ts';
import { type EndLabel, labelGutter, layoutEndLabels } from './labels.ts';
import { lossExtent, type Thinned, thinAll, valueAt } from './learning-thin.ts';
import { filledMarker } from './markers.ts';
import { layoutPins, type PinnedLayer, withPinned, withPinnedRows } from './pinned-layer.ts';
import {
  formatTick,
  formatValue,
  groupThousands,
  halfTicks,
  type Scale,
  steppingDomain,
  steppingLogDomain,
  ticksOf,
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

export type LearningX = 'iteration' | 'seconds' | 'gradientEvaluations';

/** Held-out quantiles over x, parallel arrays. */
export interface HeldOutSeries {
  readonly x: readonly number[];
  readonly median: readonly number[];
  readonly q25: readonly number[];
  readonly q75: readonly number[];
  readonly mean: readonly number[];
}

export interface LearningSeries {
  readonly algorithm: AlgorithmId;
  /** Training rows; borrowed, the first `length` entries are valid. */
  readonly length: number;
  readonly x: ArrayLike<number>;
  readonly queryLoss: ArrayLike<number>;
  readonly heldOut: HeldOutSeries;
  readonly divergedAt: number | null;
}

export interface LearningCurveData {
  readonly xKind: LearningX;
  readonly lossScale: 'linear' | 'log';
  readonly series: readonly LearningSeries[];
  /** An earlier run, drawn faint and without end labels. */
  readonly pinned: readonly LearningSeries[];
  /** Runs that the user has kept; absent or null: none. */
  readonly kept?: PinnedLayer | null;
  /** Where x ends (metaIterations), or null when unknown (seconds). */
  readonly xLimit: number | null;
  readonly show: { readonly raw: boolean; readonly smoothed: boolean; readonly mean: boolean };
  /** The run whose band, raw loss and mean are drawn at full strength; null or absent: all. */
  readonly focus?: AlgorithmId | null;
  /** Scrubbed position in x units; null when live. */
  readonly scrubX: number | null;
  /** Pointer, CSS pixels from the left of the view; null when outside. */
  readonly hoverX: number | null;
}

export interface LearningScene extends Scene {
  readonly x: Scale;
  readonly y: Scale;
  readonly hover: HoverReadout | null;
  /** Thinned series, so that the next layout reads only new rows. */
  readonly live: readonly Thinned[];
  readonly pinned: readonly Thinned[];
}

const NO_HELD_OUT: HeldOutSeries = { x: [], median: [], q25: [], q75: [], mean: [] };

/** Adapts the store's histories to this chart's input without copying the training rows. */
export function learningSeries(
  algorithm: AlgorithmId,
  xKind: LearningX,
  source: {
    readonly metrics: MetricHistory | null;
    readonly heldOut: readonly HeldOutPoint[];
    readonly divergedAt: number | null;
  },
): LearningSeries {
  const points = source.heldOut.filter((point) => point.algorithm === algorithm);
  const heldOut =
    points.length === 0
      ? NO_HELD_OUT
      : {
          x: points.map((point) => point[xKind]),
          median: points.map((point) => point.loss.median),
          q25: points.map((point) => point.loss.q25),
          q75: points.map((point) => point.loss.q75),
          mean: points.map((point) => point.loss.mean),
        };
  const { metrics, divergedAt } = source;
  const base = { algorithm, heldOut, divergedAt };
  if (metrics === null) return { ...base, length: 0, x: [], queryLoss: [] };
  return {
    ...base,
    length: metrics.length,
    x: metrics.column(xKind),
    queryLoss: metrics.column('queryLoss'),
  };
}

function lastX(series: LearningSeries): number {
  const trained = series.length > 0 ? series.x[series.length - 1]! : 0;
  return Math.max(trained, series.heldOut.x.at(-1) ?? 0);
}

const UNITS: Readonly<Record<LearningX, string>> = {
  iteration: frameWords.iterations,
  seconds: frameWords.seconds,
  gradientEvaluations: learningWords.gradients,
};

/** The raw loss as a min–max zigzag, two vertices per column. */
function rawPixels(columns: Columns, axes: { x: Scale; y: Scale }): Float64Array {
  const xs = new Float64Array(2 * columns.count);
  const ys = new Float64Array(2 * columns.count);
  for (let c = 0; c < columns.count; c++) {
    xs[2 * c] = columns.x[c]!;
    xs[2 * c + 1] = columns.x[c]!;
    ys[2 * c] = columns.min[c]!;
    ys[2 * c + 1] = columns.max[c]!;
  }
  return polylinePixels(xs, ys, axes);
}

interface SeriesMarks {
  readonly marks: readonly Mark[];
  readonly end: EndLabel | null;
  readonly diverged: DivergedEnd | null;
}

interface Frame {
  readonly data: LearningCurveData;
  readonly view: ChartView;
  readonly plot: Rect;
  readonly axes: { readonly x: Scale; readonly y: Scale };
}

/** The line that carries the series: held-out medians once there are two, until then the smoothed training loss. */
function layoutSeries({ series, columns }: Thinned, frame: Frame, faint: boolean): SeriesMarks {
  const { data, view, plot, axes } = frame;
  const { scale } = densityStyle(view.density);
  const style = view.theme.algorithms[series.algorithm];
  const id = faint ? `pinned:${series.algorithm}` : series.algorithm;
  const { heldOut } = series;
  const measured = heldOut.x.length >= 2;
  const strength = secondaryStrength(data.focus, series.algorithm);
  const marks: Mark[] = [];
  const line = (
    role: string,
    points: ArrayLike<number>,
    lineWidth: number,
    opacity: number,
    dash = style.dash,
  ): void => {
    marks.push({
      kind: 'line',
      role: `${role}:${id}`,
      points,
      stroke: style.mark,
      lineWidth: lineWidth * scale,
      opacity: faint ? opacity * 0.35 : opacity,
      dash: dash.map((d) => d * scale),
      clip: plot,
    });
  };
  const smooth = polylinePixels(columns.x.subarray(0, columns.count), columns.smooth, axes);
  const median = polylinePixels(heldOut.x, heldOut.median, axes);
  if (data.show.raw && !faint) line('raw', rawPixels(columns, axes), 1, 0.12 * strength, []);
  if (measured && !faint) {
    const points = bandPixels(heldOut.x, heldOut.q25, heldOut.q75, axes);
    marks.push({
      kind: 'area',
      role: `band:${id}`,
      points,
      fill: style.mark,
      opacity: BAND_OPACITY * strength,
      clip: plot,
    });
  }
  if (data.show.smoothed && measured && !faint) line('smoothed', smooth, 1, 0.45, []);
  if (data.show.mean && measured && !faint)
    line('mean', polylinePixels(heldOut.x, heldOut.mean, axes), 1, 0.8 * strength, [4, 3]);
  const main = measured ? median : smooth;
  line(measured ? 'median' : 'smoothed', main, SERIES_WIDTH, 1);
  const at = lineEnd(main, plot);
  if (faint || at === null) return { marks, end: null, diverged: null };
  if (series.divergedAt !== null)
    return { marks, ...divergedMarks(series, lineEnd(smooth, plot) ?? at, frame) };
  if (style.marker !== null) {
    const marker = { role: `end:${id}`, ...at, radius: 3.2 * scale };
    marks.push(filledMarker(style.marker, marker, { mark: style.mark, surface: view.theme.surface }));
  }
  const end = { role: id, text: style.label, color: style.text, mark: style.mark, endX: at.x, endY: at.y };
  return { marks, end, diverged: null };
}

function divergedMarks(
  series: LearningSeries,
  at: { x: number; y: number },
  frame: Frame,
): Omit<SeriesMarks, 'marks'> {
  const style = frame.view.theme.algorithms[series.algorithm];
  const { x, y } = at;
  const text = frameWords.divergedAt(groupThousands(series.divergedAt ?? 0));
  return {
    end: { role: series.algorithm, text: style.label, color: style.text, mark: style.mark, endX: x, endY: y },
    diverged: { role: series.algorithm, x, y, text, mark: style.mark, color: style.text },
  };
}

function readHover(all: readonly Thinned[], frame: Frame): HoverReadout | null {
  const { data, plot, axes, view } = frame;
  if (data.hoverX === null || data.hoverX < plot.x || data.hoverX > plot.x + plot.width) return null;
  const x = toValue(axes.x, data.hoverX);
  const rows = all.flatMap((thinned) => {
    const value = valueAt(thinned, x);
    const style = view.theme.algorithms[thinned.series.algorithm];
    return Number.isNaN(value)
      ? []
      : [{ label: style.label, value: formatValue(value), color: style.text, y: toPixel(axes.y, value) }];
  });
  return rows.length === 0 ? null : { x: data.hoverX, title: hoverTitle(data.xKind, x), rows };
}

function hoverTitle(kind: LearningX, x: number): string {
  if (kind === 'seconds') return frameWords.inSeconds(formatValue(x));
  const count = groupThousands(x);
  return kind === 'iteration' ? frameWords.iteration(count) : learningWords.countedGradients(count);
}

/** Lays the chart out. `previous`: its last scene, whose domains are kept until the data leave them. */
export function layoutLearningCurve(
  data: LearningCurveData,
  view: ChartView,
  previous: LearningScene | null = null,
): LearningScene {
  const { fontSize } = densityStyle(view.density);
  const everything = [...data.pinned, ...data.series];
  const reached = Math.max(0, ...everything.map(lastX));
  const limit = data.xLimit ?? Number.POSITIVE_INFINITY;
  const xDomain = steppingDomain(
    previous?.x.domain ?? null,
    reached > 0 ? reached : Math.min(limit, 100),
    limit,
  );
  const log = data.lossScale === 'log';
  const live = thinAll(data.series, xDomain, { width: view.width, previous: previous?.live });
  const pinned = thinAll(data.pinned, xDomain, { width: view.width, previous: previous?.pinned });
  const extent = withPinned(lossExtent([...live, ...pinned], log), data.kept, xDomain, log);
  const before = previous !== null && (previous.y.kind === 'log') === log ? previous.y.domain : null;
  const yDomain = log
    ? steppingLogDomain(before, extent)
    : steppingDomain(before, extent?.[1] ?? (before ? null : 4));
  const yKind = log ? 'log' : 'linear';
  const names = data.series.map((series) => view.theme.algorithms[series.algorithm].label);
  const { plot, marks, ...axes } = layoutAxes(view, {
    x: {
      domain: xDomain,
      kind: 'linear',
      ticks: halfTicks(xDomain),
      unit: UNITS[data.xKind],
      format: formatTick,
    },
    y: { domain: yDomain, kind: yKind, ticks: ticksOf(yDomain, yKind) },
    rightGutter: labelGutter([...names, ...(data.kept?.names ?? [])], fontSize),
  });
  const frame: Frame = { data, view, plot, axes };
  const old = pinned.map((thinned) => layoutSeries(thinned, frame, true));
  const drawn = live.map((thinned) => layoutSeries(thinned, frame, false));
  const kept = layoutPins(data.kept, { ...frame, taken: names.length, hoverX: data.hoverX });
  const hover = withPinnedRows(readHover(live, frame), kept);
  const over = hover === null ? [] : layoutHover(hover, plot, view);
  const { width, height, theme } = view;
  const scene = { width, height, background: theme.surface, plot, ...axes, hover, live, pinned };
  if (live.every(({ series, columns }) => columns.count === 0 && series.heldOut.x.length === 0)) {
    return {
      ...scene,
      marks: [...marks, ...kept.marks, ...old.flatMap((one) => one.marks), emptyMessage(view, plot)],
    };
  }
  const ends = drawn.flatMap((one) => (one.end === null ? [] : [one.end]));
  const diverged = drawn.flatMap((one) => (one.diverged === null ? [] : [one.diverged]));
  const now =
    data.scrubX === null ? [] : [verticalRule('now', toPixel(axes.x, data.scrubX), plot, view.theme.ink)];
  const labelFrame = { x: plot.x + plot.width + 14, top: 0, bottom: plot.y + plot.height + 4, fontSize };
  return {
    ...scene,
    marks: [
      ...clearTicks(marks, over),
      ...kept.marks,
      // Bands of all series lie under all lines.
      ...[...old, ...drawn].flatMap((one) => one.marks.filter((mark) => mark.kind === 'area')),
      ...[...old, ...drawn].flatMap((one) => one.marks.filter((mark) => mark.kind !== 'area')),
      ...now,
      ...layoutDiverged(diverged, plot, view),
      ...(over.length === 0 ? layoutEndLabels([...ends, ...kept.ends], labelFrame) : over),
    ],
  };
}

export function drawLearningCurve(ctx: Pen2D, scene: LearningScene): void {
  drawScene(ctx, scene);
}

/** "MAML: held-out median 0.42 (IQR 0.21 to 0.80) at iteration 2,000. Reptile: diverged at 1,204." */
export function summariseLearningCurve(
  data: LearningCurveData,
  labelOf: (id: AlgorithmId) => string,
): string {
  const parts = data.series.map((series) => {
    const name = labelOf(series.algorithm);
    if (series.divergedAt !== null) return learningWords.diverged(name, groupThousands(series.divergedAt));
    const { heldOut } = series;
    const at = heldOut.x.length - 1;
    if (at >= 0) {
      const quartiles = frameWords.range(formatValue(heldOut.q25[at]!), formatValue(heldOut.q75[at]!));
      const loss = { median: formatValue(heldOut.median[at]!), quartiles };
      return learningWords.heldOut(name, loss, hoverTitle(data.xKind, heldOut.x[at]!));
    }
    if (series.length === 0) return frameWords.notTrained(name);
    return learningWords.training(name, formatValue(series.queryLoss[series.length - 1]!));
  });
  return parts.join(' ');
}

/** The held-out measurements, one row per algorithm and x. */
export function tableLearningCurve(
  data: LearningCurveData,
  labelOf: (id: AlgorithmId) => string,
): ChartTable {
  const rows = data.series.flatMap(({ algorithm, heldOut }) =>
    heldOut.x.map((x, i) => [
      labelOf(algorithm),
      x,
      heldOut.median[i]!,
      heldOut.q25[i]!,
      heldOut.q75[i]!,
      heldOut.mean[i]!,
    ]),
  );
  return { columns: ['algorithm', data.xKind, 'median', 'q25', 'q75', 'mean'], rows };
}
