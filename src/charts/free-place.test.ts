import { describe, expect, it } from 'vitest';
import { foldIn, key, uniform } from '../math/rng.ts';
import { clearanceOf, findFreePlace, type PlacedWord, type PlaceRequest, type Side } from './free-place.ts';
import { textBox, textWidth } from './text.ts';

const PLOT = { x: 40, y: 10, width: 300, height: 180 };
const SIDES: readonly Side[] = ['above', 'below', 'right', 'left'];

function sine(amplitude: number, phase: number, points = 100): Float32Array {
  const flat = new Float32Array(2 * points);
  for (let i = 0; i < points; i++) {
    flat[2 * i] = PLOT.x + (PLOT.width * i) / (points - 1);
    flat[2 * i + 1] = PLOT.y + PLOT.height / 2 - amplitude * Math.sin((i / points) * 10 + phase);
  }
  return flat;
}

function request(seed: number): PlaceRequest {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = Array.from(
    { length: 6 },
    (_, i) => uniform(foldIn(foldIn(key(11), seed), i), 1)[0],
  );
  const curve = sine(10 + 90 * a, 7 * b);
  const others = Array.from({ length: seed % 5 }, (_, i) => sine(110 * c, 7 * d + i));
  return {
    text: seed % 2 === 0 ? 'true' : 'before',
    fontSize: 12,
    curve,
    obstacles: [curve, ...others],
    taken: seed % 3 === 0 ? [{ x: 60 + 200 * e, y: 20 + 120 * f, width: 40, height: 14 }] : [],
    plot: PLOT,
    prefer: e,
    previous: null,
  };
}

/** Every place there is, one after the other, each measured in full. */
function bestOfAll(asked: PlaceRequest): number {
  const { curve, fontSize, plot, prefer, text } = asked;
  let best = Number.NEGATIVE_INFINITY;
  for (let c = 0; c < 28; c++) {
    const along = (c + 0.5) / 28;
    const vertex = Math.floor((along * curve.length) / 2);
    for (const side of SIDES) {
      const across = textWidth(text, fontSize) / 2 + fontSize / 2;
      const x = curve[2 * vertex]! + { above: 0, below: 0, left: -across, right: across }[side];
      const y = curve[2 * vertex + 1]! + { above: -1, below: 1, left: 0, right: 0 }[side] * fontSize * 1.05;
      const box = textBox(text, { x, y, fontSize, align: 'center' });
      const leaves =
        box.x < plot.x + 2 ||
        box.y < plot.y ||
        box.x + box.width > plot.x + plot.width - 2 ||
        box.y + box.height > plot.y + plot.height - 2;
      if (!leaves) best = Math.max(best, clearanceOf(box, asked) - 2 * Math.abs(along - prefer));
    }
  }
  return best;
}

const scoreOf = ({ place, clearance }: PlacedWord, { curve, prefer }: PlaceRequest): number => {
  const along = Array.from({ length: 28 }, (_, c) => (c + 0.5) / 28).find(
    (one) => Math.floor((one * curve.length) / 2) === place.vertex,
  );
  return clearance - 2 * Math.abs((along ?? Number.NaN) - prefer);
};

describe('findFreePlace', () => {
  it('finds the best of all places, in 300 crowded and empty plots', () => {
    for (let seed = 0; seed < 300; seed++) {
      const asked = request(seed);
      const found = findFreePlace(asked);
      const best = bestOfAll(asked);
      if (found === null) expect(best, `plot ${seed}`).toBe(Number.NEGATIVE_INFINITY);
      else expect(scoreOf(found, asked), `plot ${seed}`).toBeCloseTo(best, 9);
    }
  });

  it('keeps the last place while there are three pixels around it, and leaves it then', () => {
    const asked = { ...request(10), prefer: 0.9 };
    const first = findFreePlace({ ...asked, prefer: 0.1 });
    expect(first?.clearance).toBeGreaterThan(3);
    expect(findFreePlace({ ...asked, previous: first?.place ?? null })).toEqual(first);
    const { x = 0, y = 0 } = first ?? {};
    const hidden = { ...asked, taken: [{ x: x - 2, y: y - 2, width: 4, height: 4 }] };
    expect(findFreePlace({ ...hidden, previous: first?.place ?? null })?.place).not.toEqual(first?.place);
  });

  it('finds none where the curve lies outside the plot', () => {
    const curve = sine(10, 0).map((value, i) => (i % 2 === 1 ? value + 500 : value));
    expect(findFreePlace({ ...request(0), curve })).toBeNull();
  });
});

describe('clearanceOf', () => {
  const box = { x: 100, y: 100, width: 20, height: 10 };

  it('is the way to the nearest vertex or box, at most 8', () => {
    expect(clearanceOf(box, { obstacles: [[123, 114]], taken: [] })).toBe(5);
    expect(clearanceOf(box, { obstacles: [[110, 105]], taken: [] })).toBe(0);
    expect(clearanceOf(box, { obstacles: [[500, 105]], taken: [] })).toBe(8);
    expect(clearanceOf(box, { obstacles: [], taken: [{ x: 126, y: 100, width: 5, height: 5 }] })).toBe(6);
  });

  it('may stop early, but never above what was asked for', () => {
    const obstacles = [
      [123, 114],
      [110, 105],
    ];
    expect(clearanceOf(box, { obstacles, taken: [] }, 6)).toBeLessThan(6);
    expect(clearanceOf(box, { obstacles: [[123, 114]], taken: [] }, 5)).toBe(5);
  });
});
