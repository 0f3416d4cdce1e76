// Where a painted scene shows symbols of the field (θ, α, KL, L = 9): what stands over the canvas there explains them
// (components/chart/CanvasSymbols.tsx). Latin letters count only where they can be nothing else: set as a symbol, before
// “=”, or as an axis' name; units and strategies' letters are letters too.
import type { Mark, TextMark } from './scene.ts';

/** A symbol within a text, as printed. */
export interface FoundSymbol {
  readonly symbol: string;
  /** Index of its first character. */
  readonly at: number;
}

/** A symbol on a canvas, in CSS pixels. */
export interface PlacedSymbol {
  readonly symbol: string;
  /** Its middle. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const SYMBOL = /(?<!\p{L})(?:[α-ω]′?[₀-₂ᵢ]?|KL|MAX_L|[A-Z](?= = ))(?!\p{L})/gu;
/** An axis that is called by a symbol, with its arrow. */
const AXIS_NAME = /^(?:↑ )?(\p{L})(?: →)?$/u;

/** The symbols in a text, in order. */
export function symbolsIn(text: string): readonly FoundSymbol[] {
  return [...text.matchAll(SYMBOL)].map((match) => ({ symbol: match[0], at: match.index }));
}

function symbolsOf(mark: TextMark): readonly FoundSymbol[] {
  if (mark.role.startsWith('hover')) return [];
  if (mark.symbol) return [{ symbol: mark.text, at: 0 }];
  const axis = /^[xy]-name$/.test(mark.role) ? AXIS_NAME.exec(mark.text)?.[1] : undefined;
  return axis === undefined ? symbolsIn(mark.text) : [{ symbol: axis, at: mark.text.indexOf(axis) }];
}

/** The symbols that the marks show, in painting order; each once, where it stands first. */
export function placedSymbols(marks: readonly Mark[]): readonly PlacedSymbol[] {
  const found = new Map<string, PlacedSymbol>();
  const look = (mark: Mark): void => {
    if (mark.kind === 'layer') for (const inner of mark.marks) look(inner);
    if (mark.kind !== 'text') return;
    for (const { symbol, at } of symbolsOf(mark)) {
      if (found.has(symbol)) continue;
      // As if all letters were equally wide: near enough to point at, without a table of widths.
      const letter = mark.box.width / mark.text.length;
      const width = symbol.length * letter;
      const x = mark.box.x + at * letter + width / 2;
      found.set(symbol, { symbol, x, y: mark.y, width, height: mark.box.height });
    }
  };
  for (const mark of marks) look(mark);
  return [...found.values()];
}
