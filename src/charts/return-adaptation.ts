// The adaptation curve of meta-RL: mean return of the test tasks after 0…4 policy gradient steps, with twice its
// standard error as a band, and the published returns as hollow markers.
import type { AlgorithmId } from '../experiment/experiment.ts';
import type { PolicyAdaptationPoint } from '../training/policy-session-events.ts';
import { frameWords } from '../words/charts/frame.ts';
import { returnAdaptationWords } from '../words/charts/return-adaptation.ts';
import { emptyMessage, layoutAxes } from './axes.ts';
import { clearTicks, layoutHover, verticalRule } from './hover.ts';
import { type EndLabel, labelGutter, layoutEndLabels } from './labels.ts';
import { filledMarker, hollowMarker } from './markers.ts';
import { layoutPins, type PinnedLayer, withPinned, withPinnedRows } from './pinned-layer.ts';
import type { PublishedReturns } from './published.ts';
import {
  finiteExtent,
  formatValue,
  rangeTicks,
  type Scale,
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
  lineEnd,
  polylinePixels,
  SERIES_WIDTH,
  secondaryStrength,
} from './series.ts';
import type { ChartTable } from './table.ts';

export interface ReturnAdaptationData {
  /** In the experiment's order; runs that have not been evaluated are left out. */
  readonly points: readonly PolicyAdaptationPoint[];
  /** Those that belong beside what is shown: same environment and reward. */
  readonly published: readonly PublishedReturns[];
  /** Inner step shown in the arenas, marked here. */
  readonly innerStep: number;
  readonly focus: AlgorithmId | null;
  /** Runs that the user has kept; absent or null: none. */
  readonly kept?: PinnedLayer | null;
  /** Pointer, CSS pixels from the left of the view; null when outside. */
  readonly hoverX: number | null;
}

export interface ReturnAdaptationScene extends Scene {
  readonly x: Scale;
  readonly y: Scale;
  readonly hover: HoverReadout | null;
}

interface Frame {
  readonly data: ReturnAdaptationData;
  readonly view: ChartView;
  readonly plot: Rect;
  readonly axes: { readonly x: Scale; readonly y: Scale };
}

const LAST_STEP = 4;

/** Mean ± twice the standard error. */
function bandOf(point: PolicyAdaptationPoint): { low: number[]; high: number[] } {
  const around = (sign: number) =>
    point.meanReturn.map((mean, i) => mean + sign * 2 * point.standardError[i]!);
  return { low: around(-1), high: around(1) };
}

function layoutPoint(
  point: PolicyAdaptationPoint,
  frame: Frame,
): { marks: readonly Mark[]; end: EndLabel | null } {
  const { data, view, plot, axes } = frame;
  const { scale } = densityStyle(view.density);
  const style = view.theme.algorithms[point.algorithm];
  const id = point.algorithm;
  const { low, high } = bandOf(point);
  const line = polylinePixels(point.steps, point.meanReturn, axes);
  const marks: Mark[] = [
    {
      kind: 'area',
      role: `band:${id}`,
      points: bandPixels(point.steps, low, high, axes),
      fill: style.mark,
      opacity: BAND_OPACITY * secondaryStrength(data.focus, id),
      clip: plot,
    },
    {
      kind: 'line',
      role: `mean:${id}`,
      points: line,
      stroke: style.mark,
      lineWidth: SERIES_WIDTH * scale,
      dash: style.dash.map((d) => d * scale),
      clip: plot,
    },
  ];
  const at = point.steps.indexOf(data.innerStep);
  const y = line[2 * at + 1];
  if (at >= 0 && y !== undefined && Number.isFinite(y)) {
    const where = { role: `step:${id}`, x: line[2 * at]!, y, radius: 3.5 * scale };
    const colours = { mark: style.mark, surface: view.theme.surface };
    marks.push(filledMarker(style.marker ?? 'circle', where, colours));
  }
  const stop = lineEnd(line, plot);
  if (stop === null) return { marks, end: null };
  const end = {
    role: id,
    text: style.label,
    color: style.text,
    mark: style.mark,
    endX: stop.x,
    endY: stop.y,
  };
  return { marks, end };
}

/** Hollow markers at the published returns. */
function layoutPublished(frame: Frame): readonly Mark[] {
  const { data, view, axes } = frame;
  const { scale } = densityStyle(view.density);
  return data.published.flatMap(({ algorithm, returns }) => {
    const style = view.theme.algorithms[algorithm];
    const colours = { mark: style.mark, surface: view.theme.surface };
    return returns.map((value, step) => {
      const at = { x: toPixel(axes.x, step), y: toPixel(axes.y, value), radius: 3.8 * scale };
      return hollowMarker(style.marker ?? 'circle', { role: `published:${algorithm}`, ...at }, colours);
    });
  });
}

