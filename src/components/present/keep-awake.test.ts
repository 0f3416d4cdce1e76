import { describe, expect, it } from 'vitest';
import { keepAwake, type WakeLocks } from './keep-awake.ts';

function screenWith(request: WakeLocks['request'] | null) {
  const listeners: (() => void)[] = [];
  const state = { isVisible: true, refusals: 0 };
  const stop = keepAwake({
    locks: request === null ? undefined : { request },
    isVisible: () => state.isVisible,
    onVisibility(listener) {
      listeners.push(listener);
      return () => listeners.splice(listeners.indexOf(listener), 1);
    },
    refused: () => {
      state.refusals += 1;
    },
  });
  const show = async (visible: boolean) => {
    state.isVisible = visible;
    for (const listener of [...listeners]) listener();
    await Promise.resolve();
    await Promise.resolve();
  };
  return { state, stop, show, listeners };
}
const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('keeping the screen awake', () => {
  it('asks at once and again when the page comes back, holds one lock, and lets go at the end', async () => {
    const held = new Set<number>();
    let asked = 0;
    const { stop, show, listeners } = screenWith(async () => {
      asked += 1;
      const id = asked;
      held.add(id);
      return { release: async () => void held.delete(id) };
    });
    await settled();
    expect([asked, held.size]).toEqual([1, 1]);
    await show(false);
    expect(asked).toBe(1);
    await show(true);
    await settled();
    expect([asked, held.size]).toEqual([2, 1]);
    stop();
    await settled();
    expect([held.size, listeners.length]).toEqual([0, 0]);
  });

  it('says once that the browser refuses, or has no such lock', async () => {
    const refusing = screenWith(async () => {
      throw new Error('NotAllowedError');
    });
    await settled();
    await refusing.show(true);
    await settled();
    expect(refusing.state.refusals).toBe(1);
    const without = screenWith(null);
    await settled();
    await without.show(true);
    expect(without.state.refusals).toBe(1);
  });

  it('lets go of a lock that comes after the end', async () => {
    let released = 0;
    const { stop } = screenWith(async () => ({
      release: async () => {
        released += 1;
      },
    }));
    stop();
    await settled();
    expect(released).toBe(1);
  });
});
