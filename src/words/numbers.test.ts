import { describe, expect, it, vi } from 'vitest';
import { numberWriter } from './numbers.ts';

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
    const values = Array.from({ length: 2201 }, (_, i) => i - 1100);
    // On both sides of every place where a digit or a comma is added, and where JavaScript's own writing ends.
    for (let power = 1; power <= 2 ** 60; power *= 10)
      values.push(power - 1, power, power + 1, -power, 7 * power);
    for (let i = 1; i <= 300; i++) values.push(Math.floor(1.13 ** i), 2 ** 53 - i, 2 ** 53 + 2 * i);
    for (const value of values)
      expect(english.groupThousands(value).replace('−', '')).toBe(intl.format(value));
    expect(english.decimal('0.5')).toBe(intl.format(0.5));
  });
  it('need no formatter', () => {
    const made = vi.spyOn(Intl, 'NumberFormat');
    const fresh = numberWriter('en');
    expect([fresh.groupThousands(-1_234_567), fresh.decimal('0.5')]).toEqual(['−1,234,567', '0.5']);
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
  it('are written by formatters made once, when first needed', () => {
    const fresh = numberWriter('de');
    expect([fresh.groupThousands(1000), fresh.decimal('1.5')]).toEqual(['1.000', '1,5']);
    const made = vi.spyOn(Intl, 'NumberFormat');
    expect([fresh.groupThousands(41_200), fresh.decimal('0.5')]).toEqual(['41.200', '0,5']);
    expect(made).not.toHaveBeenCalled();
    made.mockRestore();
  });
});
