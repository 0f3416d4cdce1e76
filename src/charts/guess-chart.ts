// A guess: the chart that it is drawn into, and the same guess laid over the chart of the outcome, dashed in ink and
// named. Nothing of the outcome is known here.
import { type AxisSpec, layoutAxes } from './axes.ts';
import { hollowMarker } from './markers.ts';
import type { Point } from './pointer.ts';
import { formatValue, type Scale, toPixel, toValue } from './scales.ts';
import { type ChartView, densityStyle, flatMarks, type Mark, type Rect, type Scene } from './scene.ts';
import { SERIES_WIDTH } from './series.ts';
import { textMark, textWidth } from './text.ts';

/** Points in the units of the axes, ascending in x. */
export type GuessPoints = readonly { readonly x: number; readonly y: number }[];

export interface GuessChartData {
  readonly x: AxisSpec;
  readonly y: AxisSpec;
  readonly points: GuessPoints;
  /** Categories along x: markers alone, nothing lies between them. */
  readonly isCategorical: boolean;
  /** Index of the point that is being moved; null: none. */
  readonly active: number | null;
}

export interface GuessScene extends Scene {
  readonly x: Scale;
  readonly y: Scale;
}

const DASH = [6, 4];

/** Where a point of the guess is drawn. Beyond the axis of its value it is held at the edge, and points outwards. */
interface Place extends Point {
  readonly beyond: 'high' | 'low' | null;
}

interface Look {
  readonly view: ChartView;
  readonly active?: number | null;
}

function guessLine(pixels: readonly Point[], { view }: Look): Mark {
  const { scale } = densityStyle(view.density);
  return {
    kind: 'line',
    role: 'guess',
    points: pixels.flatMap(({ x, y }) => [x, y]),
    stroke: view.theme.ink,
    lineWidth: SERIES_WIDTH * scale,
    dash: DASH.map((d) => d * scale),
  };
}

const SHAPES = { high: 'triangle', low: 'nabla' } as const;

function guessPoints(places: readonly Place[], { view, active = null }: Look): readonly Mark[] {
  const { scale } = densityStyle(view.density);
  const { ink, surface } = view.theme;
  return places.map(({ x, y, beyond }, i) => {
    const radius = (i === active ? 6 : 4.5) * scale;
    const shape = beyond === null ? 'circle' : SHAPES[beyond];
    return hollowMarker(shape, { role: 'guess-point', x, y, radius }, { mark: ink, surface });
  });
}

/** The axes with the guess as it stands. */
export function layoutGuessChart(data: GuessChartData, view: ChartView): GuessScene {
  const { plot, marks, ...axes } = layoutAxes(view, { x: data.x, y: data.y, rightGutter: 10 });
  const pixels = data.points.map(({ x, y }) => ({ x: toPixel(axes.x, x), y: toPixel(axes.y, y) }));
  const places = pixels.map((at): Place => ({ ...at, beyond: null }));
  const own = [
    ...(data.isCategorical ? [] : [guessLine(pixels, { view })]),
    ...guessPoints(places, { view, active: data.active }),
  ];
  const { width, height, theme } = view;
  return { width, height, background: theme.surface, plot, ...axes, marks: [...marks, ...own] };
}

/** Which point a pointer at `at` moves, and to what height: the nearest along x, inside the axes. */
export function guessAt(scene: GuessScene, points: GuessPoints, at: Point) {
  let index = 0;
  points.forEach(({ x }, i) => {
    const near = Math.abs(toPixel(scene.x, x) - at.x);
    if (near < Math.abs(toPixel(scene.x, points[index]!.x) - at.x)) index = i;
  });
  const { y, height } = scene.plot;
  return { index, y: toValue(scene.y, Math.min(Math.max(at.y, y), y + height)) };
}

function hasScales(scene: Scene): scene is GuessScene {
  return 'x' in scene && 'y' in scene;
}

function hasValues(scene: Scene): scene is Scene & { readonly x: Scale } {
  return 'x' in scene && !('y' in scene);
}

/** What stands beside the guess. */
export interface GuessNames {
  readonly name: string;
  /** The same where points lie beyond the axis, which follows the outcome: that they do, and what marks them. */
  readonly beyond: string;
}

/**
 * The outcome's scene with the guess over it. Curves have scales for both axes; a chart of rows (final distances) has
 * one, and a name in every row: the guess's points then stand in the rows, in their order.
 */
