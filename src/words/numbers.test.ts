import { describe, expect, it, vi } from 'vitest';
import { decimal, groupThousands, numberWriter } from './numbers.ts';

/** As the page wrote numbers before it asked Intl. */
function byHand(value: number): string {
  const digits = String(Math.abs(Math.round(value))).replace(/\B(?=(\d{3})+$)/g, ',');
  return value < 0 ? `−${digits}` : digits;
}

describe('numbers in English', () => {
  const english = numberWriter('en');
  it('are grouped as they always were', () => {
    const values = [0, -0, 0.4, -0.4, 0.5, -0.5, 999, 999.5, 1000, -1000, 41_200, -1_234_567, 4_294_967_295];
    for (let i = 0; i < 3000; i++) values.push((i - 1500) * 1.37 ** (i % 40));
    for (const value of values) expect(english.groupThousands(value)).toBe(byHand(value));
  });
  it('keep JavaScript’s point', () => {
    expect(english.decimal('0.0048')).toBe('0.0048');
  });
  it('are as Intl writes them, also where it is not asked', () => {
    const intl = new Intl.NumberFormat('en', { maximumFractionDigits: 1, signDisplay: 'never' });
    for (let value = -1100; value <= 1100; value++) {
      expect(english.groupThousands(value).replace('−', '')).toBe(intl.format(value));
    }
    expect(english.decimal('0.5')).toBe(intl.format(0.5));
  });
  it('need no formatter below a thousand', () => {
    const made = vi.spyOn(Intl, 'NumberFormat');
    const fresh = numberWriter('en');
    expect([fresh.groupThousands(-999), fresh.decimal('0.5')]).toEqual(['−999', '0.5']);
    expect(made).not.toHaveBeenCalled();
    made.mockRestore();
  });
  it('are written by formatters made once', () => {
    // Made when first needed; then kept.
    expect([groupThousands(1000), decimal('1')]).toEqual(['1,000', '1']);
    const made = vi.spyOn(Intl, 'NumberFormat');
    expect([groupThousands(41_200), decimal('0.5')]).toEqual(['41,200', '0.5']);
    expect(made).not.toHaveBeenCalled();
    made.mockRestore();
  });
});

describe('numbers in another language', () => {
  it('have its grouping and decimal signs, and a true minus sign', () => {
    const german = numberWriter('de');
    expect(german.groupThousands(-1_234_567)).toBe('−1.234.567');
    expect(german.decimal('0.0048')).toBe('0,0048');
    expect(german.decimal('48')).toBe('48');
  });
});
