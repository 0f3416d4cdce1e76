// Finds a free place for a word that names a curve: beside the curve, inside the plot, as far as possible from every
// other line and point. Keeps its last place while that is still free, so that words do not hop as curves move.
import type { Rect } from './scene.ts';
import { textBox, textWidth } from './text.ts';

export type Side = 'above' | 'below' | 'left' | 'right';
const SIDES: readonly Side[] = ['above', 'below', 'right', 'left'];

/** Where a word sits relative to its curve: beside vertex `vertex`. */
export interface Place {
  readonly vertex: number;
  readonly side: Side;
}

export interface PlacedWord {
  readonly place: Place;
  readonly x: number;
  readonly y: number;
  /** Distance in pixels from the word's box to the nearest obstacle; 0 when it touches. */
  readonly clearance: number;
}

export interface PlaceRequest {
  readonly text: string;
  readonly fontSize: number;
  /** Flat pixel polyline of the curve that the word names. */
  readonly curve: ArrayLike<number>;
  /** Flat pixel polylines and point lists to stay away from, the curve itself included. */
  readonly obstacles: readonly ArrayLike<number>[];
  /** Boxes of words already placed. */
  readonly taken: readonly Rect[];
  readonly plot: Rect;
  /** Preferred position along the curve, 0…1. */
  readonly prefer: number;
  readonly previous: Place | null;
}

/** More room than this is no better. */
const ROOMY = 8;
/** With this much room the last place is kept. */
const ENOUGH = 3;
const CANDIDATES = 28;

/** Distance from a box to the nearest vertex or rectangle, 0 when they touch; more than 8 px counts as 8. */
export function clearanceOf(box: Rect, request: Pick<PlaceRequest, 'obstacles' | 'taken'>): number {
  let least = ROOMY * ROOMY;
  for (const points of request.obstacles) {
    for (let i = 0; i + 1 < points.length; i += 2) {
      const dx = Math.max(box.x - points[i]!, points[i]! - box.x - box.width, 0);
      const dy = Math.max(box.y - points[i + 1]!, points[i + 1]! - box.y - box.height, 0);
      const squared = dx * dx + dy * dy;
      if (squared < least) least = squared;
    }
  }
  for (const rect of request.taken) {
    const dx = Math.max(rect.x - box.x - box.width, box.x - rect.x - rect.width, 0);
    const dy = Math.max(rect.y - box.y - box.height, box.y - rect.y - rect.height, 0);
    least = Math.min(least, dx * dx + dy * dy);
  }
  return Math.sqrt(least);
}

function wordAt(place: Place, request: PlaceRequest): PlacedWord | null {
  const curveX = request.curve[2 * place.vertex];
  const curveY = request.curve[2 * place.vertex + 1];
  if (curveX === undefined || curveY === undefined || !Number.isFinite(curveX + curveY)) return null;
  const { fontSize, text } = request;
  const across = textWidth(text, fontSize) / 2 + fontSize * 0.5;
  const x = curveX + { above: 0, below: 0, left: -across, right: across }[place.side];
  const y = curveY + { above: -1, below: 1, left: 0, right: 0 }[place.side] * fontSize * 1.05;
  const box = textBox(text, { x, y, fontSize, align: 'center' });
  const { plot } = request;
  const inside =
    box.x >= plot.x + 2 &&
    box.y >= plot.y &&
    box.x + box.width <= plot.x + plot.width - 2 &&
    box.y + box.height <= plot.y + plot.height - 2;
  return inside ? { place, x, y, clearance: clearanceOf(box, request) } : null;
}

/** The best place, or null when the curve is never inside the plot with room for the word. */
export function findFreePlace(request: PlaceRequest): PlacedWord | null {
  if (request.previous !== null) {
    const kept = wordAt(request.previous, request);
    if (kept !== null && kept.clearance >= ENOUGH) return kept;
  }
  const vertices = Math.floor(request.curve.length / 2);
  let best: PlacedWord | null = null;
  let bestScore = Number.NEGATIVE_INFINITY;
  for (let c = 0; c < CANDIDATES; c++) {
    const along = (c + 0.5) / CANDIDATES;
    for (const side of SIDES) {
      const word = wordAt({ vertex: Math.floor(along * vertices), side }, request);
      if (word === null) continue;
      const score = word.clearance - 2 * Math.abs(along - request.prefer);
      if (score > bestScore) {
        best = word;
        bestScore = score;
      }
    }
  }
  return best;
}
