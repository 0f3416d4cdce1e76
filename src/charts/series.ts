// Geometry that several charts share: polylines, bands between two curves, the ✕ where a run diverged.
import type { AlgorithmId } from '../experiment/experiment.ts';
import { type Scale, toPixel } from './scales.ts';
import { type ChartView, densityStyle, type Mark, overlaps, type Rect } from './scene.ts';
import { shiftInside, textBox, textMark } from './text.ts';

export interface Axes2 {
  readonly x: Scale;
  readonly y: Scale;
}

/** Share of the mark's colour in an interquartile band. */
export const BAND_OPACITY = 0.14;
/** Four wide bands at full strength add up to mud: those of runs out of focus recede to this share. */
const RECEDED = 0.3;

/** Factor on the opacity of a run's secondary marks (band, raw, mean): 1 in focus or when nothing is. */
export function secondaryStrength(focus: AlgorithmId | null | undefined, id: AlgorithmId): number {
  return focus === null || focus === undefined || focus === id ? 1 : RECEDED;
}

/** Line width of a series, before the density's scale. */
export const SERIES_WIDTH = 1.75;

/** Far outside any plot, so that a line to +∞ leaves through its edge and the pen's numbers stay sane. */
const FAR = 4096;

function clampPixel(pixel: number): number {
  return Math.min(Math.max(pixel, -FAR), FAR);
}

/** Data to flat pixels [x, y, …]; NaN where a value has no place. +∞ leaves through the top of the plot. */
export function polylinePixels(xs: ArrayLike<number>, ys: ArrayLike<number>, axes: Axes2): Float64Array {
  const points = new Float64Array(2 * xs.length);
  for (let i = 0; i < xs.length; i++) {
    const y = ys[i] ?? Number.NaN;
    points[2 * i] = toPixel(axes.x, xs[i]!);
    points[2 * i + 1] = y === Number.POSITIVE_INFINITY ? -FAR : clampPixel(toPixel(axes.y, y));
  }
  return points;
}

/** Outline of the area between two curves, only where both have a place; flat pixels. */
export function bandPixels(
  xs: ArrayLike<number>,
  low: ArrayLike<number>,
  high: ArrayLike<number>,
  axes: Axes2,
): readonly number[] {
  const upper = polylinePixels(xs, high, axes);
  const lower = polylinePixels(xs, low, axes);
  const forth: number[] = [];
  const back: number[] = [];
  for (let i = 0; i < xs.length; i++) {
    const sum = upper[2 * i]! + upper[2 * i + 1]! + lower[2 * i + 1]!;
    if (!Number.isFinite(sum)) continue;
    forth.push(upper[2 * i]!, upper[2 * i + 1]!);
    back.push(lower[2 * i + 1]!, lower[2 * i]!);
  }
  return [...forth, ...back.reverse()];
}

/** The last vertex that lies in the plot's height, or the last finite one brought to its edge; null if none. */
export function lineEnd(points: ArrayLike<number>, plot: Rect): { x: number; y: number } | null {
  for (let i = points.length - 2; i >= 0; i -= 2) {
    const x = points[i]!;
    const y = points[i + 1]!;
    if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
    return {
      x: Math.min(Math.max(x, plot.x), plot.x + plot.width),
      y: Math.min(Math.max(y, plot.y), plot.y + plot.height),
    };
  }
  return null;
}

export interface DivergedEnd {
  readonly role: string;
  readonly x: number;
  readonly y: number;
  /** "diverged at 1,204". */
  readonly text: string;
  readonly mark: string;
  readonly color: string;
}

/** ✕ and words at each diverged line's end; words keep inside the plot and off each other. */
export function layoutDiverged(ends: readonly DivergedEnd[], plot: Rect, view: ChartView): readonly Mark[] {
  const { fontSize, scale } = densityStyle(view.density);
  const taken: Rect[] = [];
  return ends.flatMap((end): Mark[] => {
    const at = { x: end.x, y: end.y - fontSize * 1.15, fontSize, align: 'center' as const };
    const shift = shiftInside(textBox(end.text, at), plot);
    at.x += shift.dx;
    at.y += shift.dy;
    for (
      let tries = 0;
      tries < ends.length && taken.some((box) => overlaps(box, textBox(end.text, at)));
      tries++
    ) {
      at.y -= fontSize * 1.2;
    }
    taken.push(textBox(end.text, at));
    return [
      {
        kind: 'marker',
        role: `diverged:${end.role}`,
        shape: 'cross',
        x: end.x,
        y: end.y,
        radius: 4.5 * scale,
        fill: null,
        stroke: end.mark,
        lineWidth: 1.75 * scale,
      },
      textMark(end.text, {
        role: `diverged-label:${end.role}`,
        ...at,
        fill: end.color,
        halo: view.theme.surface,
      }),
    ];
  });
}
