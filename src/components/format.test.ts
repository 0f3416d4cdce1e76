import { describe, expect, it } from 'vitest';
import { formatDuration, formatLoss, formatSetting } from './format.ts';

describe('formatting', () => {
  it('keeps losses to a width that does not jump', () => {
    expect(formatLoss(3.7321)).toBe('3.73');
    expect(formatLoss(0.004)).toBe('0.00');
    expect(formatLoss(250.25)).toBe('250.3');
    expect(formatLoss(1e9)).toBe('1.0e9');
    expect(formatLoss(Number.POSITIVE_INFINITY)).toBe('∞');
    expect(formatLoss(Number.NaN)).toBe('–');
  });
  it('writes settings as they are typed', () => {
    expect(formatSetting(0.01)).toBe('0.01');
    expect(formatSetting(Math.PI)).toBe('3.14159');
  });
  it('counts time left down to 0:00', () => {
    expect(formatDuration(12.2)).toBe('0:13');
    expect(formatDuration(3723)).toBe('1:02:03');
    expect(formatDuration(Number.POSITIVE_INFINITY)).toBe('–');
  });
});
