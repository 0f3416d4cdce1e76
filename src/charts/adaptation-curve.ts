// The adaptation curve: query loss after 0…10 inner steps. The chosen K strong (median, interquartile band, mean
// dashed), other K faint; published points hollow; how many tasks diverged in words.
import type { AlgorithmId } from '../experiment/experiment.ts';
import type { AdaptationCurve } from '../training/session-events.ts';
import { adaptationWords } from '../words/charts/adaptation-curve.ts';
import { frameWords } from '../words/charts/frame.ts';
import { emptyMessage, layoutAxes } from './axes.ts';
import { drawScene, type Pen2D } from './draw-scene.ts';
import { clearTicks, layoutHover, leftEdgeOf, verticalRule } from './hover.ts';
import { type EndLabel, labelGutter, layoutEndLabels } from './labels.ts';
import { filledMarker, hollowMarker } from './markers.ts';
import type { MarkerShape } from './palette.ts';
import { layoutPins, type PinnedLayer, withPinned, withPinnedRows } from './pinned-layer.ts';
import { PUBLISHED_ADAPTATION, type PublishedSeries } from './published.ts';
import {
  type Domain,
  finiteExtent,
  formatValue,
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
  lineEnd,
  polylinePixels,
  SERIES_WIDTH,
  secondaryStrength,
} from './series.ts';
import type { ChartTable } from './table.ts';
import { textMark, textWidth } from './text.ts';

export interface AdaptationSeries {
  readonly algorithm: AlgorithmId;
  /** Test tasks behind each curve. */
  readonly tasks: number;
  /** One per K. */
  readonly curves: readonly AdaptationCurve[];
}

export interface AdaptationCurveData {
  readonly series: readonly AdaptationSeries[];
  /** K drawn strong. */
  readonly supportSize: number;
  /** Inner step shown in the fits, marked here. */
  readonly innerStep: number;
  readonly lossScale: 'linear' | 'log';
  /** Means of all algorithms; those with published points (which are means) always show theirs. */
  readonly showMean?: boolean;
  /** The run whose band, raw loss and mean are drawn at full strength; null or absent: all. */
  readonly focus?: AlgorithmId | null;
  /** Runs that the user has kept; absent or null: none. */
  readonly kept?: PinnedLayer | null;
  /** Pointer, CSS pixels from the left of the view; null when outside. */
  readonly hoverX: number | null;
}

export interface AdaptationScene extends Scene {
  readonly x: Scale;
  readonly y: Scale;
  readonly hover: HoverReadout | null;
}

interface Frame {
  readonly data: AdaptationCurveData;
  readonly view: ChartView;
  readonly plot: Rect;
  readonly axes: { readonly x: Scale; readonly y: Scale };
}

function chosenCurve(series: AdaptationSeries, supportSize: number): AdaptationCurve | undefined {
  return series.curves.find((curve) => curve.supportSize === supportSize);
}

/** The published series that belong beside what is shown: same K, an algorithm on the chart. */
function publishedFor(data: AdaptationCurveData): readonly PublishedSeries[] {
  return PUBLISHED_ADAPTATION.filter(
    (known) =>
      known.supportSize === data.supportSize &&
      data.series.some(({ algorithm }) => algorithm === known.algorithm),
  );
}

/** What the y-axis must hold: medians, quartiles and published points; means may leave it when tasks diverge. */
function lossExtent(data: AdaptationCurveData, positive: boolean): Domain | null {
  const measured = data.series.flatMap((series) => {
    const curve = chosenCurve(series, data.supportSize);
    return curve === undefined ? [] : [...curve.median, ...curve.q25, ...curve.q75];
  });
  const published = measured.length > 0 ? publishedFor(data).flatMap((known) => known.loss) : [];
  return finiteExtent([...measured, ...published], positive);
}

interface SeriesMarks {
  readonly marks: readonly Mark[];
  readonly end: EndLabel | null;
}

