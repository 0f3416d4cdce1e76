// What is under the pointer: pure functions from a point to the nearest handle. No events, no DOM.
import type { Rect } from './scene.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Something draggable, at its pixel position. */
export interface Handle extends Point {
  readonly kind: 'support';
  /** Index in the user's support points. */
  readonly index: number;
}

export type Hit = Handle | { readonly kind: 'curve' } | null;

/** How near the pointer must be: half of a 24-px target for a mouse or pen, half of 44 px for a finger. */
export function reachOf(pointerType: string): number {
  return pointerType === 'touch' ? 22 : 12;
}

/** The handle nearest to `at` within `reach` pixels; the later one (painted on top) wins a tie. */
export function nearestHandle(handles: readonly Handle[], at: Point, reach: number): Handle | null {
  let best: Handle | null = null;
  let bestDistance = reach;
  for (const handle of handles) {
    const distance = Math.hypot(handle.x - at.x, handle.y - at.y);
    if (distance <= bestDistance) {
      best = handle;
      bestDistance = distance;
    }
  }
  return best;
}

/** Distance from a point to a flat [x, y, …] polyline; non-finite pairs break it. Infinity when it is empty. */
export function distanceToPolyline(points: ArrayLike<number>, at: Point): number {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i + 3 < points.length; i += 2) {
    const x0 = points[i]!;
    const y0 = points[i + 1]!;
    const dx = points[i + 2]! - x0;
    const dy = points[i + 3]! - y0;
    const along = ((at.x - x0) * dx + (at.y - y0) * dy) / (dx * dx + dy * dy || 1);
    const t = Math.min(Math.max(along, 0), 1);
    const distance = Math.hypot(at.x - x0 - t * dx, at.y - y0 - t * dy);
    if (distance < best) best = distance;
  }
  return best;
}

/** Support points first (they lie on the curve), then the curve itself, else nothing. */
export function hitTest(
  targets: { readonly handles: readonly Handle[]; readonly truth: ArrayLike<number> },
  at: Point,
  reach: number,
): Hit {
  const handle = nearestHandle(targets.handles, at, reach);
  if (handle !== null) return handle;
  return distanceToPolyline(targets.truth, at) <= reach ? { kind: 'curve' } : null;
}

export function isInside(rect: Rect, at: Point): boolean {
  return at.x >= rect.x && at.x <= rect.x + rect.width && at.y >= rect.y && at.y <= rect.y + rect.height;
}
