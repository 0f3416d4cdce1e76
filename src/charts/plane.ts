// A plane on the screen: which part is shown, at one scale for both axes, and back from pixels to the plane; its quiet
// frame of ticks. Arenas and their pointers share these functions.
import { crisp } from './axes.ts';
import type { PlaneWindow } from './plane-window.ts';
import type { Point } from './pointer.ts';
import { formatTick } from './scales.ts';
import { type ChartView, densityStyle, type Mark, type Rect } from './scene.ts';
import { textMark, textWidth } from './text.ts';

/** A window of the plane laid into a plot. */
export interface ScreenPlane {
  readonly plot: Rect;
  readonly window: PlaneWindow;
  /** Pixels per unit of length. */
  readonly unit: number;
}

/** A place of the plane in pixels; y grows upward in the plane. */
export function toScreen(plane: ScreenPlane, x: number, y: number): Point {
  const { plot, window, unit } = plane;
  return {
    x: plot.x + plot.width / 2 + (x - window.x) * unit,
    y: plot.y + plot.height / 2 - (y - window.y) * unit,
  };
}

/** A pixel's place in the plane, the inverse of toScreen. */
export function toWorld(plane: ScreenPlane, at: Point): Point {
  const { plot, window, unit } = plane;
  return {
    x: window.x + (at.x - plot.x - plot.width / 2) / unit,
    y: window.y - (at.y - plot.y - plot.height / 2) / unit,
  };
}

/** Flat places [x, y, …] to flat pixels. */
export function toPixels(plane: ScreenPlane, places: ArrayLike<number>): Float64Array {
  const { plot, window, unit } = plane;
  const pixels = new Float64Array(places.length);
  const x0 = plot.x + plot.width / 2 - window.x * unit;
  const y0 = plot.y + plot.height / 2 + window.y * unit;
  for (let i = 0; i + 1 < places.length; i += 2) {
    pixels[i] = x0 + places[i]! * unit;
    pixels[i + 1] = y0 - places[i + 1]! * unit;
  }
  return pixels;
}

/** The window moved by a drag of (dx, dy) pixels: what was under the pointer stays under it. */
export function panWindow({ window, unit }: ScreenPlane, dx: number, dy: number): PlaneWindow {
  return { ...window, x: window.x - dx / unit, y: window.y + dy / unit };
}

/** The window's half side stays between these. */
const REACH_LIMITS = [0.05, 1000] as const;

/** The window with `factor` (> 1: nearer) as much zoom, the place at `at` staying where it is. */
export function zoomWindow(plane: ScreenPlane, at: Point, factor: number): PlaneWindow {
  const { window } = plane;
  const [least, most] = REACH_LIMITS;
  const reach = Math.min(Math.max(window.reach / factor, least), most);
  const fixed = toWorld(plane, at);
  const keep = reach / window.reach;
  return { x: fixed.x + (window.x - fixed.x) * keep, y: fixed.y + (window.y - fixed.y) * keep, reach };
}

const STEPS = [1, 2, 5, 10];

/** Multiples of a nice step between `low` and `high`, at least `apart` units from one to the next. */
function planeTicks(low: number, high: number, apart: number): readonly number[] {
  const power = 10 ** Math.floor(Math.log10(apart));
  const step = (STEPS.find((s) => s * power >= apart * (1 - 1e-9)) ?? 10) * power;
  const ticks: number[] = [];
  // Multiplying keeps binary dust out of the numbers; -0 would print a minus sign.
  for (let i = Math.ceil(low / step); i * step <= high; i++)
    ticks.push(Number((i * step).toPrecision(12)) || 0);
  return ticks;
}

/** Stubs and numbers along the left and the lower edge. */
export function layoutPlaneFrame(plane: ScreenPlane, view: ChartView): readonly Mark[] {
  const { plot, unit } = plane;
  const { fontSize } = densityStyle(view.density);
  const { theme } = view;
  const bottom = crisp(plot.y + plot.height);
  const left = crisp(plot.x);
  const from = toWorld(plane, { x: plot.x, y: plot.y + plot.height });
  const to = toWorld(plane, { x: plot.x + plot.width, y: plot.y });
  const apart = Math.min(90, Math.max(36, Math.min(plot.width, plot.height) / 5)) / unit;
  const look = { stroke: theme.axis, lineWidth: 1 };
  const words = { fill: theme.ink2, fontSize };
  const acrossMarks = planeTicks(from.x, to.x, apart).flatMap((tick): Mark[] => {
    const { x } = toScreen(plane, tick, 0);
    const half = textWidth(formatTick(tick), fontSize) / 2;
    if (x - half < plot.x || x + half > plot.x + plot.width) return [];
    return [
      { kind: 'line', role: 'x-stub', points: [crisp(x), bottom, crisp(x), bottom + 4], ...look },
      textMark(formatTick(tick), {
        role: 'x-tick',
        x,
        y: bottom + fontSize * 0.95,
        align: 'center',
        ...words,
      }),
    ];
  });
  const upMarks = planeTicks(from.y, to.y, apart).flatMap((tick): Mark[] => {
    const { y } = toScreen(plane, 0, tick);
    if (y - fontSize * 0.6 < plot.y || y + fontSize * 0.6 > plot.y + plot.height) return [];
    return [
      { kind: 'line', role: 'y-stub', points: [left - 4, crisp(y), left, crisp(y)], ...look },
      textMark(formatTick(tick), { role: 'y-tick', x: left - 7, y, align: 'right', ...words }),
    ];
  });
  const edge: Mark = {
    kind: 'line',
    role: 'frame',
    points: [left, plot.y, left, bottom, plot.x + plot.width, bottom],
    ...look,
    stroke: theme.rule,
  };
  return [edge, ...acrossMarks, ...upMarks];
}
