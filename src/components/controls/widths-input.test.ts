import { describe, expect, it } from 'vitest';
import { parseWidths } from './WidthsInput.tsx';

describe('hidden widths as text', () => {
  it.each([
    ['40, 40', [40, 40]],
    ['64', [64]],
    ['20 30×40', [20, 30, 40]],
    ['', []],
  ])('%j', (text, widths) => {
    expect(parseWidths(text)).toEqual(widths);
  });
  it('leaves what is no number for the schema to refuse', () => {
    expect(parseWidths('40, many')).toEqual([40, Number.NaN]);
  });
});
