import { describe, expect, it } from 'vitest';
import { once } from './once.ts';

describe('once', () => {
  it('makes its value when asked, one time, also where that is undefined', () => {
    let made = 0;
    const nothing = once(() => {
      made += 1;
      return undefined;
    });
    expect(made).toBe(0);
    expect([nothing(), nothing(), made]).toEqual([undefined, undefined, 1]);
  });

  it('tries again after a failure', () => {
    let tries = 0;
    const value = once(() => {
      tries += 1;
      if (tries === 1) throw new Error('not yet');
      return tries;
    });
    expect(value).toThrow('not yet');
    expect([value(), value()]).toEqual([2, 2]);
  });
});
