import { describe, expect, it } from 'vitest';
import { thinColumns } from './thin-columns.ts';

const rows = (length: number) => {
  const iteration = Float64Array.from({ length: length + 50 }, (_, row) => row + 1);
  const kl = iteration.map((value) => 2 * value);
  return thinColumns(['iteration', 'kl'] as const, (name) => (name === 'iteration' ? iteration : kl), length);
};

describe('thinned columns', () => {
  it('keep short runs whole', () => {
    expect(rows(0)).toEqual({ iteration: [], kl: [] });
    expect(rows(37).iteration).toHaveLength(37);
    expect(rows(500).kl).toHaveLength(500);
  });

  it('keep the first hundred and the end of long runs, counts as they are and the rest as means', () => {
    const { iteration, kl } = rows(1399);
    expect(iteration.slice(0, 101)).toEqual([...Array.from({ length: 100 }, (_, i) => i + 1), 104]);
    // Iterations 101 to 104.
    expect(kl[100]).toBe(2 * 102.5);
    expect(iteration.length).toBeLessThanOrEqual(500);
    expect(iteration.at(-1)).toBe(1399);
    expect(kl.at(-1)).toBe(2 * 1398);
  });
});
