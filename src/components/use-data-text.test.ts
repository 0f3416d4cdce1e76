import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { subscribeCalmly } from './use-data-text.ts';

describe('calm subscription', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  function setUp() {
    let emit = () => {};
    const notify = vi.fn();
    const stop = subscribeCalmly((listener) => {
      emit = listener;
      return () => {
        emit = () => {};
      };
    }, notify);
    return { change: () => emit(), notify, stop };
  }

  it('tells of the first change at once', () => {
    const { change, notify } = setUp();
    change();
    expect(notify).toHaveBeenCalledTimes(1);
  });
  it('tells at most four times a second, and never loses the last change', () => {
    const { change, notify } = setUp();
    for (let ms = 0; ms < 1000; ms += 10) {
      change();
      vi.advanceTimersByTime(10);
    }
    expect(notify.mock.calls.length).toBeLessThanOrEqual(5);
    const before = notify.mock.calls.length;
    change();
    vi.advanceTimersByTime(600);
    expect(notify.mock.calls.length).toBeGreaterThan(before);
    vi.advanceTimersByTime(5000);
    expect(notify.mock.calls.length).toBeLessThanOrEqual(before + 2);
  });
  it('is silent after unsubscribing', () => {
    const { change, notify, stop } = setUp();
    change();
    change();
    stop();
    vi.advanceTimersByTime(1000);
    expect(notify).toHaveBeenCalledTimes(1);
  });
});