export function withGuess(scene: Scene, points: GuessPoints, view: ChartView, names: GuessNames): Scene {
  if (hasScales(scene))
    return { ...scene, marks: [...scene.marks, ...overCurves(scene, points, view, names)] };
  if (hasValues(scene)) return { ...scene, marks: [...scene.marks, ...inRows(scene, points, view, names)] };
  return scene;
}

function overCurves(scene: GuessScene, points: GuessPoints, view: ChartView, names: GuessNames): Mark[] {
  const { plot } = scene;
  const line = points
    .map(({ x, y }) => ({ x: toPixel(scene.x, x), y: toPixel(scene.y, y) }))
    .filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y));
  const places = points
    .map(({ x, y }): Place => {
      // Nothing and less has no place on a logarithmic axis: it is below.
      const at = {
        x: toPixel(scene.x, x),
        y: y <= 0 && scene.y.kind === 'log' ? Infinity : toPixel(scene.y, y),
      };
      return heldInside(at, plot, view);
    })
    .filter(({ x }) => x >= plot.x - 1 && x <= plot.x + plot.width + 1);
  const last = places.at(-1);
  if (last === undefined) return [];
  const label = places.some(({ beyond }) => beyond !== null) ? names.beyond : names.name;
  return [
    { ...guessLine(line, { view }), clip: plot },
    ...guessPoints(places, { view }),
    nameOverCurves(last, plot, view, label),
  ];
}

function heldInside(at: Point, plot: Rect, view: ChartView): Place {
  const bottom = plot.y + plot.height;
  const room = 6 * densityStyle(view.density).scale;
  if (at.y < plot.y - 1) return { x: at.x, y: plot.y + room, beyond: 'high' };
  if (at.y > bottom + 1) return { x: at.x, y: bottom - room, beyond: 'low' };
  return { ...at, beyond: null };
}

/** At the last point that is seen, inside the plot. */
function nameOverCurves(at: Point, plot: Rect, view: ChartView, label: string): Mark {
  const { fontSize, scale } = densityStyle(view.density);
  const width = textWidth(label, fontSize);
  const x = Math.min(at.x + 4, plot.x + plot.width) - width;
  const above = at.y - plot.y > fontSize * 1.6;
  const y = at.y + (above ? -1 : 1) * (fontSize * 0.75 + 5 * scale);
  return textMark(label, { ...nameStyle(view), x: Math.max(x, plot.x), y });
}

/** In rows a point beyond the axis has its value and an arrow beside it. */
function inRows(
  scene: Scene & { readonly x: Scale },
  points: GuessPoints,
  view: ChartView,
  names: GuessNames,
): Mark[] {
  const { plot } = scene;
  const right = plot.x + plot.width;
  const rows = flatMarks(scene.marks).flatMap((mark) =>
    mark.kind === 'text' && mark.role.startsWith('name:') ? [mark.y] : [],
  );
  const seen = points.flatMap(({ y: value }, i) => {
    const row = rows[i];
    const x = toPixel(scene.x, value);
    if (row === undefined || !Number.isFinite(x) || x < plot.x - 1) return [];
    return [{ x: Math.min(x, right), y: row, arrow: x > right + 1 ? `${formatValue(value)} →` : '' }];
  });
  const places = seen.map(({ x, y }): Place => ({ x, y, beyond: null }));
  const labels = seen.flatMap(({ arrow, ...at }, i) => {
    const parts = [i === seen.length - 1 ? names.name : '', arrow].filter((part) => part !== '');
    return parts.length === 0 ? [] : [nameInRow(at, plot, view, parts.join(' '))];
  });
  return [...guessPoints(places, { view }), ...labels];
}

/** In a row of its own: beside the point, where there is room. */
function nameInRow(at: Point, plot: Rect, view: ChartView, label: string): Mark {
  const { fontSize, scale } = densityStyle(view.density);
  const apart = 9 * scale;
  const fits = at.x + apart + textWidth(label, fontSize) <= plot.x + plot.width;
  return textMark(label, {
    ...nameStyle(view),
    x: at.x + (fits ? apart : -apart),
    y: at.y,
    align: fits ? 'left' : 'right',
  });
}

function nameStyle({ density, theme }: ChartView) {
  const { fontSize } = densityStyle(density);
  return { role: 'guess-name', fill: theme.ink, fontSize, halo: theme.surface };
}
