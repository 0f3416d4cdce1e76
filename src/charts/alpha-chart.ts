// The inner learning rate over meta-iterations, on a log axis: one line (scalar), one line per layer, or the mean in
// a min–max band with a histogram of the current values (parameter). Runs with a fixed α are flat reference lines.
import type { AlgorithmId, AlphaMode } from '../experiment/experiment.ts';
import type { MetricHistory } from '../state/store-types.ts';
import { alphaWords } from '../words/charts/alpha-chart.ts';
import { frameWords } from '../words/charts/frame.ts';
import { layoutHistogram } from './alpha-histogram.ts';
import { emptyMessage, layoutAxes } from './axes.ts';
import { decimate } from './decimate.ts';
import { drawScene, type Pen2D } from './draw-scene.ts';
import { clearTicks, layoutHover, verticalRule } from './hover.ts';
import { type EndLabel, labelGutter, layoutEndLabels } from './labels.ts';
import { filledMarker } from './markers.ts';
import { layoutPins, type PinnedLayer, withPinned, withPinnedRows } from './pinned-layer.ts';
import {
  type Domain,
  finiteExtent,
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
import { BAND_OPACITY, bandPixels, lineEnd, polylinePixels, SERIES_WIDTH } from './series.ts';
import type { ChartTable } from './table.ts';

/** α of one run that learns it. Rows are borrowed, the first `length` are valid. */
export interface AlphaSeries {
  readonly algorithm: AlgorithmId;
  readonly length: number;
  readonly iteration: ArrayLike<number>;
  readonly mean: ArrayLike<number>;
  readonly min: ArrayLike<number>;
  readonly max: ArrayLike<number>;
  /** Per layer, at the iterations where a checkpoint was kept; empty unless mode is 'layer'. */
  readonly layers: readonly { readonly iteration: readonly number[]; readonly values: readonly number[] }[];
  /** The values at the moment shown, all of them. */
  readonly current: ArrayLike<number>;
}

export interface AlphaChartData {
  readonly mode: AlphaMode;
  readonly series: readonly AlphaSeries[];
  /** Runs whose α is fixed. */
  readonly fixed: readonly { readonly algorithm: AlgorithmId; readonly alpha: number }[];
  /** metaIterations. */
  readonly xLimit: number;
  readonly scrubX: number | null;
  /** Runs that the user has kept; absent or null: none. */
  readonly kept?: PinnedLayer | null;
  readonly hoverX: number | null;
}

export interface AlphaScene extends Scene {
  readonly x: Scale;
  readonly y: Scale;
  readonly hover: HoverReadout | null;
}

/** A run's α as checkpoints and the newest snapshot hold it. */
export interface AlphaSample {
  readonly iteration: number;
  readonly values: ArrayLike<number>;
}

/**
 * Adapts histories and samples (ascending by iteration, the newest last) to this chart's input. `scrubX`: the
 * meta-iteration shown; null: the newest.
 */
export function alphaSeries(
  algorithm: AlgorithmId,
  mode: AlphaMode,
  source: {
    readonly metrics: MetricHistory<'iteration' | 'alphaMean' | 'alphaMin' | 'alphaMax'> | null;
    readonly samples: readonly AlphaSample[];
    readonly scrubX: number | null;
  },
): AlphaSeries {
  const { metrics, samples, scrubX } = source;
  const shown = scrubX === null ? undefined : samples.findLast((sample) => sample.iteration <= scrubX);
  const current = (shown ?? samples.at(-1))?.values ?? [];
  const layers = mode === 'layer' ? Array.from(current, (_, layer) => layerOf(samples, layer)) : [];
  if (metrics === null) {
    return { algorithm, length: 0, iteration: [], mean: [], min: [], max: [], layers, current };
  }
  return {
    algorithm,
    length: metrics.length,
    iteration: metrics.column('iteration'),
    mean: metrics.column('alphaMean'),
    min: metrics.column('alphaMin'),
    max: metrics.column('alphaMax'),
    layers,
    current,
  };
}

function layerOf(samples: readonly AlphaSample[], layer: number): AlphaSeries['layers'][number] {
  return {
    iteration: samples.map((sample) => sample.iteration),
    values: samples.map((sample) => sample.values[layer] ?? Number.NaN),
  };
}

interface Frame {
  readonly data: AlphaChartData;
  readonly view: ChartView;
  readonly plot: Rect;
  readonly axes: { readonly x: Scale; readonly y: Scale };
}

interface SeriesMarks {
  readonly marks: readonly Mark[];
  readonly ends: readonly EndLabel[];
}

function layoutSeries(series: AlphaSeries, frame: Frame): SeriesMarks {
  const { data, view, plot, axes } = frame;
  const { scale } = densityStyle(view.density);
  const style = view.theme.algorithms[series.algorithm];
  const id = series.algorithm;
  const options = { length: series.length, domain: axes.x.domain, width: plot.width, smoothing: 0 };
  const mean = decimate(series.iteration, series.mean, options);
  const xs = mean.x.subarray(0, mean.count);
  const marks: Mark[] = [];
  const ends: EndLabel[] = [];
  const stroke = (role: string, points: ArrayLike<number>, text: string): void => {
    const lineWidth = SERIES_WIDTH * scale;
    const dash = style.dash.map((d) => d * scale);
    marks.push({ kind: 'line', role, points, stroke: style.mark, lineWidth, dash, clip: plot });
    const at = lineEnd(points, plot);
    if (at === null) return;
    const marker = { role: `end:${role}`, ...at, radius: 3.2 * scale };
    const colours = { mark: style.mark, surface: view.theme.surface };
    if (style.marker !== null) marks.push(filledMarker(style.marker, marker, colours));
    ends.push({ role, text, color: style.text, mark: style.mark, endX: at.x, endY: at.y });
  };
  if (data.mode === 'layer' && series.layers.length > 0) {
    series.layers.forEach((layer, i) => {
      stroke(
        `layer:${id}:${i}`,
        polylinePixels(layer.iteration, layer.values, axes),
        layerName(i, style.label, data),
      );
    });
    return { marks, ends };
  }
  if (data.mode !== 'scalar') {
    const low = decimate(series.iteration, series.min, options);
    const high = decimate(series.iteration, series.max, options);
    const points = bandPixels(xs, low.min, high.max, axes);
    marks.push({
      kind: 'area',
      role: `band:${id}`,
      points,
      fill: style.mark,
      opacity: BAND_OPACITY,
      clip: plot,
    });
  }
  if (data.mode === 'parameter') {
    marks.push(...layoutHistogram(series.current, { plot, y: axes.y, fill: style.mark, id }));
  }
  stroke(`mean:${id}`, polylinePixels(xs, mean.smooth, axes), style.label);
  return { marks, ends };
}

/** "layer 2", or "RMAML 2" where several runs learn their α. */
function layerName(index: number, label: string, data: AlphaChartData): string {
  return data.series.length > 1 ? alphaWords.layerOf(label, index + 1) : alphaWords.layer(index + 1);
}

/** Two or three figures, enough to see a learned α move: 0.0123. */
function formatAlpha(alpha: number): string {
  return alpha >= 1e-4 && alpha < 0.1 ? String(Number(alpha.toPrecision(3))) : formatValue(alpha);
}

/** Fixed αs, equal values sharing one label: "MAML, FOMAML". */
function layoutFixed(frame: Frame): SeriesMarks {
  const { data, view, plot, axes } = frame;
  const { scale } = densityStyle(view.density);
  const values = [...new Set(data.fixed.map((run) => run.alpha))];
  const marks: Mark[] = [];
  const ends = values.flatMap((alpha): EndLabel[] => {
    const y = toPixel(axes.y, alpha);
    if (!Number.isFinite(y)) return [];
    const right = plot.x + plot.width;
    const { mark, text, color } = fixedStyle(data, alpha, view);
    const dash = [6 * scale, 4 * scale];
    const points = [plot.x, y, right, y];
    marks.push({
      kind: 'line',
      role: 'fixed',
      points,
      stroke: mark,
      lineWidth: 1.25 * scale,
      dash,
      clip: plot,
    });
    return [{ role: `fixed:${alpha}`, text, color, mark, endX: right, endY: y }];
  });
  return { marks, ends };
}

/** One run is named in its own colour; several share "fixed α", since their names would not fit the gutter. */
function fixedStyle(
  data: AlphaChartData,
  alpha: number,
  view: ChartView,
): { readonly mark: string; readonly text: string; readonly color: string } {
  const runs = data.fixed.filter((run) => run.alpha === alpha);
  const { algorithms, axis, ink2 } = view.theme;
  if (runs.length !== 1) return { mark: axis, text: alphaWords.fixed, color: ink2 };
  const style = algorithms[runs[0]!.algorithm];
  return { mark: style.mark, text: style.label, color: style.text };
}

function readHover(frame: Frame): HoverReadout | null {
  const { data, plot, axes, view } = frame;
  if (data.hoverX === null || data.hoverX < plot.x || data.hoverX > plot.x + plot.width) return null;
  const x = toValue(axes.x, data.hoverX);
  const learned = data.series.flatMap((series) => {
    const index = lastAtOrBefore(series, x);
    const style = view.theme.algorithms[series.algorithm];
    if (index < 0) return [];
    const alpha = series.mean[index]!;
    return [{ label: style.label, value: formatAlpha(alpha), color: style.text, y: toPixel(axes.y, alpha) }];
  });
  const fixed = data.fixed.map(({ algorithm, alpha }) => {
    const style = view.theme.algorithms[algorithm];
    return { label: style.label, value: formatAlpha(alpha), color: style.text, y: toPixel(axes.y, alpha) };
  });
  const rows = [...learned, ...fixed];
  return rows.length === 0 ? null : { x: data.hoverX, title: frameWords.iteration(groupThousands(x)), rows };
}

/** Index of the last row at or before iteration x; −1 when there is none. Binary search. */
function lastAtOrBefore(series: AlphaSeries, x: number): number {
  let low = 0;
  let high = series.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (series.iteration[middle]! <= x) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** αs that the axis must hold. */
function alphaExtent(data: AlphaChartData): Domain | null {
  const ends = (values: ArrayLike<number>, length: number): readonly number[] => {
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < length; i++) {
      const value = values[i]!;
      if (value > 0 && value < low) low = value;
      if (value > high && Number.isFinite(value)) high = value;
    }
    return [low, high];
  };
  const learned = data.series.flatMap((series) => [
    ...ends(series.min, series.length),
    ...ends(series.max, series.length),
    ...series.layers.flatMap((layer) => layer.values),
  ]);
  return finiteExtent([...learned, ...data.fixed.map((run) => run.alpha)], true);
}

/** Lays the chart out. `previous`: its last scene, whose domains are kept until the data leave them. */
export function layoutAlphaChart(
  data: AlphaChartData,
  view: ChartView,
  previous: AlphaScene | null = null,
): AlphaScene {
  const { fontSize } = densityStyle(view.density);
  const reached = Math.max(
    0,
    ...data.series.map((one) => (one.length > 0 ? one.iteration[one.length - 1]! : 0)),
  );
  const xTop = reached > 0 ? reached : Math.min(data.xLimit, 100);
  const xDomain = steppingDomain(previous?.x.domain ?? null, xTop, data.xLimit);
  const extent = withPinned(alphaExtent(data), data.kept, xDomain, true);
  const yDomain = steppingLogDomain(previous?.y.domain ?? null, extent ?? [0.005, 0.02]);
  const names = data.series.flatMap((series) => {
    const { label } = view.theme.algorithms[series.algorithm];
    return [label, layerName(0, label, data)];
  });
  const gutterNames = [
    alphaWords.fixed,
    ...names,
    ...data.fixed.map((run) => view.theme.algorithms[run.algorithm].label),
    ...(data.kept?.names ?? []),
  ];
  const { plot, marks, ...axes } = layoutAxes(view, {
    x: { domain: xDomain, kind: 'linear', ticks: halfTicks(xDomain), unit: frameWords.iterations },
    y: { domain: yDomain, kind: 'log', ticks: ticksOf(yDomain, 'log') },
    rightGutter: labelGutter(gutterNames, fontSize),
  });
  const frame: Frame = { data, view, plot, axes };
  const fixed = layoutFixed(frame);
  const taken = data.series.length + fixed.ends.length;
  const kept = layoutPins(data.kept, { ...frame, taken, hoverX: data.hoverX });
  const scene = { width: view.width, height: view.height, background: view.theme.surface, plot, ...axes };
  const labelFrame = { x: plot.x + plot.width + 14, top: 0, bottom: plot.y + plot.height + 4, fontSize };
  if (data.series.every((series) => series.length === 0)) {
    const words = data.series.length === 0 ? alphaWords.allFixed : undefined;
    const labels = layoutEndLabels([...fixed.ends, ...kept.ends], labelFrame);
    return {
      ...scene,
      hover: null,
      marks: [...marks, ...kept.marks, ...fixed.marks, ...labels, emptyMessage(view, plot, words)],
    };
  }
  const drawn = data.series.map((series) => layoutSeries(series, frame));
  const hover = withPinnedRows(readHover(frame), kept);
  const over = hover === null ? [] : layoutHover(hover, plot, view);
  const ends = [...drawn.flatMap((one) => one.ends), ...fixed.ends, ...kept.ends];
  const now =
    data.scrubX === null ? [] : [verticalRule('now', toPixel(axes.x, data.scrubX), plot, view.theme.ink)];
  return {
    ...scene,
    hover,
    marks: [
      ...clearTicks(marks, over),
      ...kept.marks,
      ...fixed.marks,
      ...drawn.flatMap((one) => one.marks),
      ...now,
      ...(over.length === 0 ? layoutEndLabels(ends, labelFrame) : over),
    ],
  };
}

export function drawAlphaChart(ctx: Pen2D, scene: AlphaScene): void {
  drawScene(ctx, scene);
}

/** "RMAML: α 0.014 (0.008 to 0.021) at iteration 2,000. MAML: fixed at 0.01." */
export function summariseAlphaChart(data: AlphaChartData, labelOf: (id: AlgorithmId) => string): string {
  const learned = data.series.map((series) => {
    if (series.length === 0) return frameWords.notTrained(labelOf(series.algorithm));
    // Metrics begin with iteration 1: the nearest to 0, and named in the sentence.
    const at = data.scrubX === null ? series.length - 1 : Math.max(0, lastAtOrBefore(series, data.scrubX));
    const [name, alpha] = [labelOf(series.algorithm), formatAlpha(series.mean[at]!)];
    const when = groupThousands(series.iteration[at]!);
    if (data.mode === 'scalar') return alphaWords.learned(name, alpha, when);
    const range = frameWords.range(formatAlpha(series.min[at]!), formatAlpha(series.max[at]!));
    return alphaWords.learnedRange(name, alpha, range, when);
  });
  const fixed = data.fixed.map((run) => alphaWords.fixedAt(labelOf(run.algorithm), formatAlpha(run.alpha)));
  return [...learned, ...fixed].join(' ');
}

/** At most this many rows per run: a table is for reading. The newest row is always there. */
const TABLE_ROWS = 500;

/** One row per algorithm and iteration (thinned evenly), with the mean, least and greatest α. */
export function tableAlphaChart(data: AlphaChartData, labelOf: (id: AlgorithmId) => string): ChartTable {
  const rows = data.series.flatMap((series) => {
    const stride = Math.max(Math.ceil(series.length / TABLE_ROWS), 1);
    const picked = Array.from({ length: series.length }, (_, i) => i).filter(
      (i) => (series.length - 1 - i) % stride === 0,
    );
    return picked.map((i) => [
      labelOf(series.algorithm),
      series.iteration[i]!,
      series.mean[i]!,
      series.min[i]!,
      series.max[i]!,
    ]);
  });
  return { columns: ['algorithm', 'iteration', 'mean', 'min', 'max'], rows };
}
