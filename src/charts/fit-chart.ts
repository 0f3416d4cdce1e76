// One algorithm's fit of the user's task: the true curve, the support points, f before adaptation and after each
// inner step. Adaptation itself happens elsewhere; this only lays out what it is given.
import type { AlgorithmId } from '../experiment/experiment.ts';
import { fitWords } from '../words/charts/fit-chart.ts';
import { frameWords } from '../words/charts/frame.ts';
import type { ColumnName } from '../words/columns.ts';
import { emptyMessage, layoutAxes } from './axes.ts';
import { drawScene, type Pen2D } from './draw-scene.ts';
import { findFreePlace, type Place } from './free-place.ts';
import type { Handle } from './pointer.ts';
import {
  type Domain,
  finiteExtent,
  formatValue,
  type Scale,
  steppingSymmetricDomain,
  ticksOf,
  toPixel,
  toValue,
} from './scales.ts';
import { type ChartView, densityStyle, type LineMark, type Mark, type Scene } from './scene.ts';
import type { ChartTable } from './table.ts';
import { textMark } from './text.ts';

export interface FitChartData {
  readonly algorithm: AlgorithmId;
  /** Abscissae of the curves [n], ascending. */
  readonly gridX: ArrayLike<number>;
  /** True curve [n]. */
  readonly truth: ArrayLike<number>;
  /** f before adaptation and after 1…k steps, each [n]; the last is the one shown strong. Empty before the run. */
  readonly fits: readonly ArrayLike<number>[];
  readonly support: readonly { readonly x: number; readonly y: number }[];
  readonly xDomain: Domain;
  /** Shared by all panels: from stepFitDomain. */
  readonly yDomain: Domain;
  /** Support point under the pointer or with the focus. */
  readonly activePoint: number | null;
  /** The true curve is under the pointer, dragged or focused. */
  readonly curveActive: boolean;
  /** Whether 'true' and 'before' are written (once, in the first panel). */
  readonly named: boolean;
}

export interface FitScene extends Scene {
  readonly x: Scale;
  readonly y: Scale;
  /** Support points in pixels, for hit-testing and the keyboard's focus. */
  readonly handles: readonly Handle[];
  /** True curve in pixels, flat [x, y, …]. */
  readonly truth: ArrayLike<number>;
  /** Where the words stand; hand the scene back as `previous` and they stay while there is room. */
  readonly places: { readonly truth: Place | null; readonly before: Place | null };
}

/** Fits may widen the axis to this multiple of the task's own reach; wilder ones leave the plot. */
const FIT_REACH = 1.5;

/**
 * The y-domain common to all panels: steps when the task or the final fits leave it. Pass `previous` unchanged
 * while the user drags, so that the ground does not move under the pointer.
 */
export function stepFitDomain(
  previous: Domain | null,
  panels: readonly Pick<FitChartData, 'truth' | 'support' | 'fits'>[],
): Domain {
  const reach = (values: Iterable<number>): number => {
    const extent = finiteExtent(values);
    return extent === null ? 0 : Math.max(-extent[0], extent[1]);
  };
  let own = 0;
  let fitted = 0;
  for (const panel of panels) {
    own = Math.max(own, reach(Array.from(panel.truth)), reach(panel.support.map((point) => point.y)));
    fitted = Math.max(fitted, reach(Array.from(panel.fits.at(-1) ?? [])));
  }
  const wanted = Math.max(own, Math.min(fitted, own * FIT_REACH));
  return steppingSymmetricDomain(previous, wanted > 0 ? wanted : null);
}

function polyline(x: Scale, y: Scale, xs: ArrayLike<number>, ys: ArrayLike<number>): Float32Array {
  const points = new Float32Array(2 * xs.length);
  for (let i = 0; i < xs.length; i++) {
    points[2 * i] = toPixel(x, xs[i]!);
    points[2 * i + 1] = toPixel(y, ys[i] ?? Number.NaN);
  }
  return points;
}

/** Curves of f: dotted before, thin and growing stronger during, 2.5 px after. */
function fitLines(data: FitChartData, curves: readonly Float32Array[], view: ChartView): readonly LineMark[] {
  const { scale } = densityStyle(view.density);
  const style = view.theme.algorithms[data.algorithm];
  const last = curves.length - 1;
  return curves.map((points, step): LineMark => {
    const line = { kind: 'line', role: `fit:${step}`, points, stroke: style.mark } as const;
    if (step === last && last > 0)
      return { ...line, lineWidth: 2.5 * scale, dash: style.dash.map((d) => d * 1.4) };
    if (step === 0) return { ...line, lineWidth: 1.25 * scale, dash: [1.25 * scale, 3 * scale] };
    return { ...line, lineWidth: 1.25 * scale, opacity: 0.25 + (0.35 * step) / last };
  });
}

function supportMarks(data: FitChartData, handles: readonly Handle[], view: ChartView): readonly Mark[] {
  const { scale } = densityStyle(view.density);
  const { ink, surface } = view.theme;
  return handles.flatMap((at): Mark[] => {
    const ring = (role: string, radius: number, fill: string | null): Mark => ({
      kind: 'marker',
      role,
      shape: 'circle',
      x: at.x,
      y: at.y,
      radius,
      fill,
      stroke: ink,
      lineWidth: 1.5 * scale,
    });
    const point = ring('support', 4.5 * scale, surface);
    return at.index === data.activePoint ? [ring('support-ring', 9 * scale, surface), point] : [point];
  });
}

interface Lines {
  readonly truth: Float32Array;
  readonly curves: readonly Float32Array[];
  readonly handles: readonly Handle[];
}

