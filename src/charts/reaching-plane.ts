// The Reaching lab's plane on the screen: which part is shown, at one scale for both axes, and back from pixels to
// the plane. Also its quiet frame of ticks. The charts and the pointer share these functions.
import type { ReachingExperiment } from '../experiment/reaching-experiment.ts';
import { crisp } from './axes.ts';
import type { PlaneWindow } from './plane-window.ts';
import type { Point } from './pointer.ts';
import { formatTick } from './scales.ts';
import { type ChartView, densityStyle, type Mark, type Rect } from './scene.ts';
import { textMark, textWidth } from './text.ts';

/** A window of the plane laid into a plot. */
export interface ArenaPlane {
  readonly plot: Rect;
  readonly window: PlaneWindow;
  /** Pixels per unit of length. */
  readonly unit: number;
}

/** Height from which the arena has words beneath it. */
const LEGEND_FROM = 300;

/** Whether an arena of this size carries the key and the sentence about the mean pull. */
export function hasLegend(view: ChartView): boolean {
  return view.height >= LEGEND_FROM && view.width >= 420;
}

/** Where the plane lies in a view; depends on the view alone, so that the pointer can ask at any time. */
export function arenaPlot(view: ChartView): Rect {
  const { fontSize } = densityStyle(view.density);
  const left = Math.ceil(textWidth('−10', fontSize) + 10);
  const foot = Math.ceil(fontSize * (hasLegend(view) ? 5 : 1.7));
  const width = Math.max(Math.floor(view.width - left - 4), 1);
  return { x: left, y: 4, width, height: Math.max(Math.floor(view.height - 4 - foot), 1) };
}

/** The window in this view; its reach spans half of the plot's shorter side. */
export function arenaPlane(window: PlaneWindow, view: ChartView): ArenaPlane {
  const plot = arenaPlot(view);
  return { plot, window, unit: Math.min(plot.width, plot.height) / 2 / window.reach };
}

/** A place of the plane in pixels; y grows upward in the plane. */
export function toScreen(plane: ArenaPlane, x: number, y: number): Point {
  const { plot, window, unit } = plane;
  return {
    x: plot.x + plot.width / 2 + (x - window.x) * unit,
    y: plot.y + plot.height / 2 - (y - window.y) * unit,
  };
}

/** A pixel's place in the plane, the inverse of toScreen. */
export function toWorld(plane: ArenaPlane, at: Point): Point {
  const { plot, window, unit } = plane;
  return {
    x: window.x + (at.x - plot.x - plot.width / 2) / unit,
    y: window.y - (at.y - plot.y - plot.height / 2) / unit,
  };
}

/** Flat places [x, y, …] to flat pixels. */
export function toPixels(plane: ArenaPlane, places: ArrayLike<number>): Float64Array {
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
export function panWindow({ window, unit }: ArenaPlane, dx: number, dy: number): PlaneWindow {
  return { ...window, x: window.x - dx / unit, y: window.y + dy / unit };
}

/** The window's half side stays between these. */
const REACH_LIMITS = [0.05, 1000] as const;

/** The window with `factor` (> 1: nearer) as much zoom, the place at `at` staying where it is. */
export function zoomWindow(plane: ArenaPlane, at: Point, factor: number): PlaneWindow {
  const { window } = plane;
  const [least, most] = REACH_LIMITS;
  const reach = Math.min(Math.max(window.reach / factor, least), most);
  const fixed = toWorld(plane, at);
  const keep = reach / window.reach;
  return { x: fixed.x + (window.x - fixed.x) * keep, y: fixed.y + (window.y - fixed.y) * keep, reach };
}

/** One cloud of the experiment by its index in REACHING_CLOUDS. */
export interface ArenaCloud {
  readonly index: 0 | 1 | 2;
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly spread: number;
  readonly count: number;
}

/** Main cloud and both noise clouds. */
export function cloudsOf(experiment: ReachingExperiment): readonly ArenaCloud[] {
  const e = experiment;
  const noise = 'noise cloud';
  return [
    { index: 0, name: 'main cloud', x: e.mainX, y: e.mainY, spread: e.mainSpread, count: e.mainCount },
    {
      index: 1,
      name: noise,
      x: e.firstNoiseX,
      y: e.firstNoiseY,
      spread: e.firstNoiseSpread,
      count: e.firstNoiseCount,
    },
    {
      index: 2,
      name: noise,
      x: e.secondNoiseX,
      y: e.secondNoiseY,
      spread: e.secondNoiseSpread,
      count: e.secondNoiseCount,
    },
  ];
}

/** A window that holds the clouds to 2.5 standard deviations, the start and the painted tasks, with some air. */
export function fitArena(experiment: ReachingExperiment, view: ChartView): PlaneWindow {
  const xs = [experiment.startX];
  const ys = [experiment.startY];
  for (const { x, y, spread, count } of cloudsOf(experiment)) {
    const reach = count > 0 ? 2.5 * spread : 0;
    xs.push(x - reach, x + reach);
    ys.push(y - reach, y + reach);
  }
  for (let i = 0; i + 1 < experiment.extraTasks.length; i += 2) {
    xs.push(experiment.extraTasks[i]!);
    ys.push(experiment.extraTasks[i + 1]!);
  }
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  const [bottom, top] = [Math.min(...ys), Math.max(...ys)];
  const plot = arenaPlot(view);
  const shorter = Math.min(plot.width, plot.height);
  const needed = Math.max(((right - left) * shorter) / plot.width, ((top - bottom) * shorter) / plot.height);
  return { x: (left + right) / 2, y: (bottom + top) / 2, reach: Math.max((needed / 2) * 1.12, 0.5) };
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
export function layoutPlaneFrame(plane: ArenaPlane, view: ChartView): readonly Mark[] {
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
