import { describe, expect, it } from 'vitest';
import { createBurstPace } from './burst-pace.ts';

/** The lengths of bursts on a machine that takes msPerIteration(i) in its i-th burst. */
function lengths(count: number, msPerIteration: (burst: number) => number): number[] {
  const pace = createBurstPace(24);
  return Array.from({ length: count }, (_, burst) => {
    const length = pace.next();
    pace.record(length, length * msPerIteration(burst));
    return length;
  });
}

describe('the length of bursts', () => {
  it('starts with one and grows to fill its time', () => {
    const found = lengths(12, () => 0.4);
    expect(found.slice(0, 4)).toEqual([1, 2, 4, 8]);
    expect(found.at(-1)).toBe(60);
  });

  it('stays at one for an engine that needs the time for a single iteration', () => {
    expect(lengths(5, () => 30)).toEqual([1, 1, 1, 1, 1]);
  });

  it('gets over a cold start, and shortens as soon as the machine slows down', () => {
    const warm = lengths(20, (burst) => (burst === 0 ? 50 : 0.4));
    expect(warm.at(-1)).toBeGreaterThanOrEqual(59);
    const slowed = lengths(14, (burst) => (burst < 12 ? 0.4 : 4));
    expect(slowed.at(-1)).toBe(6);
  });

  it('has a bound where iterations take no time that a clock could see', () => {
    expect(lengths(30, () => 0).at(-1)).toBe(4096);
  });
});
