// Distance to the main cloud's centre over meta-iterations: per strategy the run on the stage as a bold line up to
// now, faint beyond it, over the quartile band and the median of many seeds.
import type { ReachingRun } from '../algorithms/reaching-run.ts';
import type { Strategy } from '../experiment/experiment.ts';
import type { SeedsOutcome } from '../training/reaching-outcome.ts';
import { frameWords } from '../words/charts/frame.ts';
import { reachingDistanceWords } from '../words/charts/reaching-distance.ts';
import { emptyMessage, layoutAxes } from './axes.ts';
import { clearTicks, layoutHover, verticalRule } from './hover.ts';
import { type EndLabel, labelGutter, layoutEndLabels } from './labels.ts';
import { filledMarker } from './markers.ts';
import type { AgentStyle } from './palette.ts';
import {
  formatValue,
  groupThousands,
  halfTicks,
  type Scale,
  steppingDomain,
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
import { type Axes2, BAND_OPACITY, bandPixels, polylinePixels, SERIES_WIDTH } from './series.ts';
import type { ChartTable } from './table.ts';

export interface ReachingDistanceData {
  /** The runs on the stage, in the experiment's order; all of equal length. */
  readonly runs: readonly ReachingRun[];
  /** null: not computed yet. */
  readonly outcome: SeedsOutcome | null;
  /** The outcome is of earlier settings than the runs: drawn faint. */
  readonly isOutcomeStale?: boolean;
  /** Iteration shown on the stage, 0 … T; may lie between two while it plays. */
  readonly now: number;
  /** Pointer, CSS pixels from the left of the view; null when outside. */
  readonly hoverX: number | null;
}

export interface ReachingDistanceScene extends Scene {
  readonly x: Scale;
  readonly y: Scale;
  readonly hover: HoverReadout | null;
}

interface Frame {
  readonly data: ReachingDistanceData;
  readonly view: ChartView;
  readonly plot: Rect;
  readonly axes: Axes2;
}

/** Distance at a place between two iterations, as the agent is drawn there; NaN off the run. */
function distanceAt(run: ReachingRun, at: number): number {
  const low = Math.floor(at);
  const from = run.distances[low] ?? Number.NaN;
  const to = run.distances[Math.min(low + 1, run.iterations)] ?? Number.NaN;
  return from + (at - low) * (to - from);
}

/** The least window of the run's curve: [0, now] or [now, T], `now` itself included. */
function curve(run: ReachingRun, from: number, to: number, axes: Axes2): Float64Array {
  const xs: number[] = [from];
  for (let t = Math.floor(from) + 1; t < to; t++) xs.push(t);
  xs.push(to);
  return polylinePixels(
    xs,
    xs.map((t) => distanceAt(run, t)),
    axes,
  );
}

function layoutBands({ data, view, plot, axes }: Frame): readonly Mark[] {
  const { outcome } = data;
  if (outcome === null) return [];
  const { scale } = densityStyle(view.density);
  const strength = data.isOutcomeStale ? 0.4 : 1;
  const bands = outcome.strategies.map(
    ({ strategy, q25, q75 }): Mark => ({
      kind: 'area',
      role: `band:${strategy}`,
      points: bandPixels(outcome.at, q25, q75, axes),
      fill: view.theme.agents[strategy].mark,
      opacity: BAND_OPACITY * strength,
      clip: plot,
    }),
  );
  const medians = outcome.strategies.map(({ strategy, median }): Mark => {
    const style = view.theme.agents[strategy];
    return {
      kind: 'line',
      role: `median:${strategy}`,
      points: polylinePixels(outcome.at, median, axes),
      stroke: style.mark,
      lineWidth: scale,
      dash: [4 * scale, 3 * scale],
      opacity: 0.9 * strength,
      clip: plot,
    };
  });
  return [...bands, ...medians];
}

function layoutRun(run: ReachingRun, { data, view, plot, axes }: Frame): readonly Mark[] {
  const { scale } = densityStyle(view.density);
  const style: AgentStyle = view.theme.agents[run.strategy];
  const now = Math.min(Math.max(data.now, 0), run.iterations);
  const line = (role: string, points: Float64Array, lineWidth: number, opacity: number): Mark => ({
    kind: 'line',
    role: `${role}:${run.strategy}`,
    points,
    stroke: style.mark,
    lineWidth: lineWidth * scale,
    dash: style.dash.map((d) => d * scale),
    opacity,
    clip: plot,
  });
  return [
    line('beyond', curve(run, now, run.iterations, axes), 1, 0.3),
    line('run', curve(run, 0, now, axes), 1.25 * SERIES_WIDTH, 1),
  ];
}

function layoutNowMarker(run: ReachingRun, { data, view, axes, plot }: Frame): readonly Mark[] {
  const { scale } = densityStyle(view.density);
  const style = view.theme.agents[run.strategy];
  const now = Math.min(Math.max(data.now, 0), run.iterations);
  const at = {
    role: `now:${run.strategy}`,
    x: toPixel(axes.x, now),
    y: Math.max(toPixel(axes.y, distanceAt(run, now)), plot.y),
    radius: 3.4 * scale,
  };
  if (!Number.isFinite(at.y)) return [];
  return [filledMarker(style.marker, at, { mark: style.mark, surface: view.theme.surface })];
}

/** Names at the end of the runs; they stand still while `now` moves. */
function endLabels({ data, view, plot, axes }: Frame): readonly EndLabel[] {
  return data.runs.map((run) => {
    const style = view.theme.agents[run.strategy];
    const end = toPixel(axes.y, run.distances.at(-1) ?? Number.NaN);
    return {
      role: run.strategy,
      text: style.label,
      color: style.text,
      mark: style.mark,
      endX: plot.x + plot.width,
      endY: Math.max(end, plot.y),
    };
  });
}

function readHover({ data, view, plot, axes }: Frame): HoverReadout | null {
  const { hoverX } = data;
  if (hoverX === null || hoverX < plot.x || hoverX > plot.x + plot.width || data.runs.length === 0)
    return null;
  const iteration = Math.round(toValue(axes.x, hoverX));
  const rows = data.runs.map((run) => {
    const style = view.theme.agents[run.strategy];
    const value = distanceAt(run, iteration);
    return { label: style.label, value: formatValue(value), color: style.text, y: toPixel(axes.y, value) };
  });
  return { x: toPixel(axes.x, iteration), title: frameWords.iteration(groupThousands(iteration)), rows };
}

function greatestDistance({ runs, outcome }: ReachingDistanceData): number | null {
  let most = Number.NEGATIVE_INFINITY;
  for (const values of [
    ...runs.map((run) => run.distances),
    ...(outcome?.strategies.map((s) => s.q75) ?? []),
  ]) {
    for (const value of values) if (Number.isFinite(value) && value > most) most = value;
  }
  return most > 0 ? most : null;
}

/** Lays the chart out. `previous`: its last scene, whose y-domain is kept until the data leave it. */
export function layoutReachingDistance(
  data: ReachingDistanceData,
  view: ChartView,
  previous: ReachingDistanceScene | null = null,
): ReachingDistanceScene {
  const { fontSize } = densityStyle(view.density);
  const most = greatestDistance(data);
  const yDomain = steppingDomain(previous?.y.domain ?? null, most ?? (previous ? null : 8));
  const iterations = data.runs[0]?.iterations ?? data.outcome?.at.at(-1) ?? 200;
  const xDomain = [0, Math.max(iterations, 1)] as const;
  const names = Object.values(view.theme.agents).map((style) => style.label);
  const { plot, marks, ...axes } = layoutAxes(view, {
    x: { domain: xDomain, kind: 'linear', ticks: halfTicks(xDomain), unit: frameWords.iterations },
    y: { domain: yDomain, kind: 'linear', ticks: ticksOf(yDomain) },
    rightGutter: labelGutter(names, fontSize),
  });
  const { width, height, theme } = view;
  const scene = { width, height, background: theme.surface, plot, ...axes };
  if (data.runs.length === 0) return { ...scene, hover: null, marks: [...marks, emptyMessage(view, plot)] };
  const frame: Frame = { data, view, plot, axes };
  const hover = readHover(frame);
  const over = hover === null ? [] : layoutHover(hover, plot, view);
  const labels = { x: plot.x + plot.width + 14, top: 0, bottom: plot.y + plot.height + 4, fontSize };
  const nowX = toPixel(axes.x, Math.min(Math.max(data.now, 0), iterations));
  return {
    ...scene,
    hover,
    marks: [
      ...clearTicks(marks, over),
      ...layoutBands(frame),
      ...data.runs.flatMap((run) => layoutRun(run, frame)),
      verticalRule('now', Math.min(nowX, plot.x + plot.width - 0.5), plot, theme.ink),
      ...data.runs.flatMap((run) => layoutNowMarker(run, frame)),
      ...(over.length === 0 ? layoutEndLabels(endLabels(frame), labels) : over),
    ],
  };
}

const nameOf = (strategy: Strategy): string => strategy.toUpperCase();

/** "Distance to the main centre at iteration 120: UNIFORM 1.62, …; medians of 100 seeds at the end: …" */
export function describeReachingDistance({ runs, outcome, now }: ReachingDistanceData): string {
  if (runs.length === 0) return reachingDistanceWords.nothing;
  const here = runs.map((run) => `${nameOf(run.strategy)} ${formatValue(distanceAt(run, now))}`).join(', ');
  const text = reachingDistanceWords.summary(groupThousands(Math.floor(now)), here);
  if (outcome === null) return text;
  const ends = outcome.strategies.map(
    (s) => `${nameOf(s.strategy)} ${formatValue(s.median.at(-1) ?? Number.NaN)}`,
  );
  return `${text} ${reachingDistanceWords.medians(groupThousands(outcome.seeds), ends.join(', '))}`;
}

/** One row per strategy and iteration; quantiles where they were taken. */
export function tableReachingDistance({ runs, outcome }: ReachingDistanceData): ChartTable {
  const rows = runs.flatMap((run) => {
    const seeds = outcome?.strategies.find((one) => one.strategy === run.strategy);
    const places = new Map(Array.from(outcome?.at ?? [], (iteration, p) => [iteration, p] as const));
    return Array.from(run.distances, (distance, t) => {
      const p = places.get(t);
      const over = (values: Float64Array | undefined): number | null =>
        p === undefined ? null : (values?.[p] ?? null);
      return [nameOf(run.strategy), t, distance, over(seeds?.median), over(seeds?.q25), over(seeds?.q75)];
    });
  });
  return { columns: ['strategy', 'iteration', 'distance', 'median', 'q25', 'q75'], rows };
}
