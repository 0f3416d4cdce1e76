import { describe, expect, it } from 'vitest';
import { key, uniform } from '../math/rng.ts';
import { decodeFloat16, encodeFloat16, fitsFloat16, fromFloat16Bits, toFloat16Bits } from './float16.ts';

const isFinitePattern = (bits: number) => (bits & 0x7c00) !== 0x7c00;

describe('half precision', () => {
  it('gives every one of the 65,536 patterns back', () => {
    for (let bits = 0; bits < 0x10000; bits++) {
      const value = fromFloat16Bits(bits);
      if (isFinitePattern(bits)) expect(toFloat16Bits(value)).toBe(bits);
      else expect(() => toFloat16Bits(value)).toThrow(RangeError);
    }
  });

  it('has the values of IEEE 754', () => {
    const pairs: [number, number][] = [
      [0x0000, 0],
      [0x0001, 2 ** -24],
      [0x03ff, 1023 * 2 ** -24],
      [0x0400, 2 ** -14],
      [0x3555, 0.333251953125],
      [0x3c00, 1],
      [0x3c01, 1 + 2 ** -10],
      [0xc000, -2],
      [0x7bff, 65_504],
      [0x7c00, Number.POSITIVE_INFINITY],
      [0xfc00, Number.NEGATIVE_INFINITY],
    ];
    for (const [bits, value] of pairs) expect(fromFloat16Bits(bits)).toBe(value);
    expect(fromFloat16Bits(0x7c01)).toBeNaN();
    expect(Object.is(fromFloat16Bits(0x8000), -0)).toBe(true);
  });

  it('rounds to the nearest, ties to even, between every two neighbours', () => {
    for (let bits = 0; bits < 0x7bff; bits++) {
      const low = fromFloat16Bits(bits);
      const middle = (low + fromFloat16Bits(bits + 1)) / 2;
      const even = bits % 2 === 0 ? bits : bits + 1;
      expect(toFloat16Bits(middle)).toBe(even);
      expect(toFloat16Bits(middle * (1 - 1e-12))).toBe(bits);
      expect(toFloat16Bits(middle * (1 + 1e-12))).toBe(bits + 1);
      expect(toFloat16Bits(-middle)).toBe(even | 0x8000);
    }
  });

  it('refuses what it cannot hold', () => {
    expect(toFloat16Bits(65_519.99)).toBe(0x7bff);
    for (const value of [65_520, -65_520, 1e30, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => toFloat16Bits(value)).toThrow(/expected a number between/);
      expect(fitsFloat16([0, value])).toBe(false);
      expect(() => encodeFloat16([0, value])).toThrow(RangeError);
    }
    expect(fitsFloat16([0, -65_519])).toBe(true);
  });

  it('keeps lists to within half a unit of the last place', () => {
    const values = Float32Array.from(uniform(key(5), 10_000, -3, 3));
    const back = decodeFloat16(encodeFloat16(values));
    expect(back).toHaveLength(values.length);
    for (const [i, value] of back.entries()) {
      expect(Math.abs(value - values[i]!)).toBeLessThanOrEqual(
        Math.max(2 ** -11 * Math.abs(values[i]!), 2 ** -25),
      );
    }
  });
});
