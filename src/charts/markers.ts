// The outlines of the algorithms' markers, sized so that all weigh the same to the eye as a circle of that radius.
import type { MarkerShape } from './palette.ts';
import type { MarkerMark } from './scene.ts';

/** The part of a 2D context that tracing needs. */
export type Pen = Pick<CanvasRenderingContext2D, 'moveTo' | 'lineTo' | 'closePath' | 'arc'>;

type Point = readonly [number, number];

/** Corners of closed shapes for radius 1, around the origin. A triangle's centre of mass sits on the point. */
const OUTLINES: Readonly<Record<'triangle' | 'nabla' | 'square' | 'diamond' | 'plus', readonly Point[]>> = {
  triangle: [
    [0, -1.3],
    [1.18, 0.74],
    [-1.18, 0.74],
  ],
  nabla: [
    [0, 1.3],
    [-1.18, -0.74],
    [1.18, -0.74],
  ],
  square: [
    [-0.92, -0.92],
    [0.92, -0.92],
    [0.92, 0.92],
    [-0.92, 0.92],
  ],
  diamond: [
    [0, -1.3],
    [1.3, 0],
    [0, 1.3],
    [-1.3, 0],
  ],
  plus: [
    [-0.42, -1.2],
    [0.42, -1.2],
    [0.42, -0.42],
    [1.2, -0.42],
    [1.2, 0.42],
    [0.42, 0.42],
    [0.42, 1.2],
    [-0.42, 1.2],
    [-0.42, 0.42],
    [-1.2, 0.42],
    [-1.2, -0.42],
    [-0.42, -0.42],
  ],
};

/** Corners of a closed shape around (x, y); null for the circle and the open cross. */
export function markerCorners(
  shape: MarkerShape,
  at: { x: number; y: number; radius: number },
): readonly Point[] | null {
  if (shape === 'circle' || shape === 'cross') return null;
  return OUTLINES[shape].map(([dx, dy]) => [at.x + dx * at.radius, at.y + dy * at.radius] as const);
}

/** Half the diagonal extent of the ✕. */
export const CROSS_REACH = 0.9;

/** Adds a marker's outline to the current path. */
export function traceMarker(pen: Pen, mark: MarkerMark): void {
  const { x, y, radius } = mark;
  if (mark.shape === 'circle') {
    pen.moveTo(x + radius, y);
    pen.arc(x, y, radius, 0, 2 * Math.PI);
    return;
  }
  const corners = markerCorners(mark.shape, mark);
  if (corners === null) {
    const reach = radius * CROSS_REACH;
    pen.moveTo(x - reach, y - reach);
    pen.lineTo(x + reach, y + reach);
    pen.moveTo(x - reach, y + reach);
    pen.lineTo(x + reach, y - reach);
    return;
  }
  corners.forEach(([cx, cy], i) => {
    if (i === 0) pen.moveTo(cx, cy);
    else pen.lineTo(cx, cy);
  });
  pen.closePath();
}

/** A filled marker with a rim of the surface colour, so that it stands off the lines it lies on. */
export function filledMarker(
  shape: MarkerShape,
  at: { role: string; x: number; y: number; radius: number },
  colours: { mark: string; surface: string },
): MarkerMark {
  const open = shape === 'cross';
  return {
    kind: 'marker',
    ...at,
    shape,
    fill: open ? null : colours.mark,
    stroke: open ? colours.mark : colours.surface,
    lineWidth: open ? 1.5 : 1,
  };
}

/** A hollow marker: rim in the mark's colour, filled with the surface. */
export function hollowMarker(
  shape: MarkerShape,
  at: { role: string; x: number; y: number; radius: number },
  colours: { mark: string; surface: string },
): MarkerMark {
  return {
    kind: 'marker',
    ...at,
    shape,
    fill: shape === 'cross' ? null : colours.surface,
    stroke: colours.mark,
    lineWidth: 1.5,
  };
}
