// Names beside a few spots of an arena: each where it covers neither another spot nor another name, or not at all.
import { isInside, type Point } from './pointer.ts';
import { type ChartView, densityStyle, overlaps, type Rect, type TextMark } from './scene.ts';
import { shiftInside, textBox, textMark } from './text.ts';

/** A spot, in pixels, that wants a name; the first ones get the better places. */
export interface NamedSpot {
  readonly text: string;
  readonly at: Point;
  readonly fill: string;
  readonly bold: boolean;
}

/** Around each spot, to keep clear of its marker; before the density's scale. */
const CLEAR = 7;

/** Above, below, right, left, then the corners: where a name may stand, in its half width and line height. */
const PLACES = [
  [0, -1],
  [0, 1],
  [1, 0],
  [-1, 0],
  [1, -1],
  [-1, -1],
  [1, 1],
  [-1, 1],
] as const;

/** The names of those spots that lie in the plot. */
export function layoutNamedSpots(
  spots: readonly NamedSpot[],
  plot: Rect,
  view: ChartView,
): readonly TextMark[] {
  const { fontSize, scale } = densityStyle(view.density);
  const clear = CLEAR * scale;
  const inside = spots.filter(({ at }) => isInside(plot, at));
  const taken: Rect[] = inside.map(({ at }) => ({
    x: at.x - clear,
    y: at.y - clear,
    width: 2 * clear,
    height: 2 * clear,
  }));
  const words: TextMark[] = [];
  for (const { text, at, fill, bold } of inside) {
    const look = { fontSize, bold, align: 'center' as const };
    const { width } = textBox(text, { ...at, ...look });
    const up = fontSize * 1.35 + 3 * scale;
    const across = width / 2 + clear + 4 * scale;
    const free = PLACES.map(([right, down]) => {
      const spot = { x: at.x + right * across, y: at.y + down * (right === 0 ? up : up * 0.8) };
      const shift = shiftInside(textBox(text, { ...spot, ...look }), plot);
      return { x: spot.x + shift.dx, y: spot.y + shift.dy };
    }).find((spot) => !taken.some((box) => overlaps(box, textBox(text, { ...spot, ...look }))));
    if (free === undefined) continue;
    const word = textMark(text, {
      role: `name:${text}`,
      ...free,
      ...look,
      fill,
      halo: view.theme.surface,
    });
    taken.push(word.box);
    words.push(word);
  }
  return words;
}
