// Where the Reaching lab's plane lies in its arena, and which part of it holds the experiment's clouds.
import type { ReachingExperiment } from '../experiment/reaching-experiment.ts';
import { arenaWords } from '../words/charts/reaching-arena.ts';
import type { ScreenPlane } from './plane.ts';
import type { PlaneWindow } from './plane-window.ts';
import { type ChartView, densityStyle, type Rect } from './scene.ts';
import { textWidth } from './text.ts';

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
export function arenaPlane(window: PlaneWindow, view: ChartView): ScreenPlane {
  const plot = arenaPlot(view);
  return { plot, window, unit: Math.min(plot.width, plot.height) / 2 / window.reach };
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
  const { main, noise } = arenaWords;
  return [
    { index: 0, name: main, x: e.mainX, y: e.mainY, spread: e.mainSpread, count: e.mainCount },
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
