import { describe, expect, it } from 'vitest';
import { assertContiguous, LINK_VERSION, OLDEST_LINK_VERSION, UPGRADERS, upgradePairs } from './upgrade.ts';

const rename = (from: number, before: string, after: string) => ({
  from,
  upgrade: (pairs: ReadonlyMap<string, string>) =>
    new Map([...pairs].map(([key, value]) => [key === before ? after : key, value])),
});

describe('upgraders', () => {
  it('lead from the oldest version to the newest', () => {
    expect(() => assertContiguous(UPGRADERS, OLDEST_LINK_VERSION, LINK_VERSION)).not.toThrow();
  });

  it('are refused with a gap, a repeat, out of order, or too few', () => {
    const [one, two, three] = [rename(1, 'a', 'b'), rename(2, 'b', 'c'), rename(3, 'c', 'd')];
    expect(() => assertContiguous([one, two, three], 1, 4)).not.toThrow();
    for (const wrong of [[one, three], [one, one, two], [two, one, three], [one, two], []]) {
      expect(() => assertContiguous(wrong, 1, 4)).toThrow(/must start at versions 1, 2, 3; got/);
    }
  });

  it('are applied from the link’s version on', () => {
    const table = [rename(1, 'a', 'b'), rename(2, 'b', 'c')];
    expect([...upgradePairs(new Map([['a', '1']]), 1, table)]).toEqual([['c', '1']]);
    expect([...upgradePairs(new Map([['b', '1']]), 2, table)]).toEqual([['c', '1']]);
    expect([...upgradePairs(new Map([['a', '1']]), 3, table)]).toEqual([['a', '1']]);
  });
});