function layoutSeries(series: AdaptationSeries, frame: Frame): SeriesMarks {
  const { data, view, plot, axes } = frame;
  const { scale } = densityStyle(view.density);
  const style = view.theme.algorithms[series.algorithm];
  const id = series.algorithm;
  const marks: Mark[] = [];
  const line = (
    role: string,
    points: ArrayLike<number>,
    lineWidth: number,
    opacity: number,
    dash = style.dash,
  ): void => {
    const scaled = dash.map((d) => d * scale);
    const stroke = style.mark;
    marks.push({
      kind: 'line',
      role,
      points,
      stroke,
      lineWidth: lineWidth * scale,
      opacity,
      dash: scaled,
      clip: plot,
    });
  };
  for (const curve of series.curves) {
    if (curve.supportSize === data.supportSize) continue;
    line(`other:${id}:${curve.supportSize}`, polylinePixels(curve.steps, curve.median, axes), 1, 0.25);
  }
  const curve = chosenCurve(series, data.supportSize);
  if (curve === undefined) return { marks, end: null };
  const strength = secondaryStrength(data.focus, series.algorithm);
  const band = bandPixels(curve.steps, curve.q25, curve.q75, axes);
  marks.push({
    kind: 'area',
    role: `band:${id}`,
    points: band,
    fill: style.mark,
    opacity: BAND_OPACITY * strength,
    clip: plot,
  });
  if (data.showMean === true || publishedFor(data).some((known) => known.algorithm === id)) {
    line(`mean:${id}`, polylinePixels(curve.steps, curve.mean, axes), 1, 0.8 * strength, [4, 3]);
  }
  const median = polylinePixels(curve.steps, curve.median, axes);
  line(`median:${id}`, median, SERIES_WIDTH, 1);
  const step = curve.steps.indexOf(data.innerStep);
  const y = toPixel(axes.y, curve.median[step] ?? Number.NaN);
  if (step >= 0 && Number.isFinite(y) && y >= plot.y && y <= plot.y + plot.height) {
    const at = { role: `step:${id}`, x: toPixel(axes.x, data.innerStep), y, radius: 3.5 * scale };
    marks.push(filledMarker(style.marker ?? 'circle', at, { mark: style.mark, surface: view.theme.surface }));
  }
  const at = lineEnd(median, plot);
  if (at === null) return { marks, end: null };
  const end = { role: id, text: style.label, color: style.text, mark: style.mark, endX: at.x, endY: at.y };
  return { marks, end };
}

/** Hollow markers in the algorithm's shape at the published means. */
function layoutPublished(frame: Frame): readonly Mark[] {
  const { view, axes } = frame;
  const { scale } = densityStyle(view.density);
  return publishedFor(frame.data).flatMap((known) => {
    const style = view.theme.algorithms[known.algorithm];
    const points = polylinePixels(known.steps, known.loss, axes);
    return known.steps.map((_, i) => {
      const at = {
        role: `published:${known.algorithm}`,
        x: points[2 * i]!,
        y: points[2 * i + 1]!,
        radius: 3.8 * scale,
      };
      return hollowMarker(style.marker ?? 'circle', at, { mark: style.mark, surface: view.theme.surface });
    });
  });
}

/** Notes at the top right, where losses are low and the plot is free: sources of published points, diverged tasks. */
function layoutNotes(frame: Frame, right: number): readonly Mark[] {
  const { data, view, plot } = frame;
  const { fontSize, scale } = densityStyle(view.density);
  const { theme } = view;
  const counts = divergedCounts(data);
  const lost = counts
    .map(({ algorithm, count }) => `${theme.algorithms[algorithm].label} ${count}`)
    .join(', ');
  const long = adaptationWords.diverged(lost, counts[0]?.tasks ?? 0);
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  const fits = textWidth(long, fontSize) + 14 * scale <= right - plot.x;
  const published = publishedFor(data).map((known) => theme.algorithms[known.algorithm]);
  const sources = [...new Set(publishedFor(data).map((known) => known.source))].join(', ');
  const notes: Note[] = [];
  if (published.length > 0) {
    const keys = published.map(({ marker, mark }) => ({ shape: marker ?? 'circle', mark }));
    notes.push({ role: 'source', text: adaptationWords.published(sources), keys });
  }
  if (counts.length > 0) {
    const keys = [{ shape: 'cross', mark: theme.ink }] as const;
    notes.push({ role: 'diverged-count', text: fits ? long : adaptationWords.divergedTasks(total), keys });
  }
  return notes.flatMap((note, row): Mark[] => {
    const y = plot.y + fontSize * (0.6 + 1.2 * row);
    const common = { y, fill: theme.ink2, fontSize, halo: theme.surface };
    // Left-aligned beside its keys: the width is an estimate, and its error shows less at the right edge.
    const x0 = right - textWidth(note.text, fontSize);
    const words = textMark(note.text, { ...common, role: note.role, x: x0 });
    const keys = note.keys.map(({ shape, mark }, i) => {
      const x = x0 - (7 + 11 * (note.keys.length - 1 - i)) * scale;
      return hollowMarker(
        shape,
        { role: `key:${note.role}`, x, y, radius: 3.8 * scale },
        { mark, surface: theme.surface },
      );
    });
    return [words, ...keys];
  });
}

interface Note {
  readonly role: string;
  readonly text: string;
  readonly keys: readonly { readonly shape: MarkerShape; readonly mark: string }[];
}

function divergedCounts(
  data: AdaptationCurveData,
): readonly { readonly algorithm: AlgorithmId; readonly count: number; readonly tasks: number }[] {
  return data.series.flatMap(({ algorithm, tasks, curves }) => {
    const counts = curves.find((curve) => curve.supportSize === data.supportSize)?.diverged ?? [];
    const count = Math.max(0, ...counts);
    return count > 0 ? [{ algorithm, count, tasks }] : [];
  });
}

