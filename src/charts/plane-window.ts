// The part of the parameter plane that the plot shows: equal aspect, stepping, so that it does not breathe with
// every point.
import type { ParameterSpace } from '../training/session-events.ts';
import type { Rect } from './scene.ts';

/** The square of the plane that the plot must show: centre and half its side, in parameter units. */
export interface PlaneWindow {
  readonly x: number;
  readonly y: number;
  readonly reach: number;
}

/** Bounds of all paths and adapted points, finite ones only. */
export function boundsOf(space: ParameterSpace): { x0: number; x1: number; y0: number; y1: number } | null {
  const bounds = {
    x0: Number.POSITIVE_INFINITY,
    x1: Number.NEGATIVE_INFINITY,
    y0: Number.POSITIVE_INFINITY,
    y1: Number.NEGATIVE_INFINITY,
  };
  for (const run of space.runs) {
    for (const points of [run.path, run.adapted]) {
      for (let i = 0; i + 1 < points.length; i += 2) {
        const x = points[i]!;
        const y = points[i + 1]!;
        if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
        bounds.x0 = Math.min(bounds.x0, x);
        bounds.x1 = Math.max(bounds.x1, x);
        bounds.y0 = Math.min(bounds.y0, y);
        bounds.y1 = Math.max(bounds.y1, y);
      }
    }
  }
  return bounds.x0 <= bounds.x1 ? bounds : null;
}

/** The window is kept while the data stay in it and fill at least this share of it. */
const MINIMUM_FILL = 0.4;

/** Steps the window: kept while it fits, else re-centred with a nice reach and some room to grow. */
export function stepPlaneWindow(
  previous: PlaneWindow | null,
  space: ParameterSpace,
  aspect: number,
): PlaneWindow | null {
  const bounds = boundsOf(space);
  if (bounds === null) return previous;
  // Horizontal distances count less in a wide plot: reach is measured along the plot's height.
  const wide = Math.max(aspect, 1);
  const tall = Math.max(1 / aspect, 1);
  if (previous !== null) {
    const needed = Math.max(
      Math.max(bounds.x1 - previous.x, previous.x - bounds.x0) / wide,
      Math.max(bounds.y1 - previous.y, previous.y - bounds.y0) / tall,
    );
    if (needed <= previous.reach && needed >= MINIMUM_FILL * previous.reach) return previous;
  }
  const half = Math.max((bounds.x1 - bounds.x0) / 2 / wide, (bounds.y1 - bounds.y0) / 2 / tall);
  return {
    x: (bounds.x0 + bounds.x1) / 2,
    y: (bounds.y0 + bounds.y1) / 2,
    reach: steppedReach(Math.max(half * 1.06, 1e-6)),
  };
}

/** Renard's R10 series: steps of about a quarter, fine enough that the paths fill the plot. */
const REACHES = [1, 1.25, 1.6, 2, 2.5, 3.15, 4, 5, 6.3, 8, 10];

function steppedReach(needed: number): number {
  const power = 10 ** Math.floor(Math.log10(needed));
  return (REACHES.find((step) => step * power >= needed) ?? 10) * power;
}

export type ToPixels = (points: ArrayLike<number>) => Float64Array;

/** Flat parameter coordinates to flat pixels, y upward, one scale for both axes. */
export function projector(window: PlaneWindow, plot: Rect): ToPixels {
  const unit = Math.min(plot.width, plot.height) / 2 / window.reach;
  const centreX = plot.x + plot.width / 2;
  const centreY = plot.y + plot.height / 2;
  return (points) => {
    const pixels = new Float64Array(points.length);
    for (let i = 0; i + 1 < points.length; i += 2) {
      pixels[i] = centreX + (points[i]! - window.x) * unit;
      pixels[i + 1] = centreY - (points[i + 1]! - window.y) * unit;
    }
    return pixels;
  };
}
