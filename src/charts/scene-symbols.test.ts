import { describe, expect, it } from 'vitest';
import { themeOf } from './palette.ts';
import type { Mark } from './scene.ts';
import { placedSymbols, symbolsIn } from './scene-symbols.ts';
import { textMark, textWidth } from './text.ts';

const { ink } = themeOf('light');
const words = (text: string, more: { role?: string; symbol?: boolean; x?: number } = {}): Mark =>
  textMark(text, { role: 'note', x: 10, y: 20, fill: ink, fontSize: 12, ...more });
const symbols = (...marks: readonly Mark[]) => placedSymbols(marks).map(({ symbol }) => symbol);

describe('symbolsIn', () => {
  it.each([
    ['fixed α', ['α']],
    ['kept θ: no try was good enough', ['θ']],
    ['taken at try 3, KL 0.0081', ['KL']],
    ['iterations until MAX_L', ['MAX_L']],
    ['L = 9 of 15', ['L']],
    ['It moves β = 0.1 of that.', ['β']],
    ['α₀ moves θ′ᵢ', ['α₀', 'θ′ᵢ']],
  ])('finds them in “%s”', (text, expected) => {
    expect(symbolsIn(text).map(({ symbol }) => symbol)).toEqual(expected);
  });
  it.each(['2M', '10k', '3 s', 'm/s goal', 'A MAML', 'MEDIUM', '✕ adapted', 'x', 'FOMAML 1'])(
    'takes “%s” for none',
    (text) => {
      expect(symbolsIn(text)).toEqual([]);
    },
  );
});

describe('placedSymbols', () => {
  it('gives each symbol once, in layers too, and none that the pointer alone shows', () => {
    const layer: Mark = { kind: 'layer', role: 'ground', marks: [words('fixed α')] };
    expect(symbols(layer, words('α'), words('K = 10', { role: 'hover-title' }))).toEqual(['α']);
  });
  it('knows letters set as symbols and axes called by one, but not letters that stand for strategies', () => {
    const marks = [
      words('w', { symbol: true }),
      words('M →', { role: 'x-name' }),
      words('↑ β', { role: 'y-name' }),
      words('H', { role: 'letter:hard' }),
      words('main spread →', { role: 'x-name' }),
    ];
    expect(symbols(...marks)).toEqual(['w', 'M', 'β']);
  });
  it('stands over the symbol, not over the whole text', () => {
    const [placed] = placedSymbols([words('fixed α')]);
    const start = 10 + textWidth('fixed ', 12);
    expect(placed?.x).toBeGreaterThan(start - 2);
    expect(placed?.x).toBeLessThan(10 + textWidth('fixed α', 12));
    expect(placed?.y).toBe(20);
    const right = textMark('fixed α', {
      role: 'note',
      x: 100,
      y: 0,
      fill: ink,
      fontSize: 12,
      align: 'right',
    });
    expect(placedSymbols([right])[0]!.x).toBeCloseTo(100 - textWidth('α', 12) / 2, -1);
  });
});