function readHover(frame: Frame): HoverReadout | null {
  const { data, plot, axes, view } = frame;
  if (data.hoverX === null || data.hoverX < plot.x || data.hoverX > plot.x + plot.width) return null;
  const step = Math.round(toValue(axes.x, data.hoverX));
  const rows = data.points.flatMap((point) => {
    const value = point.meanReturn[point.steps.indexOf(step)];
    const style = view.theme.algorithms[point.algorithm];
    if (value === undefined) return [];
    return [{ label: style.label, value: formatValue(value), color: style.text, y: toPixel(axes.y, value) }];
  });
  const title = frameWords.countedSteps(step);
  return rows.length === 0 ? null : { x: toPixel(axes.x, step), title, rows };
}

/** Lays the chart out. `previous`: its last scene, whose y domain is kept until the data leave it. */
export function layoutReturnAdaptation(
  data: ReturnAdaptationData,
  view: ChartView,
  previous: ReturnAdaptationScene | null = null,
): ReturnAdaptationScene {
  const { fontSize } = densityStyle(view.density);
  const measured = data.points.flatMap((point) => {
    const { low, high } = bandOf(point);
    return [...low, ...high];
  });
  const known = data.points.length === 0 ? [] : data.published.flatMap(({ returns }) => returns);
  const xDomain = [0, LAST_STEP] as const;
  const extent = withPinned(finiteExtent([...measured, ...known]), data.kept, xDomain);
  const yDomain = steppingRangeDomain(previous?.y.domain ?? null, extent);
  const names = data.points.map(({ algorithm }) => view.theme.algorithms[algorithm].label);
  const { plot, marks, ...axes } = layoutAxes(view, {
    x: { domain: xDomain, kind: 'linear', ticks: [0, 1, 2, 3, 4], unit: frameWords.steps },
    y: { domain: yDomain, kind: 'linear', ticks: rangeTicks(yDomain) },
    rightGutter: labelGutter([...names, ...(data.kept?.names ?? [])], fontSize),
  });
  const frame: Frame = { data, view, plot, axes };
  const { width, height, theme } = view;
  const kept = layoutPins(data.kept, { ...frame, taken: names.length, hoverX: data.hoverX });
  const hover = withPinnedRows(readHover(frame), kept);
  const scene = { width, height, background: theme.surface, plot, ...axes, hover };
  if (data.points.length === 0)
    return { ...scene, marks: [...marks, ...kept.marks, emptyMessage(view, plot)] };
  const drawn = data.points.map((point) => layoutPoint(point, frame));
  const all = drawn.flatMap((one) => one.marks);
  const over = hover === null ? [] : layoutHover(hover, plot, view);
  const ends = drawn.flatMap(({ end }) => (end === null ? [] : [end]));
  const labelFrame = { x: plot.x + plot.width + 14, top: 0, bottom: plot.y + plot.height + 4, fontSize };
  return {
    ...scene,
    marks: [
      ...clearTicks(marks, over),
      verticalRule('shown-step', toPixel(axes.x, Math.min(data.innerStep, LAST_STEP)), plot, theme.rule),
      ...kept.marks,
      ...all.filter((mark) => mark.kind === 'area'),
      ...all.filter((mark) => mark.kind !== 'area'),
      ...layoutPublished(frame),
      ...(over.length === 0 ? layoutEndLabels([...ends, ...kept.ends], labelFrame) : over),
    ],
  };
}

/** "MAML: −38.1, −12.2, −8.0, … after 0, 1, 2, … steps, 40 test tasks. Published: …" */
export function describeReturnAdaptation(
  data: ReturnAdaptationData,
  nameOf: (id: AlgorithmId) => string,
): string {
  if (data.points.length === 0) return frameWords.nothing;
  const list = (values: readonly number[]) => values.map(formatValue).join(', ');
  const measured = data.points.map(({ algorithm, meanReturn, tasks }) =>
    returnAdaptationWords.measured(nameOf(algorithm), list(meanReturn), meanReturn.length - 1, tasks),
  );
  const known = data.published.map(({ algorithm, returns, source }) =>
    returnAdaptationWords.published(source, nameOf(algorithm), list(returns)),
  );
  return [...measured, ...known].join(' ');
}

/** One row per run and step. */
export function tableReturnAdaptation(
  data: ReturnAdaptationData,
  nameOf: (id: AlgorithmId) => string,
): ChartTable {
  const rows = data.points.flatMap(({ algorithm, steps, meanReturn, standardError, q25, q75 }) =>
    steps.map((step, i) => [nameOf(algorithm), step, meanReturn[i]!, standardError[i]!, q25[i]!, q75[i]!]),
  );
  return { columns: ['algorithm', 'steps', 'mean return', 'standard error', 'q25', 'q75'], rows };
}