function readHover(frame: Frame): HoverReadout | null {
  const { data, plot, axes, view } = frame;
  if (data.hoverX === null || data.hoverX < plot.x || data.hoverX > plot.x + plot.width) return null;
  const step = Math.round(toValue(axes.x, data.hoverX));
  const rows = data.series.flatMap((series) => {
    const curve = chosenCurve(series, data.supportSize);
    const value = curve?.median[curve.steps.indexOf(step)];
    const style = view.theme.algorithms[series.algorithm];
    return value === undefined
      ? []
      : [{ label: style.label, value: formatValue(value), color: style.text, y: toPixel(axes.y, value) }];
  });
  const title = adaptationWords.stepsOn(frameWords.countedSteps(step), data.supportSize);
  return rows.length === 0 ? null : { x: toPixel(axes.x, step), title, rows };
}

/** Lays the chart out. `previous`: its last scene, whose y-domain is kept until the data leave it. */
export function layoutAdaptationCurve(
  data: AdaptationCurveData,
  view: ChartView,
  previous: AdaptationScene | null = null,
): AdaptationScene {
  const { fontSize } = densityStyle(view.density);
  const log = data.lossScale === 'log';
  const kind = log ? 'log' : 'linear';
  const xDomain = [0, 10] as const;
  const extent = withPinned(lossExtent(data, log), data.kept, xDomain, log);
  const before = previous !== null && previous.y.kind === kind ? previous.y.domain : null;
  const yDomain = log
    ? steppingLogDomain(before, extent)
    : steppingDomain(before, extent?.[1] ?? (before ? null : 4));
  const names = data.series.map((series) => view.theme.algorithms[series.algorithm].label);
  const { plot, marks, ...axes } = layoutAxes(view, {
    x: { domain: xDomain, kind: 'linear', ticks: [0, 5, 10], unit: frameWords.steps },
    y: { domain: yDomain, kind, ticks: ticksOf(yDomain, kind) },
    rightGutter: labelGutter([...names, ...(data.kept?.names ?? [])], fontSize),
  });
  const frame: Frame = { data, view, plot, axes };
  const scene = { width: view.width, height: view.height, background: view.theme.surface, plot, ...axes };
  if (extent === null) return { ...scene, hover: null, marks: [...marks, emptyMessage(view, plot)] };
  const drawn = data.series.map((series) => layoutSeries(series, frame));
  const own = drawn.flatMap((one) => one.marks);
  const ends = drawn.flatMap((one) => (one.end === null ? [] : [one.end]));
  const kept = layoutPins(data.kept, { ...frame, taken: names.length, hoverX: data.hoverX });
  const hover = withPinnedRows(readHover(frame), kept);
  const over = hover === null ? [] : layoutHover(hover, plot, view);
  const labelFrame = { x: plot.x + plot.width + 14, top: 0, bottom: plot.y + plot.height + 4, fontSize };
  return {
    ...scene,
    hover,
    marks: [
      ...clearTicks(marks, over),
      verticalRule('now', toPixel(axes.x, data.innerStep), plot, view.theme.axis),
      ...kept.marks,
      ...own.filter((mark) => mark.kind === 'area'),
      ...own.filter((mark) => mark.kind === 'line'),
      ...own.filter((mark) => mark.kind === 'marker'),
      ...layoutPublished(frame),
      ...layoutNotes(frame, Math.min(plot.x + plot.width, leftEdgeOf(over) - 4)),
      ...(over.length === 0 ? layoutEndLabels([...ends, ...kept.ends], labelFrame) : over),
    ],
  };
}

export function drawAdaptationCurve(ctx: Pen2D, scene: AdaptationScene): void {
  drawScene(ctx, scene);
}

/** "MAML: median loss 2.96 before, 0.42 after 1 step, 0.11 after 10 steps, K = 10." */
export function summariseAdaptationCurve(
  data: AdaptationCurveData,
  labelOf: (id: AlgorithmId) => string,
): string {
  const parts = data.series.map((series) => {
    const name = labelOf(series.algorithm);
    const curve = chosenCurve(series, data.supportSize);
    if (curve === undefined) return adaptationWords.notMeasured(name);
    const at = (step: number): string => formatValue(curve.median[curve.steps.indexOf(step)] ?? Number.NaN);
    const lost = Math.max(0, ...curve.diverged);
    const text = adaptationWords.summary(name, at, data.supportSize);
    return lost > 0 ? `${text} ${adaptationWords.lost(lost, series.tasks)}` : text;
  });
  return parts.join(' ');
}

/** One row per algorithm, K and step. */
export function tableAdaptationCurve(
  data: AdaptationCurveData,
  labelOf: (id: AlgorithmId) => string,
): ChartTable {
  const rows = data.series.flatMap((series) =>
    series.curves.flatMap((curve) =>
      curve.steps.map((step, i) => [
        labelOf(series.algorithm),
        curve.supportSize,
        step,
        curve.median[i]!,
        curve.q25[i]!,
        curve.q75[i]!,
        curve.mean[i]!,
        curve.diverged[i]!,
      ]),
    ),
  );
  return { columns: ['algorithm', 'K', 'steps', 'median', 'q25', 'q75', 'mean', 'diverged'], rows };
}