function layoutWords(
  data: FitChartData,
  lines: Lines,
  plot: Scene['plot'],
  context: { readonly view: ChartView; readonly previous: FitScene | null },
): { readonly marks: readonly Mark[]; readonly places: FitScene['places'] } {
  if (!data.named) return { marks: [], places: { truth: null, before: null } };
  const { view, previous } = context;
  const { fontSize } = densityStyle(view.density);
  const points = lines.handles.flatMap((handle) => [handle.x, handle.y]);
  const obstacles = [lines.truth, ...lines.curves, points];
  const common = { fontSize, obstacles, plot };
  const truth = findFreePlace({
    ...common,
    text: fitWords.truth,
    curve: lines.truth,
    taken: [],
    prefer: 0.92,
    previous: previous?.places.truth ?? null,
  });
  const marks: Mark[] = [];
  const word = (role: string, text: string, at: { x: number; y: number }, fill: string) =>
    textMark(text, { role, x: at.x, y: at.y, align: 'center', fill, fontSize, halo: view.theme.surface });
  if (truth !== null) marks.push(word('label:true', fitWords.truth, truth, view.theme.ink));
  const first = lines.curves[0];
  const before =
    first === undefined
      ? null
      : findFreePlace({
          ...common,
          text: fitWords.before,
          curve: first,
          taken: marks.flatMap((mark) => (mark.kind === 'text' ? [mark.box] : [])),
          prefer: 0.25,
          previous: previous?.places.before ?? null,
        });
  if (before !== null) {
    marks.push(word('label:before', fitWords.before, before, view.theme.algorithms[data.algorithm].text));
  }
  return { marks, places: { truth: truth?.place ?? null, before: before?.place ?? null } };
}

/** Lays out one panel. `previous`: this panel's last scene, so that its words stay put. */
export function layoutFitChart(
  data: FitChartData,
  view: ChartView,
  previous: FitScene | null = null,
): FitScene {
  const { scale } = densityStyle(view.density);
  const middle = (data.xDomain[0] + data.xDomain[1]) / 2;
  const { plot, x, y, marks } = layoutAxes(view, {
    x: { domain: data.xDomain, kind: 'linear', ticks: [data.xDomain[0], middle, data.xDomain[1]] },
    y: { domain: data.yDomain, kind: 'linear', ticks: ticksOf(data.yDomain) },
    rightGutter: 0,
  });
  const truth = polyline(x, y, data.gridX, data.truth);
  const curves = data.fits.map((fit) => polyline(x, y, data.gridX, fit));
  const handles = data.support.flatMap(({ x: px, y: py }, index): Handle[] => {
    const at = { x: toPixel(x, px), y: toPixel(y, py) };
    return Number.isFinite(at.x + at.y) ? [{ kind: 'support', index, ...at }] : [];
  });
  const trueLine: LineMark = {
    kind: 'line',
    role: 'true',
    points: truth,
    stroke: view.theme.ink,
    lineWidth: (data.curveActive ? 2.25 : 1.25) * scale,
    dash: [6 * scale, 4 * scale],
  };
  const words = layoutWords(data, { truth, curves, handles }, plot, { view, previous });
  const clipped = [...fitLines(data, curves, view), trueLine].map((mark): Mark => ({ ...mark, clip: plot }));
  const empty = curves.length === 0 ? [emptyMessage(view, { ...plot, y: plot.y + plot.height * 0.41 })] : [];
  return {
    width: view.width,
    height: view.height,
    background: view.theme.surface,
    plot,
    marks: [...marks, ...clipped, ...supportMarks(data, handles, view), ...words.marks, ...empty],
    x,
    y,
    handles,
    truth,
    places: words.places,
  };
}

/** Task coordinates of a pixel, kept inside the plot: where a dragged point goes. */
export function fitPointAt(
  scene: FitScene,
  at: { readonly x: number; readonly y: number },
): { x: number; y: number } {
  const { plot } = scene;
  return {
    x: toValue(scene.x, Math.min(Math.max(at.x, plot.x), plot.x + plot.width)),
    y: toValue(scene.y, Math.min(Math.max(at.y, plot.y), plot.y + plot.height)),
  };
}

export function drawFitChart(ctx: Pen2D, scene: FitScene): void {
  drawScene(ctx, scene);
}

/** Mean squared distance of a fit from the true curve over the grid. */
function errorOf(data: FitChartData, fit: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < data.truth.length; i++) sum += (fit[i]! - data.truth[i]!) ** 2;
  return sum / data.truth.length;
}

/** "MAML: mean squared error 3.73 before adaptation, 0.01 after 5 steps on 10 points." */
export function summariseFitChart(data: FitChartData, labelOf: (id: AlgorithmId) => string): string {
  const name = labelOf(data.algorithm);
  const first = data.fits[0];
  const last = data.fits.at(-1);
  const support = data.support.length;
  if (first === undefined || last === undefined) return fitWords.notTrained(name, support);
  const errors = [formatValue(errorOf(data, first)), formatValue(errorOf(data, last))] as const;
  return fitWords.summary(name, errors, frameWords.afterSteps(data.fits.length - 1), support);
}

/** One row per abscissa: x, true, before, after 1…k steps. */
export function tableFitChart(data: FitChartData): ChartTable {
  const steps = data.fits.map((_, step): ColumnName => (step === 0 ? 'before' : `after ${step}`));
  return {
    columns: ['x', 'true', ...steps],
    rows: Array.from(data.gridX, (x, i) => [x, data.truth[i]!, ...data.fits.map((fit) => fit[i]!)]),
  };
}
