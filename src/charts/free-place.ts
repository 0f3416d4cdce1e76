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

/**
 * Distance from a box to the nearest vertex or rectangle, 0 when they touch; more than 8 px counts as 8. `enough`: whoever
 * asks has no use for a smaller one, and gets any number below instead; from 0.
 */
export function clearanceOf(
  box: Rect,
  { obstacles, taken }: Pick<PlaceRequest, 'obstacles' | 'taken'>,
  enough = 0,
): number {
  const tooNear = enough * enough;
  let least = ROOMY * ROOMY;
  for (const rect of taken) {
    const dx = Math.max(rect.x - box.x - box.width, box.x - rect.x - rect.width, 0);
    const dy = Math.max(rect.y - box.y - box.height, box.y - rect.y - rect.height, 0);
    least = Math.min(least, dx * dx + dy * dy);
  }
  const { x: left, y: top, width, height } = box;
  for (const points of obstacles) {
    for (let i = 0; i + 1 < points.length; i += 2) {
      const dx = Math.max(left - points[i]!, points[i]! - left - width, 0);
      if (dx * dx >= least) continue;
      const dy = Math.max(top - points[i + 1]!, points[i + 1]! - top - height, 0);
      const squared = dx * dx + dy * dy;
      if (squared < least) least = squared;
      if (least < tooNear) return Math.sqrt(least);
    }
  }
  return Math.sqrt(least);
}

/** A word beside a vertex; null where it would leave the plot, or where its clearance is below `enough`. */
function wordAt(place: Place, request: PlaceRequest, enough: number): PlacedWord | null {
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
  if (!inside) return null;
  const clearance = clearanceOf(box, request, enough);
  return clearance < enough ? null : { place, x, y, clearance };
}

/**
 * The best place, or null when the curve is never inside the plot with room for the word. Best is the clearance less twice
 * the way along the curve from where it is preferred, so the search begins there and ends where even the roomiest place
 * would be worse.
 */
export function findFreePlace(request: PlaceRequest): PlacedWord | null {
  if (request.previous !== null) {
    const kept = wordAt(request.previous, request, ENOUGH);
    if (kept !== null) return kept;
  }
  const vertices = Math.floor(request.curve.length / 2);
  const penalty = (along: number) => 2 * Math.abs(along - request.prefer);
  const alongs = Array.from({ length: CANDIDATES }, (_, c) => (c + 0.5) / CANDIDATES);
  let best: PlacedWord | null = null;
  let bestScore = Number.NEGATIVE_INFINITY;
  for (const along of alongs.toSorted((a, b) => penalty(a) - penalty(b))) {
    if (ROOMY - penalty(along) <= bestScore) break;
    for (const side of SIDES) {
      const enough = Math.max(bestScore + penalty(along), 0);
      const word = wordAt({ vertex: Math.floor(along * vertices), side }, request, enough);
      if (word === null) continue;
      const score = word.clearance - penalty(along);
      if (score > bestScore) {
        best = word;
        bestScore = score;
      }
    }
  }
  return best;
}
