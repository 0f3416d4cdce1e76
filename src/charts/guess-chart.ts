// A guess: the chart that it is drawn into, and the same guess laid over the chart of the outcome, dashed in ink and
// named. Nothing of the outcome is known here.
import { type AxisSpec, layoutAxes } from './axes.ts';
import { hollowMarker } from './markers.ts';
import type { Point } from './pointer.ts';
import { type Scale, toPixel, toValue } from './scales.ts';
import { type ChartView, densityStyle, flatMarks, type Mark, type Scene } from './scene.ts';
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

function guessMarks(
  pixels: readonly Point[],
  { view, isLine, active = null }: { view: ChartView; isLine: boolean; active?: number | null },
): Mark[] {
  const { scale } = densityStyle(view.density);
  const { ink, surface } = view.theme;
  const marks: Mark[] = [];
  if (isLine) {
    marks.push({
      kind: 'line',
      role: 'guess',
      points: pixels.flatMap(({ x, y }) => [x, y]),
      stroke: ink,
      lineWidth: SERIES_WIDTH * scale,
      dash: DASH.map((d) => d * scale),
    });
  }
  pixels.forEach(({ x, y }, i) => {
    const radius = (i === active ? 6 : 4.5) * scale;
    marks.push(hollowMarker('circle', { role: 'guess-point', x, y, radius }, { mark: ink, surface }));
  });
  return marks;
}

/** The axes with the guess as it stands. */
export function layoutGuessChart(data: GuessChartData, view: ChartView): GuessScene {
  const { plot, marks, ...axes } = layoutAxes(view, { x: data.x, y: data.y, rightGutter: 10 });
  const pixels = data.points.map(({ x, y }) => ({ x: toPixel(axes.x, x), y: toPixel(axes.y, y) }));
  const own = guessMarks(pixels, { view, isLine: !data.isCategorical, active: data.active });
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

/**
 * The outcome's scene with the guess over it. Curves have scales for both axes; a chart of rows (final distances) has
 * one, and a name in every row: the guess's points then stand in the rows, in their order.
 */
export function withGuess(scene: Scene, points: GuessPoints, view: ChartView, label: string): Scene {
  const pixels = guessPixels(scene, points);
  if (pixels.length === 0) return scene;
  const { plot } = scene;
  const inside = pixels.filter(
    ({ x, y }) =>
      x >= plot.x - 1 && x <= plot.x + plot.width + 1 && y >= plot.y - 1 && y <= plot.y + plot.height + 1,
  );
  const isLine = hasScales(scene);
  const own = guessMarks(isLine ? pixels : inside, { view, isLine }).filter(
    (mark) => mark.kind !== 'marker' || inside.some(({ x, y }) => mark.x === x && mark.y === y),
  );
  const clipped = own.map((mark): Mark => (mark.kind === 'line' ? { ...mark, clip: plot } : mark));
  return { ...scene, marks: [...scene.marks, ...clipped, ...nameOf(inside.at(-1), scene, view, label)] };
}

function guessPixels(scene: Scene, points: GuessPoints): readonly Point[] {
  if (hasScales(scene)) {
    return points
      .map(({ x, y }) => ({ x: toPixel(scene.x, x), y: toPixel(scene.y, y) }))
      .filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y));
  }
  if (!hasValues(scene)) return [];
  const rows = flatMarks(scene.marks).flatMap((mark) =>
    mark.kind === 'text' && mark.role.startsWith('name:') ? [mark.y] : [],
  );
  return points.flatMap(({ y }, i) => {
    const row = rows[i];
    const x = toPixel(scene.x, y);
    return row === undefined || !Number.isFinite(x) ? [] : [{ x, y: row }];
  });
}

/** "your guess" at the last point that is seen, inside the plot. */
function nameOf(at: Point | undefined, scene: Scene, view: ChartView, label: string): Mark[] {
  if (at === undefined) return [];
  const { fontSize, scale } = densityStyle(view.density);
  const { plot } = scene;
  const words = { role: 'guess-name', fill: view.theme.ink, fontSize, halo: view.theme.surface };
  const apart = 9 * scale;
  if (!hasScales(scene)) {
    // In a row of its own: beside the point, where there is room.
    const fits = at.x + apart + textWidth(label, fontSize) <= plot.x + plot.width;
    return [
      textMark(label, {
        ...words,
        x: at.x + (fits ? apart : -apart),
        y: at.y,
        align: fits ? 'left' : 'right',
      }),
    ];
  }
  const above = at.y - plot.y > fontSize * 1.6;
  const width = textWidth(label, fontSize);
  const x = Math.min(at.x + 4, plot.x + plot.width) - width;
  const y = at.y + (above ? -1 : 1) * (fontSize * 0.75 + 5 * scale);
  return [textMark(label, { ...words, x: Math.max(x, plot.x), y })];
}
